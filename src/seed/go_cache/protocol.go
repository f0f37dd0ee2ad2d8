// The protocol of GOCACHEPROG (cmd/go/internal/cacheprog).

package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"
)

type request struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	ObjectID []byte // what Go 1.21 to 1.23 call it, built with GOEXPERIMENT=cacheprog
	BodySize int64
}

type response struct {
	ID            int64
	Err           string     `json:",omitempty"`
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

type server struct {
	in    *bufio.Reader
	seed  func() *seed
	cache *cache

	mutex sync.Mutex // of what follows
	out   *json.Encoder
}

func (s *server) answer(r response) {
	if !utf8.ValidString(r.DiskPath) { // JSON would name another file
		r = response{ID: r.ID, Err: "gostrap cannot name a path that is not in UTF-8: " + strconv.Quote(r.DiskPath)}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	_ = s.out.Encode(r) // who does not listen any more has gone
}

func toID(text []byte) (i id, err error) {
	if copy(i[:], text) != len(i) || len(text) != len(i) {
		return i, errors.New("an ID has 32 bytes")
	}
	return i, nil
}

func (s *server) get(r request) response {
	action, err := toID(r.ActionID)
	if err != nil {
		return response{ID: r.ID, Err: err.Error()}
	}
	e, ok := s.seed().get(action)
	if !ok {
		e, ok = s.cache.get(action)
	}
	if !ok || !utf8.ValidString(e.path) {
		return response{ID: r.ID, Miss: true}
	}
	return response{ID: r.ID, OutputID: e.output[:], Size: e.size, Time: e.time, DiskPath: e.path}
}

// The characters of a JSON string up to its end: base64 has none that are escaped.
type stringReader struct {
	in    *bufio.Reader
	ended bool
}

func (s *stringReader) Read(into []byte) (int, error) {
	if s.ended {
		return 0, io.EOF
	}
	if _, err := s.in.Peek(1); err != nil {
		return 0, unexpected(err)
	}
	there, _ := s.in.Peek(min(s.in.Buffered(), len(into)))
	n := len(there)
	if end := bytes.IndexByte(there, '"'); end >= 0 {
		n, s.ended = end, true
	}
	copy(into, there[:n])
	skip := n
	if s.ended {
		skip++
	}
	_, _ = s.in.Discard(skip)
	if n == 0 && s.ended {
		return 0, io.EOF
	}
	return n, nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// The next byte that is no white space.
func (s *server) next() (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil || c != '\n' && c != ' ' && c != '\r' && c != '\t' {
			return c, err
		}
	}
}

// An error here is one of the connection.
func (s *server) put(r request) error {
	var body io.Reader = bytes.NewReader(nil)
	var text *stringReader
	if r.BodySize > 0 {
		if c, err := s.next(); err != nil || c != '"' {
			return fmt.Errorf("the body of request %d is missing", r.ID)
		}
		text = &stringReader{in: s.in}
		body = base64.NewDecoder(base64.StdEncoding, text)
	}
	if len(r.OutputID) == 0 {
		r.OutputID = r.ObjectID
	}
	action, err := toID(r.ActionID)
	output, err2 := toID(r.OutputID)
	path := ""
	if err == nil {
		err = err2
	}
	if err == nil {
		path, err = s.cache.put(action, output, body, r.BodySize)
	}
	if text != nil {
		if _, lost := io.Copy(io.Discard, text); lost != nil {
			return lost
		}
	}
	if err != nil {
		s.answer(response{ID: r.ID, Err: "gostrap cannot keep it: " + err.Error()})
	} else {
		s.answer(response{ID: r.ID, DiskPath: path})
	}
	return nil
}

// Until the other end closes.
func (s *server) serve() error {
	s.answer(response{KnownCommands: []string{"get", "put", "close"}})
	var running sync.WaitGroup
	defer running.Wait()
	for {
		c, err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		line, err := s.in.ReadBytes('\n')
		if err != nil {
			return unexpected(err)
		}
		var r request
		if err := json.Unmarshal(append([]byte{c}, line...), &r); err != nil {
			return err
		}
		switch r.Command {
		case "get":
			running.Add(1)
			go func() {
				defer running.Done()
				s.answer(s.get(r))
			}()
		case "put":
			if err := s.put(r); err != nil {
				return err
			}
		case "close":
			running.Wait()
			s.answer(response{ID: r.ID})
			return nil
		default:
			s.answer(response{ID: r.ID, Err: "gostrap knows no command " + strconv.Quote(r.Command)})
		}
	}
}
