// A checksum database of a test's own, by golang.org/x/mod/sumdb, which Go vendors: nothing of gostrap's is in it.
// tests/lib/log.sh builds it.
//
//	write-log [flags] key                        its key, as GOSUMDB and --log-key take it
//	write-log [flags] tree DIR                   everything: latest, all tiles, the lookups of -records
//	write-log [flags] client GOPATH MODULE@V…    what a go command leaves in its GOPATH that looks these up
//	write-log [flags] proof FILE MODULE@V        a c2sp.org/tlog-proof
//	write-log [flags] serve FILE                 over HTTP on loopback; FILE gets the URL
package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var (
	name    = flag.String("name", "log.example", "of the log")
	size    = flag.Int64("size", 3000, "how many records it has")
	records = flag.String("records", "", "file of lines: INDEX MODULE VERSION H1 H1-OF-GO.MOD")
	fork    = flag.Int64("fork", -1, "the record of this index is another one")
)

// database is the server's side of a log; hashes are stored as tlog numbers them.
type database struct {
	texts  [][]byte
	ids    map[string]int64
	hashes []tlog.Hash
	signer note.Signer
	vkey   string
}

func (d *database) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, each := range indexes {
		list = append(list, d.hashes[each])
	}
	return list, nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func h1(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "h1:" + base64.StdEncoding.EncodeToString(sum[:])
}

func record(path, version, zip, mod string) []byte {
	return []byte(fmt.Sprintf("%s %s %s\n%s %s/go.mod %s\n", path, version, zip, path, version, mod))
}

func newDatabase() *database {
	d := &database{ids: map[string]int64{}}
	seed := sha256.Sum256([]byte("the key of " + *name))
	private := ed25519.NewKeyFromSeed(seed[:])
	var err error
	d.vkey, err = note.NewEd25519VerifierKey(*name, private.Public().(ed25519.PublicKey))
	check(err)
	hash := strings.Split(d.vkey, "+")[1]
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, seed[:]...))
	d.signer, err = note.NewSigner("PRIVATE+KEY+" + *name + "+" + hash + "+" + secret)
	check(err)

	named := map[int64][]byte{}
	if *records != "" {
		text, err := os.ReadFile(*records)
		check(err)
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			var index int64
			var path, version, zip, mod string
			_, err := fmt.Sscan(line, &index, &path, &version, &zip, &mod)
			check(err)
			named[index] = record(path, version, zip, mod)
			d.ids[path+"@"+version] = index
		}
	}
	for i := int64(0); i < *size; i++ {
		text := named[i]
		if text == nil {
			path := fmt.Sprintf("example.com/m%d", i)
			text = record(path, "v1.0.0", h1(path), h1(path+"/go.mod"))
			d.ids[path+"@v1.0.0"] = i
		}
		if i == *fork {
			text = record(fmt.Sprintf("example.com/other%d", i), "v1.0.0", h1("other"), h1("other"))
		}
		hashes, err := tlog.StoredHashes(i, text, d)
		check(err)
		d.texts = append(d.texts, text)
		d.hashes = append(d.hashes, hashes...)
	}
	return d
}

func (d *database) Signed(ctx context.Context) ([]byte, error) {
	root, err := tlog.TreeHash(*size, d)
	check(err)
	return note.Sign(&note.Note{Text: string(tlog.FormatTree(tlog.Tree{N: *size, Hash: root}))}, d.signer)
}

func (d *database) ReadRecords(ctx context.Context, id, n int64) ([][]byte, error) {
	if id < 0 || id+n > *size {
		return nil, os.ErrNotExist
	}
	return d.texts[id : id+n], nil
}

func (d *database) Lookup(ctx context.Context, m module.Version) (int64, error) {
	id, there := d.ids[m.Path+"@"+m.Version]
	if !there || id >= *size {
		return 0, os.ErrNotExist
	}
	return id, nil
}

func (d *database) ReadTileData(ctx context.Context, t tlog.Tile) ([]byte, error) {
	if (t.N<<uint(t.H)+int64(t.W))<<uint(t.H*t.L) > *size {
		return nil, os.ErrNotExist
	}
	return tlog.ReadTileData(t, d)
}

