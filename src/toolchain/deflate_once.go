// Built into distpack by gostrap: what has been compressed once is taken from memory, or from the directory in
// GOSTRAP_DEFLATED, where the runs for several ports share it. Most files are the same for all ports.
package main

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
)

var deflated = map[string][]byte{}

// One for all files: each is more than a megabyte.
var compressor *flate.Writer

// Larger ones are the port's own programs.
const largestShared = 2 << 20

type onceDeflater struct {
	out     io.Writer
	level   int
	content bytes.Buffer
}

func deflateOnce(out io.Writer, level int) (io.WriteCloser, error) {
	return &onceDeflater{out: out, level: level}, nil
}

func (d *onceDeflater) Write(part []byte) (int, error) { return d.content.Write(part) }

func (d *onceDeflater) Close() error {
	sum := sha256.Sum256(d.content.Bytes())
	key := hex.EncodeToString(sum[:])
	packed, err := d.packed(key)
	if err == nil {
		deflated[key] = packed
		_, err = d.out.Write(packed)
	}
	return err
}

func (d *onceDeflater) packed(key string) ([]byte, error) {
	if packed, ok := deflated[key]; ok {
		return packed, nil
	}
	place := os.Getenv("GOSTRAP_DEFLATED")
	shared := place != "" && d.content.Len() <= largestShared
	if shared {
		if packed, err := os.ReadFile(filepath.Join(place, key)); err == nil {
			return packed, nil
		}
	}
	var packed bytes.Buffer
	var err error
	if compressor == nil {
		compressor, err = flate.NewWriter(&packed, d.level)
	} else {
		compressor.Reset(&packed)
	}
	if err == nil {
		// in the parts in which distpack writes them
		_, err = io.CopyBuffer(struct{ io.Writer }{compressor}, struct{ io.Reader }{&d.content}, make([]byte, 32<<10))
	}
	if err == nil {
		err = compressor.Close()
	}
	if err == nil && shared {
		err = keep(place, key, packed.Bytes())
	}
	return packed.Bytes(), err
}

// keep writes under the name only what is whole: other runs read it.
func keep(place, key string, packed []byte) error {
	file, err := os.CreateTemp(place, "part-")
	if err != nil {
		return err
	}
	_, err = file.Write(packed)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(place, key))
	}
	return err
}
