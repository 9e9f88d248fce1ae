// Argo CD: the engine that compares and syncs in its application controller.
package main

import (
	"context"
	"fmt"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/cache"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/engine"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/go-logr/logr"
	"k8s.io/client-go/rest"
)

// The controller's name as a field manager.
const argoCD = "argocd-controller"

func applyAsArgoCD(config *rest.Config, manifests objects) (*outcome, error) {
	return syncWith(config, manifests, sync.WithServerSideApply(false))
}

func applyAsArgoCDOnServerSide(config *rest.Config, manifests objects) (*outcome, error) {
	return syncWith(config, manifests, sync.WithServerSideApply(true), sync.WithServerSideApplyManager(argoCD))
}

func syncWith(config *rest.Config, manifests objects, options ...sync.SyncOpt) (*outcome, error) {
	live := cache.NewClusterCache(config, cache.SetLogr(logr.Discard()))
	gitOps := engine.NewEngine(config, live, engine.WithLogr(logr.Discard()))
	stop, err := gitOps.Run()
	if err != nil {
		return nil, err
	}
	defer stop()
	changed, err := outOfSync(live, manifests)
	if err != nil {
		return nil, err
	}
	options = append(options, sync.WithLogr(logr.Discard()))
	results, err := gitOps.Sync(context.Background(), manifests, isManaged, "revision", "", options...)
	if err != nil {
		return nil, err
	}
	found := &outcome{Changed: changed}
	for _, result := range results {
		name := result.ResourceKey.Kind + " " + result.ResourceKey.Name
		if result.Status != common.ResultCodeSynced {
			return nil, fmt.Errorf("%s: %s: %s", name, result.Status, result.Message)
		}
		found.Applied = append(found.Applied, name)
	}
	return found, nil
}

// Nothing is pruned: what is not in the folder is somebody else's.
func isManaged(*cache.Resource) bool {
	return false
}

func outOfSync(live cache.ClusterCache, manifests objects) ([]string, error) {
	managed, err := live.GetManagedLiveObjs(manifests, isManaged)
	if err != nil {
		return nil, err
	}
	pairs := sync.Reconcile(manifests, managed, "", live)
	compared, err := diff.DiffArray(pairs.Target, pairs.Live, diff.WithLogr(logr.Discard()))
	if err != nil {
		return nil, err
	}
	changed := []string{}
	for index, each := range compared.Diffs {
		if each.Modified {
			changed = append(changed, nameOf(pairs.Target[index]))
		}
	}
	return changed, nil
}
