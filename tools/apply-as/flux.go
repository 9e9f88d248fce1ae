// Flux: the resource manager that applies in its kustomize-controller.
package main

import (
	"context"

	"github.com/fluxcd/pkg/ssa"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// The controller's names, as a field manager and in its labels.
var flux = ssa.Owner{Field: "kustomize-controller", Group: "kustomize.toolkit.fluxcd.io"}

func applyAsFlux(config *rest.Config, manifests objects) (*outcome, error) {
	cluster, err := client.New(config, client.Options{})
	if err != nil {
		return nil, err
	}
	// Without a poller: only waiting for health needs one.
	manager := ssa.NewResourceManager(cluster, nil, flux)
	manager.SetOwnerLabels(manifests, "slos", "flux-system")
	changes, err := manager.ApplyAll(context.Background(), manifests, ssa.DefaultApplyOptions())
	if err != nil {
		return nil, err
	}
	found := &outcome{Changed: []string{}, Applied: []string{}}
	for _, entry := range changes.Entries {
		name := entry.ObjMetadata.GroupKind.Kind + " " + entry.ObjMetadata.Name
		found.Applied = append(found.Applied, name)
		if entry.Action != ssa.UnchangedAction {
			found.Changed = append(found.Changed, name)
		}
	}
	return found, nil
}
