// The build cache that a go command (1.24 or newer) asks by GOCACHEPROG: what std's packages compile to is read where it
// stands, in the seed beside this program, and all else is read from and written to GOCACHE, as the go command itself
// would, so that plain go commands find it there. `fill` puts a seed into GOCACHE, for older go commands.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unicode/utf8"
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

var warnOnce sync.Once

// What is wrong with a seed is said once: the build goes on without it.
func warn(what string) {
	warnOnce.Do(func() { fmt.Fprintf(os.Stderr, "gostrap: %s: it is compiled again\n", what) })
}

// ---- the seed --------------------------------------------------------------------------------------------------

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
		warn("the compiled std cannot be read (" + err.Error() + ")")
		return s
	}
	end := bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n') + 1
	sum := sha256.Sum256(text[:end])
	s.digest = hex.EncodeToString(sum[:])
	if string(text[end:]) != "sha256 "+s.digest+"\n" || !bytes.HasPrefix(text, []byte(firstLine+"\n")) {
		warn("the compiled std at " + directory + " is damaged (index)")
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
			s.actions[action] = entry{output: output, size: size, path: filepath.Join(directory, words[1])}
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
		warn("the compiled std at " + s.directory + " is damaged (" + err.Error() + "; see `gostrap verify`)")
		return e, false
	}
	return e, true
}

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

// ---- GOCACHE, as cmd/go/internal/cache has it ---------------------------------------------------------------------

const (
	used       = time.Hour // how exact the times of last use are
	trimAfter  = 24 * time.Hour
	unusedFor  = 5*24*time.Hour + used
	temporary  = "gostrap-tmp-*-d" // what a killed one leaves the go command removes as if it were a result
	heldBodies = 8 << 20           // up to this size a body is held, so that it can go elsewhere where GOCACHE cannot take it
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

// ---- the protocol (cmd/go/internal/cacheprog) ---------------------------------------------------------------------

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

// ---- for go commands older than 1.24 ------------------------------------------------------------------------------

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
		warn("the compiled std at " + strconv.Quote(directory) + " cannot be used (" + errUnnameable.Error() + ")")
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
