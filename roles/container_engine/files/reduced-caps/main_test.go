package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

const description = `{"terminal":true,"oomScoreAdj":-998,"rlimits":[{"type":"RLIMIT_NOFILE","hard":1,"soft":1}],` +
	`"capabilities":{"bounding":["CAP_CHOWN","CAP_SYS_RESOURCE"],"ambient":null}}`

const reduced = `{"capabilities":{"ambient":[],"bounding":["CAP_CHOWN"]},"terminal":true}`

func prepared(t *testing.T, content string, name string, arguments func(dir string) []string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := prepare(arguments(dir)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestAContainerIsReduced(t *testing.T) {
	for _, form := range [][]string{{"--bundle", ""}, {"-b", ""}, {"--bundle=", "joined"}} {
		got := prepared(t, `{"ociVersion":"1.0.2","process":`+description+`}`, "config.json", func(dir string) []string {
			arguments := []string{"--root", "/run/runc", "create"}
			if form[1] == "joined" {
				return append(arguments, form[0]+dir, "id")
			}
			return append(arguments, form[0], dir, "id")
		})
		if want := `{"ociVersion":"1.0.2","process":` + reduced + `}`; got != want {
			t.Errorf("%v: got %s, want %s", form, got, want)
		}
	}
}

func TestAProcessInAContainerIsReduced(t *testing.T) {
	got := prepared(t, description, "process.json", func(dir string) []string {
		return []string{"exec", "--process", filepath.Join(dir, "process.json"), "id"}
	})
	if got != reduced {
		t.Errorf("got %s, want %s", got, reduced)
	}
}

func TestWhatNeedsNoChangeKeepsItsMeaning(t *testing.T) {
	content := `{"process":{"oomScoreAdj":300,"args":["sh"]}}`
	got := prepared(t, content, "config.json", func(dir string) []string { return []string{"run", "-b", dir, "id"} })
	var a, b any
	if json.Unmarshal([]byte(got), &a) != nil || json.Unmarshal([]byte(content), &b) != nil {
		t.Fatal("not JSON")
	}
	if one, _ := json.Marshal(a); string(one) != func() string { two, _ := json.Marshal(b); return string(two) }() {
		t.Errorf("got %s, want %s", got, content)
	}
}

func TestOtherCommandsReadNothing(t *testing.T) {
	if err := prepare([]string{"--log", "/nowhere", "state", "id"}); err != nil {
		t.Error(err)
	}
}

func TestABrokenDescriptionIsNamed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := prepare([]string{"create", "--bundle", dir, "id"}); err == nil {
		t.Error("no error")
	}
}
