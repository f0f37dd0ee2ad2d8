// GOCACHE, as cmd/go/internal/cache has it: what is written here a plain go command finds.

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	used      = time.Hour // how exact the times of last use are
	trimAfter = 24 * time.Hour
	unusedFor = 5*24*time.Hour + used
)

type cache struct {
	directory string
	only      bool // nothing goes elsewhere
	once      sync.Once
	elsewhere string // for what it cannot take, until the end
}

// Where the go command that starts this one has its cache: GOCACHE, by the environment or `go env -w`, else the default.
func cacheDirectory() string {
	if directory := os.Getenv("GOCACHE"); directory != "" {
		return directory
	}
	file := os.Getenv("GOENV")
	if file == "" {
		if directory, err := os.UserConfigDir(); err == nil {
			file = filepath.Join(directory, "go", "env")
		}
	}
	if text, err := os.ReadFile(file); file != "off" && err == nil {
		for _, line := range strings.Split(string(text), "\n") {
			if value, is := strings.CutPrefix(line, "GOCACHE="); is && value != "" {
				return value
			}
		}
	}
	directory, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(directory, "go-build")
}

func (c *cache) file(i id, kind string) string {
	name := i.String()
	return filepath.Join(c.directory, name[:2], name+"-"+kind)
}

func (c *cache) get(action id) (e entry, ok bool) {
	text, err := os.ReadFile(c.file(action, "a"))
	if err != nil {
		return e, false
	}
	words := strings.Fields(string(text)) // v1 ACTION OUTPUT SIZE TIME
	if len(words) != 5 || words[0] != "v1" || words[1] != action.String() || text[len(text)-1] != '\n' {
		return e, false
	}
	output, known := parseID(words[2])
	size, badSize := strconv.ParseInt(words[3], 10, 64)
	nanoseconds, badTime := strconv.ParseInt(words[4], 10, 64)
	if !known || badSize != nil || badTime != nil {
		return e, false
	}
	when := time.Unix(0, nanoseconds)
	e = entry{output, size, &when, c.file(output, "d")}
	info, err := os.Stat(e.path)
	if err == nil && info.IsDir() { // a program lies under its name in a directory
		names, _ := os.ReadDir(e.path)
		if len(names) != 1 {
			return e, false
		}
		c.mark(e.path, info)
		e.path = filepath.Join(e.path, names[0].Name())
		info, err = os.Stat(e.path)
	}
	if err != nil || info.Size() != size {
		return e, false
	}
	c.mark(e.path, info)
	if info, err := os.Stat(c.file(action, "a")); err == nil {
		c.mark(c.file(action, "a"), info)
	}
	return e, true
}

// Its time of last use.
func (c *cache) mark(file string, info os.FileInfo) {
	if now := time.Now(); now.Sub(info.ModTime()) >= used {
		_ = os.Chtimes(file, now, now)
	}
}

// Removes what nobody has used for five days, once a day: the go command leaves that to its cache program.
func (c *cache) trim() {
	stamp := filepath.Join(c.directory, "trim.txt")
	now := time.Now()
	if text, err := os.ReadFile(stamp); err == nil {
		if last, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil {
			if since := now.Sub(time.Unix(last, 0)); since < trimAfter && since > -used {
				return
			}
		}
	}
	for i := 0; i < 256; i++ {
		directory := filepath.Join(c.directory, fmt.Sprintf("%02x", i))
		names, _ := os.ReadDir(directory)
		for _, name := range names {
			base := name.Name()
			if !strings.HasSuffix(base, "-a") && !strings.HasSuffix(base, "-d") {
				continue
			}
			if info, err := name.Info(); err == nil && now.Sub(info.ModTime()) > unusedFor {
				_ = os.RemoveAll(filepath.Join(directory, base))
			}
		}
	}
	_ = writeAtOnce(c.directory, stamp, []byte(strconv.FormatInt(now.Unix(), 10)))
}

func (c *cache) close() {
	if c.elsewhere != "" {
		_ = os.RemoveAll(c.elsewhere)
	}
	c.trim()
}
