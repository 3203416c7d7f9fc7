package main

import (
	"encoding/json"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// kustomized is what kustomize makes of a patch, of operations too: a folder with one object and one patch.
func kustomized(q question) ([]byte, error) {
	var named struct {
		Kind     string
		Metadata struct{ Name string }
	}
	if err := json.Unmarshal(q.Object, &named); err != nil {
		return nil, err
	}
	kustomization, err := json.Marshal(types.Kustomization{
		TypeMeta:  types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
		Resources: []string{"object.yaml"},
		Patches:   []types.Patch{{Path: "patch.yaml", Target: &types.Selector{}}},
	})
	if err != nil {
		return nil, err
	}
	folder := filesys.MakeFsInMemory()
	for name, text := range map[string][]byte{"kustomization.yaml": kustomization, "object.yaml": q.Object, "patch.yaml": q.Patch} {
		if err := folder.WriteFile(name, text); err != nil {
			return nil, err
		}
	}
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(folder, ".")
	if err != nil {
		return nil, err
	}
	if made.Size() == 0 {
		return []byte("{}"), nil
	}
	return made.Resources()[0].MarshalJSON()
}