func write(file string, data []byte) {
	check(os.MkdirAll(filepath.Dir(file), 0o777))
	check(os.WriteFile(file, data, 0o666))
}

func (d *database) writeTree(dir string) {
	signed, err := d.Signed(nil)
	check(err)
	write(filepath.Join(dir, "latest"), signed)
	for _, tile := range tlog.NewTiles(8, 0, *size) {
		data, err := tlog.ReadTileData(tile, d)
		check(err)
		write(filepath.Join(dir, tile.Path()), data)
	}
	for what, id := range d.ids {
		if strings.HasPrefix(what, "example.com/m") || id >= *size {
			continue // the others are named ones
		}
		path, version, _ := strings.Cut(what, "@")
		path, err = module.EscapePath(path)
		check(err)
		text, err := tlog.FormatRecord(id, d.texts[id])
		check(err)
		write(filepath.Join(dir, "lookup", path+"@"+version), append(text, signed...))
	}
}

// client is a go command's side, which keeps files where cmd/go keeps them.
type client struct {
	handler http.Handler
	gopath  string
	vkey    string
}

func (c *client) ReadRemote(path string) ([]byte, error) {
	request, err := http.NewRequest("GET", "http://log"+path, nil)
	check(err)
	answer := &answer{header: http.Header{}, status: 200}
	c.handler.ServeHTTP(answer, request)
	if answer.status != 200 {
		return nil, fmt.Errorf("%s: %d", path, answer.status)
	}
	return answer.body, nil
}

func (c *client) config(file string) string { return filepath.Join(c.gopath, "pkg/sumdb", file) }
func (c *client) cache(file string) string {
	return filepath.Join(c.gopath, "pkg/mod/cache/download/sumdb", file)
}

func (c *client) ReadConfig(file string) ([]byte, error) {
	if file == "key" {
		return []byte(c.vkey), nil
	}
	data, err := os.ReadFile(c.config(file))
	if os.IsNotExist(err) {
		return []byte{}, nil
	}
	return data, err
}

func (c *client) WriteConfig(file string, old, new []byte) error {
	write(c.config(file), new)
	return nil
}

func (c *client) ReadCache(file string) ([]byte, error) { return os.ReadFile(c.cache(file)) }
func (c *client) WriteCache(file string, data []byte)   { write(c.cache(file), data) }
func (c *client) Log(text string)                       {}
func (c *client) SecurityError(text string)             { log.Fatal(text) }

type answer struct {
	header http.Header
	status int
	body   []byte
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(s int)   { a.status = s }
func (a *answer) Write(data []byte) (int, error) {
	a.body = append(a.body, data...)
	return len(data), nil
}

func (d *database) writeProof(file, what string) {
	id, there := d.ids[what]
	if !there {
		log.Fatal(what + " is not in the log")
	}
	proof, err := tlog.ProveRecord(*size, id, d)
	check(err)
	text := fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n", id)
	for _, hash := range proof {
		text += hash.String() + "\n"
	}
	signed, err := d.Signed(nil)
	check(err)
	write(file, []byte(text+"\n"+string(signed)))
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	args := flag.Args()
	d := newDatabase()
	handler := sumdb.NewServer(d)
	switch args[0] {
	case "key":
		fmt.Println(d.vkey)
	case "tree":
		d.writeTree(args[1])
	case "proof":
		d.writeProof(args[1], args[2])
	case "client":
		user := sumdb.NewClient(&client{handler, args[1], d.vkey})
		for _, what := range args[2:] {
			path, version, _ := strings.Cut(what, "@")
			_, err := user.Lookup(path, version)
			check(err)
		}
	case "serve":
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		check(err)
		write(args[1]+".new", []byte("http://"+listener.Addr().String()))
		check(os.Rename(args[1]+".new", args[1]))
		check(http.Serve(listener, handler))
	default:
		log.Fatal("no such word: " + args[0])
	}
}
