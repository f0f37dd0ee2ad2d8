#include "cli/known_variables.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {

const std::vector<VariableGroup>& known_variables() {
  static const std::vector<VariableGroup> all{
      {"What verbs are told by options too",
       {{"GOSTRAP_STORE", "the directory of the store", "store"},
        {"GOSTRAP_RELEASE", "the Go release, before what the project here says", "release"},
        {"GOSTRAP_OFFLINE", "where it is set, the network is never touched", "offline"},
        {"GOSTRAP_PUBLISHED", "where it is set, upstream's own toolchain is taken instead of building one",
         "published"},
        {"GOSTRAP_MIRROR", "one more origin of every release's source, tried before its own", "from"},
        {"GOSTRAP_ADVISORIES", "Go's vulnerability database, for outdated, list and inspect", "advisories"},
        {"GOSTRAP_COMPILE_CACHE", "the directory of what `gostrap compile` has compiled", "cache"}}},
      {"Where things lie",
       {{"XDG_DATA_HOME", "the store is gostrap/store in it (default: ~/.local/share)"},
        {"XDG_CONFIG_HOME",
         "a user's own releases are gostrap/releases.json in it, and go's settings go/env (default: "
         "~/.config)"},
        {"XDG_CACHE_HOME",
         "caches of compiled programs and of SDKs are in gostrap in it (default: ~/.cache)"},
        {"HOME", "where these are not set; Go toolchains to start from are looked for in it"},
        {"TMPDIR", "temporary files (default: /tmp)"},
        {"PWD", "how the working directory was reached, for programs that compile records"},
        {"NIX_STORE", "inside a Nix build, the store whose paths are Nix's own"}}},
      {"The network",
       {{"http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY", "the proxy to go through"},
        {"no_proxy NO_PROXY", "hosts that are reached without it"},
        {"SSL_CERT_FILE SSL_CERT_DIR", "the certificates to believe; images of programs get the file"},
        {"NIX_SSL_CERT_FILE", "the same, where neither is set and the machine has none of its own"}}},
      {"What is made, and with what",
       {{"PATH", "compilers, emulators and a Go to start from are looked for in it"},
        {"GOROOT_BOOTSTRAP", "a Go to start from, before all others", "bootstrap"},
        {"SOURCE_DATE_EPOCH", "the time that an image says it was made at (default: 1970)"},
        {"CGO_ENABLED CC", "`gostrap compile` says where go build would have compiled C"},
        {"GOSTRAP_PKG_CONFIG_PATH",
         "where pkg-config of an SDK that compiles C looks beside its compiler's libraries"},
        {"GOSTRAP_PKG_CONFIG",
         "what it asks instead: a pkg-config that has the port's libraries itself, as in Nix"}}},
      {"Terminals and shells",
       {{"TERM", "dumb, or none: progress is plain lines"},
        {"SHELL ENV ZDOTDIR", "the shell that `gostrap shell` starts, and its start-up files"},
        {"GOSTRAP_NO_PROMPT", "where it is set, `gostrap shell` leaves the prompt as it is", "no-prompt"},
        {"GOSTRAP_PROMPT", "set by gostrap: what it has put before the prompt, for one of your own"},
        {"GITHUB_ACTIONS GITLAB_CI", "whose log that is: what a plan says is in a group"},
        {"GOSTRAP_DEFAULTS", "set by gostrap: what it has set itself, so that it counts as nobody's wish"}}},
      {"The go command's own",
       {{"GOTOOLCHAIN", "names a release for a project, as for the go command, where gostrap.lock does not"},
        {"GOWORK", "the go.work of a project, or off"},
        {"GOENV GOPATH GOMODCACHE GOPROXY GONOPROXY GOSUMDB GONOSUMDB GOPRIVATE GOINSECURE GOAUTH GOVCS",
         "`gostrap compile` gets modules as they say; `verify --log` looks into the module cache"},
        {"GOCACHE GOCACHEPROG", "an SDK's go uses them instead of a cache of its own"},
        {"GOOS GOARCH GO386 GOAMD64 GOARM GOARM64 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM GOFIPS140 "
         "GOEXPERIMENT GOFLAGS GOROOT GOTOOLDIR",
         "they win over what an SDK would set: env, shell, exec and doctor say so"}}},
  };
  return all;
}

std::string variables_text() {
  std::string text =
      "The variables of the environment that gostrap reads. An option wins over its variable.\n";
  for (const VariableGroup& group : known_variables()) {
    text += std::string("\n") + group.heading + ":\n";
    for (const KnownVariable& each : group.variables) {
      std::string left = "  ", shown;
      for (const std::string_view name : split(each.names, " ")) {
        if (left.size() + name.size() > 100) {
          shown += without_trailing(left, " ") + "\n";
          left = "  ";
        }
        left += std::string(name) + " ";
      }
      shown += left;
      const std::size_t last = shown.size() - (shown.find_last_of('\n') + 1);
      shown += last > 26 ? "\n" + std::string(26, ' ') : std::string(26 - last, ' ');
      text +=
          shown + each.what + (each.option != nullptr ? std::string(" (--") + each.option + ")" : "") + "\n";
    }
  }
  return text;
}

}  // namespace gostrap
