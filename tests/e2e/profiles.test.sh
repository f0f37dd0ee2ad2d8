#!/usr/bin/env bash
# Profiles with real Go: what is bound in go.env and in the runtime's source takes no make.bash. What the tables say is
# held against the release's own source and compiler.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 node perl

plain=$(build 1.24.4 linux/amd64)
go=$plain/bin/go
# in_sdk PORT PROFILE COMMAND…: with the SDK's own GOCACHE, as a user has it
in_sdk() { "$GOSTRAP" exec "$1" --release 1.24.4 --profile "$2" -- "${@:3}"; }
mkdir "$T/hello" && cd "$T/hello"
printf 'module hello\n\ngo 1.21\n' >go.mod
cat >hello.go <<'GO'
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
)

var kept [][]byte

func main() {
	if len(os.Args) > 1 {
		for i := 0; i < 64; i++ {
			kept = append(kept[:i%8], make([]byte, 1<<20))
		}
		runtime.GC()
	}
	fmt.Println(debug.SetGCPercent(-1), debug.SetMemoryLimit(-1), runtime.GOARCH)
}
GO

# ---- the tables ----------------------------------------------------------------------------------------------------

# What platform/supported.go and zosarch.go answer for each port, asked of the very source.
mkdir "$T/facts" && printf 'module facts\n\ngo 1.24\n' >"$T/facts/go.mod"
sed 's/^package platform/package main/' "$plain/share/go/src/internal/platform/supported.go" >"$T/facts/supported.go"
sed 's/^package platform/package main/' "$plain/share/go/src/internal/platform/zosarch.go" >"$T/facts/zosarch.go"
cat >"$T/facts/main.go" <<'GO'
package main

import "fmt"

