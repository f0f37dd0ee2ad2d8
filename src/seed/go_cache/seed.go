// What std's packages compile to, as it lies beside this program.

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

const firstLine = "gostrap std 1"

type seed struct {
	directory string
	digest    string // of the index
	actions   map[id]entry
	checked   *checked
}

// The index: a first line, a line "ACTION OUTPUT SIZE" for each result, and one with the SHA-256 of all before it.
func readSeed(directory, cache string) *seed {
	s := &seed{directory: directory}
	text, err := os.ReadFile(filepath.Join(directory, "index"))
	if err != nil {
		s.warn("cannot be read", err.Error())
		return s
	}
	end := bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n') + 1
	sum := sha256.Sum256(text[:end])
	s.digest = hex.EncodeToString(sum[:])
	if string(text[end:]) != "sha256 "+s.digest+"\n" || !bytes.HasPrefix(text, []byte(firstLine+"\n")) {
		s.warn("is damaged", "index")
		return s
	}
	s.actions = make(map[id]entry, bytes.Count(text, []byte("\n")))
	for _, line := range strings.Split(string(text[len(firstLine)+1:end]), "\n") {
		words := strings.Fields(line)
		if len(words) != 3 {
			continue
		}
		action, one := parseID(words[0])
		output, two := parseID(words[1])
		size, err := strconv.ParseInt(words[2], 10, 64)
		if one && two && err == nil {
			s.actions[action] = entry{output: output, size: size, path: filepath.Join(directory, fmt.Sprintf("%09d-%s", size, words[1]))}
		}
	}
	s.checked = readChecked(filepath.Join(cache, "gostrap-std", s.digest[:32]))
	return s
}

// A result of the seed, whose bytes are what the index says.
func (s *seed) get(action id) (entry, bool) {
	e, there := s.actions[action]
	if !there {
		return e, false
	}
	if err := s.checked.check(e); err != nil {
		s.warn("is damaged", err.Error())
		return e, false
	}
	return e, true
}

var warnOnce sync.Once

// What is wrong with a seed is said once: the build goes on without it.
func (s *seed) warn(how, why string) {
	output := filepath.Dir(filepath.Dir(s.directory))
	mend := "gostrap verify --repair "
	if strings.HasPrefix(output, "/nix/store/") {
		mend = "nix store repair "
	}
	warnOnce.Do(func() {
		fmt.Fprintf(os.Stderr, "gostrap: the compiled std at %s %s (%s): it is compiled again; `%s` mends it\n", output, how, why,
			mend+quoted(output))
	})
}

// As a shell reads it.
func quoted(path string) string {
	if strings.IndexFunc(path, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/._-+:@", r)
	}) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
