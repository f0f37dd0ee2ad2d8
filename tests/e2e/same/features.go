package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"time"
)

// Names and patterns that shells, C libraries and Go read in different ways.
func (m *module) name() string {
	letters := []string{"a", "b", "c", "A", "é", "ü", "à", "ß", "☺", "世", "!", "-", "^", "_", ".", "~", "1", " ", "x", "[", "$", "#", "=", "%", ",", "@"}
	text := ""
	for n := 1 + m.Intn(3); n > 0; n-- {
		text += letters[m.Intn(len(letters))]
	}
	return text
}

// patternOf takes the name, as a rule: each letter as it is, or as something that may stand for it.
func (m *module) patternOf(name string) string {
	text := ""
	for _, letter := range name {
		own := string(letter)
		escaped := own
		if strings.ContainsAny(own, "*?[]\\-^") || m.sometimes(8) {
			escaped = "\\" + own
		}
		switch m.Intn(9) {
		case 0:
			text += "?"
		case 1:
			text += "[" + escaped + m.oneOf("", "x", "é", "!") + "]"
		case 2:
			text += m.oneOf("[^x]", "[!x"+escaped+"]", "[ -~]", "[ -ÿ]", "[^a]", "[!-☺]")
		case 3:
			return text + "*"
		default:
			text += strings.TrimPrefix(escaped, "\\-")
			if escaped == "\\-" {
				text += "-"
			}
		}
	}
	return text
}

func (m *module) pattern(names []string) string {
	if m.Intn(4) != 0 {
		return m.patternOf(names[m.Intn(len(names))])
	}
	pieces := []string{"*", "?", "[a-c]", "[^a]", "[!a]", "[à-ü]", "[[:alpha:]]", "[^!]", "\\a", "[\\-a]", "[a\\]]", "a", "é", "-", "_", ".", "[]", "[a-", "{a,b}", "**"}
	text := ""
	switch m.Intn(6) {
	case 0:
		return names[m.Intn(len(names))]
	case 1:
		return "*"
	case 2:
		return m.oneOf("d", "all:d", "d/*", "all:d/e", "d/?", "e", "all:*", "./d", "d/", "..", "d/../a", "all:.", ".")
	}
	for n := 1 + m.Intn(3); n > 0; n-- {
		text += pieces[m.Intn(len(pieces))]
	}
	return text + m.oneOf("", ".txt", "*")
}

func (m *module) embeds() {
	m.imports["embed"] = ""
	var names []string
	for n := 3 + m.Intn(8); n > 0; n-- {
		name := m.name() + m.oneOf("", ".txt")
		if name == "." || name == ".." {
			continue
		}
		place := m.oneOf("", "", "", "d/", "d/e/", "d/.h/", "d/_u/", "e/")
		if place == "" {
			names = append(names, name)
		}
		m.write("m/"+place+name, "text of "+name+"\n")
	}
	m.write("m/d/plain", "plain\n")
	names = append(names, "a.txt")
	m.write("m/a.txt", "a\n")
	if m.sometimes(10) {
		m.write("m/d/sub/go.mod", "module other\n")
		m.write("m/d/sub/file", "another module's\n")
	}
	if m.sometimes(12) {
		os.Symlink("a.txt", filepath.Join(m.root, "m", m.oneOf("link", "d/link")))
	}
	for n := 1 + m.Intn(3); n > 0; n-- {
		var patterns []string
		for k := 1 + m.Intn(2); k > 0; k-- {
			pattern := m.pattern(names)
			if strings.ContainsAny(pattern, " \"`") || m.sometimes(5) {
				pattern = m.oneOf("`"+strings.ReplaceAll(pattern, "`", "")+"`", fmt.Sprintf("%q", pattern))
			}
			patterns = append(patterns, pattern)
		}
		m.decls = append(m.decls, fmt.Sprintf("//go:embed %s\nvar files%d embed.FS\n", strings.Join(patterns, " "), len(m.decls)))
	}
	m.decls = append(m.decls, fmt.Sprintf("//go:embed %s\nvar text%d %s\n", m.oneOf("a.txt", "[a].txt", "?.txt", "\"a.txt\""), len(m.decls), m.oneOf("string", "[]byte")))
}