func main() {
	for _, p := range List {
		if Broken(p.GOOS, p.GOARCH) {
			continue
		}
		fmt.Println(p, "cgo", CgoSupported(p.GOOS, p.GOARCH))
		fmt.Println(p, "race", RaceDetectorSupported(p.GOOS, p.GOARCH))
		fmt.Println(p, "msan", MSanSupported(p.GOOS, p.GOARCH))
		fmt.Println(p, "asan", ASanSupported(p.GOOS, p.GOARCH))
		fmt.Println(p, "fuzz", FuzzSupported(p.GOOS, p.GOARCH))
		for _, mode := range []string{"pie", "c-archive", "c-shared", "shared", "plugin"} {
			fmt.Println(p, mode, BuildModeSupported("gc", mode, p.GOOS, p.GOARCH))
		}
		fmt.Println(p, "pie alone", InternalLinkPIESupported(p.GOOS, p.GOARCH))
	}
}
GO
(cd "$T/facts" && GOCACHE=$T/cache "$go" run . | sort) >"$T/expected"
mapfile -t ports < <(cut -d' ' -f1 "$T/expected" | sort -u)
[ ${#ports[@]} -gt 40 ] || fail "only ${#ports[@]} ports"
for port in "${ports[@]}"; do
  "$GOSTRAP" release show 1.24.4 "$port" --json | perl -MJSON::PP -0777 -e '
    my $said = decode_json(<STDIN>);
    my %c = map { $_ => 1 } @{ $said->{withC} };
    print "$said->{port} $_ ", $said->{features}{$_} ? "true" : "false", "\n" for keys %{ $said->{features} };
    print "$said->{port} pie alone ", $said->{features}{pie} && !$c{pie} ? "true" : "false", "\n";'
done | sort >"$T/said"
diff "$T/expected" "$T/said" || fail "the table of what ports can do is not what the source says"
ok "what ${#ports[@]} ports can do is what internal/platform says"

# Every value that is listed, and some that are not, given to buildcfg/cfg.go itself. The compiler would not do: in 1.24
# goarm64() forgets the error that GOAMD64 or GOARM has made before it.
mkdir "$T/values" && printf 'module values\n\ngo 1.24\n' >"$T/values/go.mod"
for file in cfg zbootstrap; do
  sed 's/^package buildcfg/package main/' "$plain/share/go/src/internal/buildcfg/$file.go" >"$T/values/$file.go"
done
cat >"$T/values/main.go" <<'GO'
package main

import (
	"bufio"
	"os"
	"strings"
)

var Experiment none

type none struct{}

func (none) Enabled() []string { return nil }

// Each line of standard input is a variable, its value, and whether it should be taken; those that are not so are printed.
func main() {
	check := map[string]func(){
		"GOAMD64":   func() { goamd64() },
		"GOARM":     func() { goarm() },
		"GOARM64":   func() { goarm64() },
		"GOFIPS140": func() { gofips140() },
		"GOMIPS":    func() { gomips() },
		"GOMIPS64":  func() { gomips64() },
		"GOPPC64":   func() { goppc64() },
		"GORISCV64": func() { goriscv64() },
		"GOWASM":    func() { gowasm() },
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		f := strings.Fields(lines.Text())
		os.Setenv(f[0], f[1])
		Error = nil
		check[f[0]]()
		if (Error == nil) != (f[2] == "taken") {
			println(lines.Text(), "is not so")
		}
	}
}
GO
for port in linux/{amd64,arm,arm64,mips,mips64,ppc64le,riscv64} js/wasm; do
  "$GOSTRAP" release show 1.24.4 "$port" --json | perl -MJSON::PP -0777 -e '
    my $settings = decode_json(<STDIN>)->{settings};
    for my $name (grep { !/^(GOEXPERIMENT|GOGC|GOMEMLIMIT|GODEBUG)$/ } sort keys %$settings) {
      my ($values, $suffixes) = @{ $settings->{$name} }{qw(values suffixes)};
      print "$name $_ taken\n$name ${_}x refused\n" for @$values, map { "$values->[0],$_" } @$suffixes;
    }'
done >"$T/tried"
printf '%s refused\n' "GOAMD64 v5" "GORISCV64 rva23u64" "GOARM64 v9.6" "GOARM 8" "GOPPC64 power11" "GOWASM simd" >>"$T/tried"
[ "$(wc -l <"$T/tried")" -gt 120 ] || fail "only $(wc -l <"$T/tried") values"
(cd "$T/values" && GOCACHE=$T/cache "$go" run . <"$T/tried") >"$T/said" 2>&1
expect_equal "what cfg.go says otherwise" "" "$(cat "$T/said")"
expect_equal "experiments" \
  "$(sed -n '/^type Flags struct/,/^}/s/^	\([A-Z][A-Za-z0-9]*\) *bool$/\L\1/p' "$plain/share/go/src/internal/goexperiment/flags.go" | sort)" \
  "$("$GOSTRAP" release show 1.24.4 linux/amd64 --json | perl -MJSON::PP -0777 -e '
    print "$_\n" for sort @{ decode_json(<STDIN>)->{settings}{GOEXPERIMENT}{values} };')"
ok "$(wc -l <"$T/tried") values are taken or refused as buildcfg does, and the experiments are those of goexperiment"

# ---- bound in go.env -----------------------------------------------------------------------------------------------

while read -r port setting; do
  sdk=$(build 1.24.4 "$port" --profile "$setting")
  expect_equal "go env" "${setting#*=}" "$("$sdk/bin/go" env "${setting%=*}")"
  expect_equal "canonical" true "$(sed -n 's/^  "canonical": \(.*\),/\1/p' "$sdk/share/gostrap/manifest.json")"
done <<'TABLE'
linux/amd64 GOAMD64=v3
linux/arm64 GOARM64=v8.1
linux/riscv64 GORISCV64=rva22u64
TABLE
in_sdk linux/riscv64 GORISCV64=rva22u64 go build -o "$T/program" .
expect_match '	build	GORISCV64=rva22u64$' <("$go" version -m "$T/program")
expect_equal "with the environment's" rva20u64 "$(GORISCV64=rva20u64 "$sdk/bin/go" env GORISCV64)"
sdk=$(build 1.24.4 linux/amd64 --profile GOEXPERIMENT=arenas)
in_sdk linux/amd64 GOEXPERIMENT=arenas go build -o "$T/program" .
expect_match 'go1.24.4 X:arenas' <("$go" version "$T/program")
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'hello runs: hello from linux/amd64, go1.24.4 X:arenas' "$T/out"
ok "settings are in the programs of a plain go build, the environment wins, and the toolchain stays canonical"

# ---- compiled into the runtime -------------------------------------------------------------------------------------

profile=GOGC=200,GOMEMLIMIT=64MiB,GODEBUG=gctrace=1
for port in linux/amd64 linux/arm64 linux/riscv64; do
  sdk=$(build 1.24.4 "$port" --profile "$profile")
  in_sdk "$port" "$profile" go build -o "$T/program" .
  run=("$sdk/bin/go_${port/\//_}_exec" "$T/program")
  [ -x "${run[0]}" ] || run=("$T/program")
  expect_exit 0 env -u GOGC "${run[@]}" work
  expect_equal "what the program starts with" "200 67108864 ${port#*/}" "$(cat "$T/out")"
  expect_match '^gc 1 @' "$T/err"
  expect_exit 0 env GOGC=50 GOMEMLIMIT=off GODEBUG=gctrace=0 "${run[@]}" work
  expect_equal "with the environment's" "50 9223372036854775807 ${port#*/}" "$(cat "$T/out")"
  expect_no_match '^gc ' "$T/err"
  expect_exit 0 env GOGC=off "${run[@]}"
  expect_equal "GOGC=off" "-1 67108864 ${port#*/}" "$(cat "$T/out")"
done
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'not canonical, 4 paths differ' "$T/out"
expect_exit 1 "$GOSTRAP" verify --official "$sdk"
expect_match 'only its source differs' "$T/out"
ok "defaults for GOGC, GOMEMLIMIT and gctrace are in the programs, and the environment overrides them"

# A setting that internal/godebug reads, and not the runtime: without a random seed the first number is known.
cat >hello.go <<'GO'
package main

import (
	"fmt"
	"math/rand"
)

func main() { fmt.Println(rand.Int()) }
GO
seeded=GODEBUG=randautoseed=0
build 1.24.4 linux/amd64 --profile $seeded >/dev/null
in_sdk linux/amd64 $seeded go build -o "$T/program" .
expect_equal "the first number" 5577006791947779410 "$("$T/program")"
[ "$(GODEBUG=randautoseed=1 "$T/program")" != 5577006791947779410 ] || fail "the environment does not override it"
sed -i '1i //go:debug randautoseed=1\n' hello.go  # such lines count before the package clause
[ "$(in_sdk linux/amd64 $seeded go run .)" != 5577006791947779410 ] || fail "a //go:debug line does not override it"
ok "settings of packages are compiled in too; a program's own //go:debug lines and the environment come before them"

expect_exit 2 "$GOSTRAP" build js/wasm --release 1.24.4 --profile GOMEMLIMIT=64MiB
expect_match 'memory only ever grows there' "$T/err"
sdk=$(build 1.24.4 js/wasm --profile GOMEMLIMIT=64MiB,GOGC=50 --fallback)
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'profile: GOGC=50' "$T/out"
expect_match 'hello runs: hello from js/wasm' "$T/out"
ok "on js there is no memory limit, and --fallback goes without"
