#include "release/port.hpp"

#include "support/edit_distance.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 16 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

/// The machine names of uname(2) that differ from Go's.
constexpr std::array machine_names{
    std::pair{"x86_64", "amd64"},        std::pair{"aarch64", "arm64"}, std::pair{"armv6l", "arm"},
    std::pair{"armv7l", "arm"},          std::pair{"i686", "386"},      std::pair{"i386", "386"},
    std::pair{"loongarch64", "loong64"},
};

/// Other people's names for architectures: of uname(2), compilers, distributions and containers.
constexpr std::array strangers_names{
    std::pair{"x86_64", "amd64"},
    std::pair{"x86-64", "amd64"},
    std::pair{"x64", "amd64"},
    std::pair{"aarch64", "arm64"},
    std::pair{"armv8", "arm64"},
    std::pair{"arm64v8", "arm64"},
    std::pair{"armv5", "arm"},
    std::pair{"armv5l", "arm"},
    std::pair{"armv6", "arm"},
    std::pair{"armv6l", "arm"},
    std::pair{"armv7", "arm"},
    std::pair{"armv7l", "arm"},
    std::pair{"armhf", "arm"},
    std::pair{"armel", "arm"},
    std::pair{"arm32v7", "arm"},
    std::pair{"arm32", "arm"},
    std::pair{"i386", "386"},
    std::pair{"i486", "386"},
    std::pair{"i586", "386"},
    std::pair{"i686", "386"},
    std::pair{"x86", "386"},
    std::pair{"ia32", "386"},
    std::pair{"loongarch64", "loong64"},
    std::pair{"ppc64el", "ppc64le"},
    std::pair{"powerpc64le", "ppc64le"},
    std::pair{"powerpc64", "ppc64"},
    std::pair{"mipsel", "mipsle"},
    std::pair{"mips64el", "mips64le"},
    std::pair{"riscv64gc", "riscv64"},
    std::pair{"wasm32", "wasm"},
    std::pair{"wasm64", "wasm"},
};
constexpr std::array strangers_systems{
    std::pair{"macos", "darwin"}, std::pair{"osx", "darwin"},    std::pair{"mac", "darwin"},
    std::pair{"win", "windows"},  std::pair{"win32", "windows"}, std::pair{"win64", "windows"},
    std::pair{"wasi", "wasip1"},  std::pair{"sunos", "solaris"}, std::pair{"wasip2", "wasip1"},
};
/// Go's systems, with the architecture that most have there.
constexpr std::array systems{
    std::pair{"aix", "ppc64"},       std::pair{"android", "arm64"}, std::pair{"darwin", "arm64"},
    std::pair{"dragonfly", "amd64"}, std::pair{"freebsd", "amd64"}, std::pair{"illumos", "amd64"},
    std::pair{"ios", "arm64"},       std::pair{"js", "wasm"},       std::pair{"linux", "amd64"},
    std::pair{"netbsd", "amd64"},    std::pair{"openbsd", "amd64"}, std::pair{"plan9", "amd64"},
    std::pair{"solaris", "amd64"},   std::pair{"wasip1", "wasm"},   std::pair{"windows", "amd64"},
};

/// What a table has for the word; "" where it has nothing.
std::string looked_up(const std::string& word, const auto& table) {
  for (const auto& [name, value] : table) {
    if (word == name) return value;
  }
  return {};
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// The port that other people's names most likely mean, in Go's words; "" for none, or where they are Go's.
std::string in_gos_words(const std::string& text) {
  const std::string word = lower_case(text);
  const std::string alone = looked_up(word, strangers_names);
  if (alone == "wasm") return "wasm (js/wasm) or wasi (wasip1/wasm)";
  if (!alone.empty()) return "linux/" + alone;
  const std::string renamed = looked_up(word, strangers_systems);
  const std::string& system = renamed.empty() ? word : renamed;
  const std::string usual = looked_up(system, systems);
  if (!usual.empty()) return system + "/" + usual + (system == "wasip1" ? " (wasi for short)" : "");
  const std::vector<std::string> parts = split(word, "/-").copied();
  if (word.find("x86-64") != std::string::npos)
    return in_gos_words(std::string(word).replace(word.find("x86-64"), 6, "x86_64"));
  std::string goos;
  std::string goarch;
  for (const std::string& part : parts) {
    const std::string known = looked_up(part, strangers_systems);
    if (goos.empty() && !known.empty()) goos = known;
    if (goos.empty() && !looked_up(part, systems).empty()) goos = part;
    const std::string architecture = looked_up(part, strangers_names);
    if (goarch.empty() && !architecture.empty()) goarch = architecture;
  }
  if (goos.empty() || parts.size() < 2) return {};
  if (goarch.empty() && parts.size() == 2 && parts[0] != goos) goarch = parts[1];  // macos/arm64
  if (goarch.empty() && parts.size() == 3) goarch = parts[1];                      // linux/arm64/v8
  if (!is_name(goarch) || goos + "/" + goarch == word) return {};
  return goos + "/" + goarch;
}

}  // namespace

Port parse_port(const std::string& text) {
  if (text == "wasm") return {"js", "wasm"};
  if (text == "wasi") return {"wasip1", "wasm"};
  const std::size_t separator = text.find_first_of("/-");
  Port port = separator == std::string::npos ? Port{"linux", text}
                                             : Port{text.substr(0, separator), text.substr(separator + 1)};
  const std::string meant = in_gos_words(text);
  if (!meant.empty() || !is_name(port.goos) || !is_name(port.goarch)) {
    throw UsageError(
        "\"" + text + "\" is not a port",
        (meant.empty() ? "" : "Did you mean " + meant + "? ") +
            "A port is GOOS/GOARCH (linux/riscv64, windows/amd64), an architecture of linux (arm64, "
            "riscv64), wasm or wasi.");
  }
  return port;
}

Port own_port() {
  utsname name = {};
  ::uname(&name);
  std::string system = name.sysname;
  std::transform(system.begin(), system.end(), system.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::string machine = name.machine;
  for (const auto& [unix_name, go_name] : machine_names) {
    if (machine == unix_name) machine = go_name;
  }
  return {system, machine};
}

std::optional<std::string> why_not_hosted(const Port& port) {
  if (port.goos == "js" || port.goos == "wasip1") {
    return "a wasm program cannot start the compiler and linker, so the go command cannot run there";
  }
  if (port.goos == "ios" || port.goos == "android") {
    return "upstream makes no toolchain that runs there: its programs are linked by the system's own C "
           "toolchain";
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> upstream_settings(const Port& port) {
  if (port == Port{"linux", "arm"}) return {{"GOARM", "6"}};
  return {};
}

std::string archive_name(const std::string& version, const Port& port) {
  const std::string architecture = port == Port{"linux", "arm"} ? "armv6l" : port.goarch;
  return "go" + version + "." + port.goos + "-" + architecture +
         (port.goos == "windows" ? ".zip" : ".tar.gz");
}

std::optional<std::string> nearest(const std::string& word, const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace gostrap