// constraints: files that count for one port, tag, release or level, by name and by line.
func (m *module) constraints() {
	m.decls = append(m.decls, "var chosen []string\n")
	m.calls = append(m.calls, "for _, each := range chosen { println(each) }")
	for i, line := range []string{"amd64.v1", "arm64.v8.0", "riscv64.rva20u64", "linux && !windows", "wasm || arm64", "extra", "!extra && go1.21",
		"gc", "cgo", "!cgo", "unix", "go1.99", "ignore", "amd64.v2 || arm64.v8.1"} {
		if m.sometimes(2) {
			m.write(fmt.Sprintf("m/tag%d.go", i), fmt.Sprintf("//go:build %s\n\npackage main\n\nfunc init() { chosen = append(chosen, %q) }\n", line, line))
		}
	}
	for _, name := range []string{"f_linux.go", "f_arm64.go", "f_linux_riscv64.go", "f_js_wasm.go", "f_windows.go", "_f.go", ".f.go", "f_unix.go", "linux.go"} {
		if m.sometimes(3) {
			m.write("m/"+name, fmt.Sprintf("package main\n\nfunc init() { chosen = append(chosen, %q) }\n", name))
		}
	}
	if m.sometimes(2) {
		tags := m.oneOf("extra", "extra,other", "other")
		m.ours = append(m.ours, "--tags", tags)
		m.theirs = append(m.theirs, "-tags="+tags)
	}
}

func (m *module) packages() {
	for _, name := range []string{"a", "internal/b", "a/b.c", "testdata", "vendor2", "sub/v2", "c-d"} {
		if !m.sometimes(3) {
			continue
		}
		switch m.Intn(12) {
		case 0: // nothing but a test
			m.write("m/"+name+"/x_test.go", "package x\n")
		case 1: // nothing for any port
			m.write("m/"+name+"/x.go", "//go:build never\n\npackage x\n")
		case 2: // nothing but cgo and a test
			m.write("m/"+name+"/x.go", "package x\n\nimport \"C\"\n")
			m.write("m/"+name+"/x_test.go", "package x\n")
		default:
			m.write("m/"+name+"/x.go", "package x\n\n// F is called.\nfunc F() string { return \""+name+"\" }\n")
			alias := fmt.Sprintf("p%d", len(m.imports))
			m.imports[m.path+"/"+name] = alias
			m.calls = append(m.calls, "println("+alias+".F())")
			continue
		}
		m.imports[m.path+"/"+name] = "_"
	}
}

func (m *module) assembly() {
	m.write("common/defs.h", "#define ANSWER 42\n")
	m.write("m/s/own.h", "#include \"../../common/defs.h\"\n")
	m.write("m/s/own_arm64.h", "#define OF_PORT 1\n")
	m.write("m/s/own_amd64.h", "#define OF_PORT 2\n")
	m.write("m/s/s.go", "//go:build amd64 || arm64\n\npackage s\n\nfunc Answer() int64\n")
	m.write("m/s/other.go", "//go:build !amd64 && !arm64\n\npackage s\n\nfunc Answer() int64 { return 1 }\n")
	head := "#include \"textflag.h\"\n#include \"own.h\"\n#include \"own_GOARCH.h\"\n" + m.oneOf("", "#include \"go_asm.h\"\n")
	m.write("m/s/s_amd64.s", head+"\nTEXT ·Answer(SB), NOSPLIT, $0-8\n\tMOVQ $ANSWER, ret+0(FP)\n\tRET\n")
	m.write("m/s/s_arm64.s", head+"\nTEXT ·Answer(SB), NOSPLIT, $0-8\n\tMOVD $ANSWER, R0\n\tMOVD R0, ret+0(FP)\n\tRET\n")
	m.imports[m.path+"/s"] = "assembly"
	m.calls = append(m.calls, "println(assembly.Answer())")
}

func (m *module) flags() {
	linux := strings.HasPrefix(m.port, "linux/")
	switch m.Intn(5) {
	case 0:
		m.ours, m.theirs = append(m.ours, "--gcflags", "-N -l"), append(m.theirs, "-gcflags=-N -l")
	case 1:
		m.ours, m.theirs = append(m.ours, "--gcflags", "all=-l"), append(m.theirs, "-gcflags=all=-l")
	case 2:
		m.ours, m.theirs = append(m.ours, "-X", "main.version=a b"), append(m.theirs, "-ldflags=-buildid= '-X=main.version=a b'")
	case 3:
		m.ours, m.theirs = append(m.ours, "--strip"), append(m.theirs, "-ldflags=-buildid= -s -w")
	case 4:
		if linux {
			m.ours, m.theirs = append(m.ours, "--buildmode", "pie"), append(m.theirs, "-buildmode=pie")
		}
	}
}

