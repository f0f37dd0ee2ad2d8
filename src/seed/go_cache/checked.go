// A damaged seed must make no wrong program: what is taken of it has been hashed.

package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// Which files of a seed were hashed before, and how they looked then: hashing all that a program takes costs as much as
// its build does with it.
type checked struct {
	file  string
	mutex sync.Mutex
	looks map[id]string
	fresh bool // there is more in it than in the file
}

func readChecked(file string) *checked {
	c := &checked{file: file, looks: map[id]string{}}
	text, _ := os.ReadFile(file)
	for _, line := range strings.Split(string(text), "\n") {
		name, look, _ := strings.Cut(line, " ")
		if output, ok := parseID(name); ok {
			c.looks[output] = look
		}
	}
	return c
}

// How a file looks from outside. Nobody can change its bytes and leave the time of its last change (ctime) as it was.
func look(info os.FileInfo) string {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprint(stat.Dev, stat.Ino, stat.Size, int64(stat.Mtim.Sec), int64(stat.Mtim.Nsec), int64(stat.Ctim.Sec),
		int64(stat.Ctim.Nsec))
}

func (c *checked) check(e entry) error {
	info, err := os.Stat(e.path)
	if err != nil {
		return err
	}
	now := look(info)
	c.mutex.Lock()
	before, there := c.looks[e.output]
	c.mutex.Unlock()
	if there && now != "" && before == now {
		return nil
	}
	file, err := os.Open(e.path)
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if !bytes.Equal(hash.Sum(nil), e.output[:]) {
		return errors.New(filepath.Base(e.path))
	}
	c.mutex.Lock()
	c.looks[e.output], c.fresh = now, true
	c.mutex.Unlock()
	return nil
}

func (c *checked) keep() {
	if c == nil || !c.fresh {
		return
	}
	var text bytes.Buffer
	for output, look := range c.looks {
		fmt.Fprintf(&text, "%s %s\n", output, look)
	}
	_ = writeAtOnce(filepath.Dir(c.file), c.file, text.Bytes()) // without it they are hashed again
}
