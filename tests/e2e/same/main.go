// Makes one small module out of a seed, for compile_same: whatever go build reads differently from how one would think.
// The same seed gives the same module. `same SEED PORT DIR` writes it below DIR, and DIR/case.sh, which says how to
// build it: work (where), plain (the same elsewhere, where go build itself leaks the directory's name), arguments,
// ours and theirs (options of gostrap compile and of go build).
package main

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type module struct {
	*rand.Rand
	port      string // "linux/arm64"
	root      string // of what belongs together: the module, and what it replaces
	path      string
	goLine    string
	imports   map[string]string // of main.go: import path to how it is used
	decls     []string          // of main.go
	calls     []string          // in main
	require   []string          // lines of go.mod
	arguments []string
	ours      []string
	theirs    []string
}

func (m *module) write(name, text string) {
	file := filepath.Join(m.root, name)
	check(os.MkdirAll(filepath.Dir(file), 0o755))
	check(os.WriteFile(file, []byte(text), 0o644))
}

func (m *module) oneOf(choices ...string) string { return choices[m.Intn(len(choices))] }
func (m *module) sometimes(of int) bool          { return m.Intn(of) == 0 }

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "same:", err)
		os.Exit(3)
	}
}

func make_(seed int64, port, root string) *module {
	m := &module{Rand: rand.New(rand.NewSource(seed)), port: port, root: root, imports: map[string]string{}}
	m.path = m.oneOf("x.com/p", "x.com/p", "example.com/Some.Thing/v2", "x.com/p-q_r~s", "x.com/main", "x.com/v2")
	m.goLine = m.oneOf("", "go 1.16\n", "go 1.20\n", "go 1.21\n", "go 1.21.3\n", "go 1.24\n", "go 1.22rc1\n")
	features := []func(){m.constraints, m.packages, m.assembly, m.flags, m.oddFiles, m.standard, m.directives,
		m.modules, m.profile, m.cgo}
	if m.sometimes(2) {
		m.embeds()
	}
	m.Shuffle(len(features), func(i, j int) { features[i], features[j] = features[j], features[i] })
	for _, feature := range features[:m.Intn(4)] {
		feature()
	}
	m.finish()
	return m
}

// finish writes main.go and go.mod, last, for all have a say in them.
func (m *module) finish() {
	text := m.oneOf("", "// Package main is for a test.\n")
	if m.sometimes(6) && m.goLine != "go 1.16\n" && m.goLine != "" {
		text = "//go:debug " + m.oneOf("panicnil=1", "http2client=0", "madvdontneed=1") + "\n"
	}
	text += "package main\n\nimport (\n"
	for path, use := range m.imports {
		text += "\t" + use + " " + strconv.Quote(path) + "\n"
	}
	text += ")\n\n" + strings.Join(m.decls, "\n") + "\nvar version = \"none\"\n\nfunc main() {\n\tprintln(\"hello\", version)\n\t" +
		strings.Join(m.calls, "\n\t") + "\n}\n"
	name := "main.go"
	if m.sometimes(8) {
		name = m.oneOf("the main.go", "a.b.go", "é.go", "a+b.go", "$a.go", "a=b.go", "1.go")
	}
	m.write("m/"+name, sortedImports(text))
	if m.sometimes(20) { // no module at all
		m.arguments = []string{name}
		return
	}
	m.write("m/go.mod", "module "+m.path+"\n\n"+m.goLine+strings.Join(m.require, ""))
	if len(m.arguments) == 0 && m.sometimes(5) {
		m.arguments = []string{m.oneOf(name, "./"+name, filepath.Join(m.root, "m", name))}
	}
}

// sortedImports brings the lines of a map into an order.
func sortedImports(text string) string {
	head, rest, _ := strings.Cut(text, "import (\n")
	block, tail, _ := strings.Cut(rest, ")\n")
	lines := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
	for i := range lines {
		for j := i + 1; j < len(lines); j++ {
			if lines[j] < lines[i] {
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
	}
	return head + "import (\n" + strings.Join(lines, "\n") + "\n)\n" + tail
}

func quoted(words []string) string {
	var text []string
	for _, word := range words {
		text = append(text, "'"+strings.ReplaceAll(word, "'", `'\''`)+"'")
	}
	return strings.Join(text, " ")
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: same SEED PORT DIR")
		os.Exit(2)
	}
	seed, err := strconv.ParseInt(os.Args[1], 10, 64)
	check(err)
	odd := []string{"a b", "q;r", "x=>y", "a=b", "é", "it's", "$x", "#", "a\nb", "a\\b", "%41", "-x", "\"", "w;=>;", "[a]", "*"}
	name := "here"
	if seed%4 == 0 {
		name = odd[int(seed/4)%len(odd)]
	}
	top, err := filepath.Abs(os.Args[3])
	check(err)
	m := make_(seed, os.Args[2], filepath.Join(top, name))
	plain := m
	if strings.Contains(name, ";") {
		plain = make_(seed, os.Args[2], filepath.Join(top, "plain"))
	}
	text := fmt.Sprintf("work=%s\nplain=%s\narguments=(%s)\nplain_arguments=(%s)\nours=(%s)\ntheirs=(%s)\n",
		quoted([]string{m.root + "/m"}), quoted([]string{plain.root + "/m"}), quoted(m.arguments), quoted(plain.arguments),
		quoted(m.ours), quoted(m.theirs))
	check(os.WriteFile(filepath.Join(top, "case.sh"), []byte(text), 0o644))
}
