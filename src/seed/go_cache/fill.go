// For go commands older than 1.24, which ask no program: what is in the seed is put into GOCACHE.

package main

import (
	"os"
	"path/filepath"
)

// Whether some of its results are there: `go clean -cache` leaves the stamp.
func (s *seed) isIn(c *cache) bool {
	looked := 0
	for action := range s.actions { // in an order that is another one each time
		if _, err := os.Stat(c.file(action, "a")); err != nil {
			return false
		}
		if looked++; looked == 8 {
			break
		}
	}
	return true
}

// Puts what is whole of the seed into GOCACHE, unless that has it since it was last trimmed.
func (s *seed) fill(c *cache) error {
	stamp := filepath.Join(c.directory, "gostrap-std", s.digest[:min(32, len(s.digest))]+"-filled")
	c.only = true
	done, err := os.Stat(stamp)
	trimmed, never := os.Stat(filepath.Join(c.directory, "trim.txt"))
	if err == nil && (never != nil || trimmed.ModTime().Before(done.ModTime())) && s.isIn(c) {
		return nil
	}
	all := true
	for action := range s.actions {
		if _, there := c.get(action); there {
			continue
		}
		e, whole := s.get(action)
		if !whole {
			all = false
			continue
		}
		file, err := os.Open(e.path)
		if err != nil {
			return err
		}
		_, err = c.put(action, e.output, file, e.size)
		file.Close()
		if err != nil {
			return err
		}
	}
	if !all {
		return nil
	}
	return writeAtOnce(filepath.Dir(stamp), stamp, nil)
}
