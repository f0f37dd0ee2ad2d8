#include "release/port.hpp"

#include "support/error.hpp"

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

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

Port parse_port(const std::string& text) {
  if (text == "wasm") return {"js", "wasm"};
  if (text == "wasi") return {"wasip1", "wasm"};
  const std::size_t separator = text.find_first_of("/-");
  Port port = separator == std::string::npos ? Port{"linux", text}
                                             : Port{text.substr(0, separator), text.substr(separator + 1)};
  if (!is_name(port.goos) || !is_name(port.goarch)) {
    throw UsageError("\"" + text + "\" is not a port",
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
