// reduced-caps runs runc where this machine's capability bounding set lacks CAP_SYS_RESOURCE, as in nested sandboxes.
//
// There runc can not grant that capability, raise a resource limit or lower an OOM score, and refuses containers that ask
// for any of these. Before runc reads the container's or the process's description, this program takes those wishes out of it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// process is the part of an OCI process description that matters here; the rest passes through untouched.
type process = map[string]json.RawMessage

func main() {
	arguments := os.Args[1:]
	if err := prepare(arguments); err != nil {
		fail(err)
	}
	runc, err := exec.LookPath("runc")
	if err != nil {
		fail(err)
	}
	fail(syscall.Exec(runc, append([]string{"runc"}, arguments...), os.Environ()))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "reduced-caps:", err)
	os.Exit(1)
}

// prepare changes the file that the runc command in arguments is going to read, if it is a command that starts something.
func prepare(arguments []string) error {
	for _, argument := range arguments {
		switch argument {
		case "create", "run":
			return edit(filepath.Join(option(arguments, "bundle", "b"), "config.json"), func(spec process) error {
				inner := process{}
				if err := json.Unmarshal(spec["process"], &inner); err != nil {
					return err
				}
				if err := reduce(inner); err != nil {
					return err
				}
				raw, err := json.Marshal(inner)
				spec["process"] = raw
				return err
			})
		case "exec":
			if path := option(arguments, "process", "p"); path != "" {
				return edit(path, reduce)
			}
			return nil
		}
	}
	return nil
}

// option finds the value of an option in each way that it can be written.
func option(arguments []string, long, short string) string {
	for i, argument := range arguments {
		for _, name := range []string{"--" + long, "-" + long, "-" + short} {
			if argument == name && i+1 < len(arguments) {
				return arguments[i+1]
			}
			if strings.HasPrefix(argument, name+"=") {
				return strings.TrimPrefix(argument, name+"=")
			}
		}
	}
	return ""
}

func edit(path string, change func(process) error) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	content := process{}
	if err := json.Unmarshal(raw, &content); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := change(content); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if raw, err = json.Marshal(content); err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}

func reduce(p process) error {
	delete(p, "rlimits")
	if raw, ok := p["oomScoreAdj"]; ok && strings.HasPrefix(string(raw), "-") {
		delete(p, "oomScoreAdj")
	}
	raw, ok := p["capabilities"]
	if !ok {
		return nil
	}
	sets := map[string][]string{}
	if err := json.Unmarshal(raw, &sets); err != nil {
		return err
	}
	for name, set := range sets {
		kept := []string{}
		for _, capability := range set {
			if capability != "CAP_SYS_RESOURCE" {
				kept = append(kept, capability)
			}
		}
		sets[name] = kept
	}
	raw, err := json.Marshal(sets)
	p["capabilities"] = raw
	return err
}
