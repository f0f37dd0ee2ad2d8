// How results come into GOCACHE: whole or not at all, and elsewhere where it takes none.

package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unicode/utf8"
)

const (
	temporary  = "gostrap-tmp-*-d" // what a killed one leaves the go command removes as if it were a result
	heldBodies = 8 << 20           // up to this size a body is held, so that it can go elsewhere where GOCACHE cannot take it
)

func (c *cache) put(action, output id, body io.Reader, size int64) (string, error) {
	var held []byte
	if size <= heldBodies {
		var err error
		if held, err = io.ReadAll(body); err != nil {
			return "", err
		}
		body = bytes.NewReader(held)
	}
	file := c.file(output, "d")
	err := errUnnameable
	if utf8.ValidString(file) || c.only {
		_, err = writeBody(filepath.Dir(file), file, body, size, &output)
	}
	if err == nil {
		line := fmt.Sprintf("v1 %s %s %20d %20d\n", action, output, size, time.Now().UnixNano())
		index := c.file(action, "a")
		if err := writeAtOnce(filepath.Dir(index), index, []byte(line)); err != nil && c.only {
			return "", err // else it is made again next time
		}
		return file, nil
	}
	if err == errOtherBody || size > heldBodies || c.only {
		return "", err
	}
	c.once.Do(func() {
		fmt.Fprintf(os.Stderr, "gostrap: GOCACHE takes nothing (%v): what is compiled now is kept until this command ends\n", err)
		c.elsewhere, _ = os.MkdirTemp("", "gostrap-go-cache-")
	})
	if c.elsewhere == "" {
		return "", err
	}
	file = filepath.Join(c.elsewhere, output.String())
	_, failed := writeBody(c.elsewhere, file, bytes.NewReader(held), size, &output)
	if failed != nil {
		return "", err
	}
	return file, nil
}

// Writes a file that is there whole or not at all.
func writeAtOnce(directory, file string, text []byte) error {
	_, err := writeBody(directory, file, bytes.NewReader(text), int64(len(text)), nil)
	return err
}

var (
	errOtherBody  = errors.New("the body is not what its size and OutputID say")
	errUnnameable = errors.New("its path is not in UTF-8, and the go command is told of it in JSON")
)

func writeBody(directory, file string, body io.Reader, size int64, output *id) (left io.Reader, err error) {
	if err := os.MkdirAll(directory, 0o777); err != nil {
		return body, err
	}
	temp, err := os.CreateTemp(directory, temporary)
	if err != nil {
		return body, err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(temp, hash), body)
	if err != nil {
		return body, err
	}
	if n != size || output != nil && !bytes.Equal(hash.Sum(nil), output[:]) {
		return nil, errOtherBody
	}
	if err := temp.Chmod(0o666 &^ umask); err != nil {
		return nil, err
	}
	if err := temp.Close(); err != nil {
		return nil, err
	}
	return nil, os.Rename(temp.Name(), file)
}

var umask = func() os.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return os.FileMode(mask)
}()
