// What the go command calls a result by, and what it is.

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

type id [sha256.Size]byte

func (i id) String() string { return hex.EncodeToString(i[:]) }

func parseID(text string) (i id, ok bool) {
	n, err := hex.Decode(i[:], []byte(text))
	return i, err == nil && n == len(i) && len(text) == 2*len(i)
}

// An output and where it lies.
type entry struct {
	output id
	size   int64
	time   *time.Time
	path   string
}