func (m *module) oddFiles() {
	for _, name := range []string{"notes.md", "x.c.txt", "x.h", "Makefile", "x_test.go", "doc.go", "empty.txt"} {
		text := ""
		if strings.HasSuffix(name, ".go") {
			text = "package main\n"
		}
		if m.sometimes(2) {
			m.write("m/"+name, text)
		}
	}
	if m.sometimes(6) {
		m.write("m/x.c", "int x;\n") // go build refuses C without cgo
	}
	if m.sometimes(4) {
		m.write("elsewhere/linked.go", "package main\n\nvar linked = 1\n")
		os.MkdirAll(filepath.Join(m.root, "m"), 0o755)
		os.Symlink("../elsewhere/linked.go", filepath.Join(m.root, "m", "linked.go"))
	}
}

func (m *module) standard() {
	for _, name := range []string{"errors", "sort", "strings", "unicode/utf8", "sync/atomic", "math/bits", "strconv", "bytes", "time"} {
		if m.sometimes(5) {
			m.imports[name] = "_"
		}
	}
}

func (m *module) directives() {
	switch m.Intn(4) {
	case 0:
		m.goLine = "go 1.23\n"
		m.require = append(m.require, "godebug (\n\tdefault=go1.21\n\tpanicnil=1\n)\n")
	case 1:
		m.imports["unsafe"] = "_"
		m.decls = append(m.decls, "//go:linkname nanotime runtime.nanotime\nfunc nanotime() int64\n")
		m.write("m/empty.s", "")
		m.calls = append(m.calls, "_ = nanotime()")
	case 2:
		m.decls = append(m.decls, "//line /somewhere/else.go:7\nfunc moved() {}\n")
		m.calls = append(m.calls, "moved()")
	case 3:
		m.decls = append(m.decls, "//go:noinline\nfunc fails() { panic(version) }\n")
		m.calls = append(m.calls, "if version == \"\" { fails() }")
	}
}

// modules: another one, by replacement, in a workspace, or vendored.
func (m *module) modules() {
	if len(m.require) > 0 {
		return
	}
	line := m.oneOf("", "go 1.18\n", "go 1.23\n")
	m.write("dep/go.mod", "module example.com/Dep\n\n"+line)
	m.write("dep/sub/x.go", "package sub\n\n// F is called.\nfunc F() (all []func() int) {\n\tfor i := 0; i < 3; i++ {\n\t\tall = append(all, func() int { return i })\n\t}\n\treturn\n}\n")
	m.imports["example.com/Dep/sub"] = "dep"
	m.calls = append(m.calls, "for _, f := range dep.F() { println(f()) }")
	switch m.Intn(3) {
	case 0:
		m.require = []string{"require example.com/Dep v1.2.3\n\nreplace example.com/Dep => ../dep\n"}
	case 1:
		m.write("go.work", "go 1.24\n\nuse (\n\t./m\n\t./dep\n)\n")
		m.require = []string{"require example.com/Dep v1.2.3\n"}
	case 2:
		m.goLine = "go 1.17\n"
		m.require = []string{"require example.com/Dep v1.2.3\n"}
		m.write("m/vendor/modules.txt", "# example.com/Dep v1.2.3\n## explicit"+m.oneOf("", "; go 1.18")+"\nexample.com/Dep/sub\n")
		text, err := os.ReadFile(filepath.Join(m.root, "dep/sub/x.go"))
		check(err)
		m.write("m/vendor/example.com/Dep/sub/x.go", string(text))
	}
}

// profile: of this very program, which is as good as any.
func (m *module) profile() {
	check(os.MkdirAll(filepath.Join(m.root, "m"), 0o755))
	shared := filepath.Join(filepath.Dir(filepath.Dir(m.root)), "default.pgo")
	if _, err := os.Stat(shared); err != nil {
		file, err := os.Create(shared)
		check(err)
		check(pprof.StartCPUProfile(file))
		for end := time.Now().Add(60 * time.Millisecond); time.Now().Before(end); {
		}
		pprof.StopCPUProfile()
		check(file.Close())
	}
	text, err := os.ReadFile(shared)
	check(err)
	m.write("m/default.pgo", string(text))
	if m.sometimes(4) {
		m.ours, m.theirs = append(m.ours, "--pgo", "off"), append(m.theirs, "-pgo=off")
	}
}

func (m *module) cgo() {
	m.write("m/c/c.go", "package c\n\nimport \"C\"\n\n// F needs C.\nfunc F() int { return 1 }\n")
	m.write("m/c/pure.go", "//go:build !cgo\n\npackage c\n\n// F does not.\nfunc F() int { return 2 }\n")
	m.imports[m.path+"/c"] = "c"
	m.calls = append(m.calls, "println(c.F())")
}
