// cmd/go computes the tool tags (arm64.v8.0) from the environment's GOARCH, whatever go.env says, and looks
// for exec wrappers on PATH: a go command that is only a link to share/go/bin/go has the build constraints of
// the machine's own port, and finds no wrapper when it is started by its path. The script forks nothing where
// it is started as it usually is, and takes a millisecond.
#include "sdk/launcher.hpp"

#include "support/shell_words.hpp"

namespace gostrap {
namespace {

// Names of the script's own begin with gostrap_: what the caller has exported must reach the go command.
constexpr const char* find_itself = R"(gostrap_go=$0
case $gostrap_go in
  */*) ;;
  *) if [ -e "./$gostrap_go" ]; then gostrap_go=./$gostrap_go; else gostrap_go=$(command -v "$gostrap_go"); fi ;;
esac
if [ -L "$gostrap_go" ]; then
  gostrap_go=$(readlink -f -- "$gostrap_go" 2>/dev/null || command -p readlink -f -- "$gostrap_go")
fi
gostrap_bin=${gostrap_go%/*}
case $gostrap_bin in /*) ;; *) gostrap_bin=$PWD/$gostrap_bin ;; esac
if [ ! -x "$gostrap_bin/../share/go/bin/go" ]; then
  echo "$0: there is no go command at $gostrap_bin/../share/go/bin/go: this script belongs into its SDK's bin; link to it, or copy the whole SDK" >&2
  exit 2
fi
case $gostrap_bin in
  *:*)
    echo "$0: $gostrap_bin cannot be put on PATH, for there is a colon in it: move the SDK to another directory" >&2
    exit 2
    ;;
esac
case ${PATH-} in "$gostrap_bin" | "$gostrap_bin":*) ;; *) PATH=$gostrap_bin${PATH:+:$PATH} ;; esac
)";

constexpr const char* forget_others = R"(
# What the go command of another SDK has set is no choice of yours.
if [ -n "${GOSTRAP_DEFAULTS-}" ]; then
  case " $GOSTRAP_DEFAULTS " in *" GOOS=${GOOS-} GOARCH=${GOARCH-} "*) unset GOOS GOARCH ;; esac
  for gostrap_name in GO386 GOAMD64 GOARM GOARM64 GOEXPERIMENT GOFIPS140 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM; do
    eval "gostrap_value=\${$gostrap_name-}"
    case " $GOSTRAP_DEFAULTS " in *" $gostrap_name=$gostrap_value "*) unset "$gostrap_name" ;; esac
  done
fi
)";

constexpr const char* refuse_levels = R"(
# Of these two cmd/go takes any value without a word, and compiles for another level.
case $GOARCH/${GOAMD64:-v1}/${GOARM:-7} in
  amd64/v[1234]/*) ;;
  amd64/*)
    echo "$0: GOAMD64=$GOAMD64 cannot be: GOAMD64 is v1, v2, v3 or v4" >&2
    exit 2
    ;;
  arm/*/[567] | arm/*/[567],softfloat | arm/*/[567],hardfloat) ;;
  arm/*)
    echo "$0: GOARM=$GOARM cannot be: GOARM is 5, 6 or 7, and \",softfloat\" or \",hardfloat\" may follow" >&2
    exit 2
    ;;
esac
)";

constexpr const char* ignore_written_goroot = R"(
# The file of `go env -w` may name another GOROOT, and cmd/go would take that one's go.env, too.
unset GOROOT GOTOOLDIR
gostrap_file=${GOENV-}
if [ -z "$gostrap_file" ]; then gostrap_file=${XDG_CONFIG_HOME:-${HOME-}/.config}/go/env; fi
if [ -f "$gostrap_file" ] && [ -r "$gostrap_file" ]; then
  gostrap_written=' '
  while IFS= read -r gostrap_line || [ -n "$gostrap_line" ]; do
    gostrap_written="$gostrap_written${gostrap_line%%=*} "
  done <"$gostrap_file"
  case $gostrap_written in
    *' GOROOT '*)
      GOROOT=$(cd -P -- "$gostrap_bin/../share/go" && pwd -P)
      export GOROOT
      while IFS= read -r gostrap_line; do
        case $gostrap_line in [A-Z]*=*) ;; *) continue ;; esac
        gostrap_name=${gostrap_line%%=*}
        case $gostrap_name in *[!A-Z0-9_]*) continue ;; esac
        case $gostrap_written in *" $gostrap_name "*) continue ;; esac
        eval "gostrap_value=\${$gostrap_name-}"
        if [ -z "$gostrap_value" ]; then export "$gostrap_line"; fi
      done <"$GOROOT/go.env"
      ;;
  esac
fi

exec "$gostrap_bin/../share/go/bin/go" "$@"
)";

}  // namespace

std::string defaults_note(const Port& port, const std::map<std::string, std::string>& settings) {
  std::string note = "GOOS=" + port.goos + " GOARCH=" + port.goarch;
  for (const auto& [name, value] : settings) note += " " + name + "=" + value;
  return note;
}

std::string launcher(const Port& port, const std::map<std::string, std::string>& settings) {
  std::string text =
      "#!/bin/sh\n# The go command of an SDK for " + port.text() +
      ". It sets what cmd/go reads from the environment alone, where\n"
      "# you have not set it, puts its own directory on PATH, and starts ../share/go/bin/go.\n" +
      find_itself + forget_others + "\n";
  std::string exported = "PATH GOOS GOARCH GOTOOLCHAIN";
  const auto set = [&](const std::string& name, const std::string& value) {
    text += "if [ -z \"${" + name + "-}\" ]; then " + name + "=" + shell_quoted(value) + "; fi\n";
  };
  set("GOOS", port.goos);
  set("GOARCH", port.goarch);
  set("GOTOOLCHAIN", "local");
  for (const auto& [name, value] : settings) {
    set(name, value);
    exported += " " + name;
  }
  text += std::string(defaults_variable) + "=" + shell_quoted(defaults_note(port, settings)) + "\n";
  return text + "export " + exported + " " + defaults_variable + "\n" + refuse_levels + ignore_written_goroot;
}

}  // namespace gostrap
