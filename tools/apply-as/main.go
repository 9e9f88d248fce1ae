// Applies a folder of manifests as a GitOps tool does, with the library that the tool is built on:
//
//	apply-as argo-cd|argo-cd-server-side|flux KUBECONFIG FOLDER
//
// prints as JSON what it applied, by kind and name, and what of that the tool had taken for changed.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

var version = "0.0.0"

type objects = []*unstructured.Unstructured

type outcome struct {
	// What differed from the cluster before anything was applied.
	Changed []string `json:"changed"`
	Applied []string `json:"applied"`
}

var tools = map[string]func(*rest.Config, objects) (*outcome, error){
	"argo-cd":             applyAsArgoCD,
	"argo-cd-server-side": applyAsArgoCDOnServerSide,
	"flux":                applyAsFlux,
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println(version)
		return
	}
	found, err := run(os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(found)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) (*outcome, error) {
	if len(args) != 3 || tools[args[0]] == nil {
		return nil, errors.New("apply-as argo-cd|argo-cd-server-side|flux KUBECONFIG FOLDER")
	}
	config, err := clientcmd.BuildConfigFromFlags("", args[1])
	if err != nil {
		return nil, err
	}
	// As fast as the server answers: nobody else asks it.
	config.QPS = -1
	config.WarningHandler = rest.NoWarnings{}
	manifests, err := readFolder(args[2])
	if err != nil {
		return nil, err
	}
	return tools[args[0]](config, manifests)
}

func readFolder(folder string) (objects, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var found objects
	for _, file := range files {
		more, err := readFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		found = append(found, more...)
	}
	return found, nil
}

func readFile(path string) (objects, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var found objects
	for decoder := yaml.NewYAMLOrJSONDecoder(file, 4096); ; {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		found = append(found, object)
	}
}

func nameOf(object *unstructured.Unstructured) string {
	return object.GetKind() + " " + object.GetName()
}
