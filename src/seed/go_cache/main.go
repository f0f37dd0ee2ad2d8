// The build cache that a go command (1.24 or newer) asks by GOCACHEPROG: what std's packages compile to is read where it
// stands, in the seed beside this program, and all else is read from and written to GOCACHE, as the go command itself
// would, so that plain go commands find it there. `fill` puts a seed into GOCACHE, for older go commands.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"unicode/utf8"
)

func run() error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	c := &cache{directory: cacheDirectory()}
	if !filepath.IsAbs(c.directory) {
		return errors.New("GOCACHE is not an absolute path, or there is none")
	}
	directory := filepath.Join(filepath.Dir(filepath.Dir(program)), "share", "std")
	load := sync.OnceValue(func() *seed { return readSeed(directory, c.directory) })
	if len(os.Args) == 2 && os.Args[1] == "fill" {
		s := load()
		err := s.fill(c)
		s.checked.keep()
		return err
	}
	if len(os.Args) != 1 {
		return errors.New("the go command starts this program: GOCACHEPROG names it")
	}
	if !utf8.ValidString(directory) {
		fmt.Fprintf(os.Stderr, "gostrap: the compiled std at %q cannot be used (%v): it is compiled again\n",
			filepath.Dir(filepath.Dir(directory)), errUnnameable)
		load = func() *seed { return &seed{} }
	}
	// the go command ends in its own time, and closes this one's input; SIGQUIT is for the test that it waits for
	signal.Ignore(os.Interrupt, syscall.SIGQUIT, syscall.SIGPIPE)
	s := &server{in: bufio.NewReaderSize(os.Stdin, 1<<18), out: json.NewEncoder(os.Stdout), seed: load, cache: c}
	err = s.serve()
	load().checked.keep()
	c.close()
	return err
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "gostrap: the build cache: %v\n", err)
		os.Exit(1)
	}
}
