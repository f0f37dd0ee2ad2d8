#include "release/feature.hpp"

#include "support/strings.hpp"
#include "support/words.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::array feature_words{
    Word{Feature::cgo, "cgo"},
    Word{Feature::race, "race"},
    Word{Feature::msan, "msan"},
    Word{Feature::asan, "asan"},
    Word{Feature::fuzz, "fuzz"},
    Word{Feature::pie, "pie"},
    Word{Feature::c_archive, "c-archive"},
    Word{Feature::c_shared, "c-shared"},
    Word{Feature::shared, "shared"},
    Word{Feature::plugin, "plugin"},
};

/// The ports that can do something, between two minor versions of Go.
struct SupportedPorts {
  Feature feature;
  const char* ports;  ///< with spaces between and at both ends
  int since = 0;
  int until = 1000;  ///< the first that cannot any more
};

constexpr std::array supported_ports{
    SupportedPorts{
        Feature::race,
        " linux/amd64 linux/ppc64le linux/arm64 linux/s390x darwin/amd64 darwin/arm64 freebsd/amd64 "
        "netbsd/amd64 windows/amd64 "},
    SupportedPorts{Feature::race, " linux/loong64 ", 25},
    SupportedPorts{Feature::race, " linux/riscv64 ", 26},
    SupportedPorts{Feature::msan, " linux/amd64 linux/arm64 linux/loong64 freebsd/amd64 "},
    SupportedPorts{Feature::asan, " linux/arm64 linux/amd64 linux/loong64 linux/riscv64 linux/ppc64le "},
    SupportedPorts{
        Feature::pie,
        " linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/ppc64le linux/riscv64 linux/s390x "
        "android/amd64 android/arm android/arm64 android/386 freebsd/amd64 darwin/amd64 darwin/arm64 "
        "ios/amd64 "
        "ios/arm64 aix/ppc64 openbsd/arm64 windows/386 windows/amd64 windows/arm64 "},
    SupportedPorts{Feature::pie, " windows/arm ", 0, 26},
    SupportedPorts{Feature::pie, " linux/ppc64 ", 27},
    SupportedPorts{
        Feature::c_archive,
        " aix/ppc64 darwin/amd64 darwin/arm64 ios/amd64 ios/arm64 windows/386 windows/amd64 windows/arm64 "
        "linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/ppc64le linux/riscv64 linux/s390x "
        "freebsd/amd64 "},
    SupportedPorts{Feature::c_archive, " windows/arm ", 0, 26},
    SupportedPorts{Feature::c_archive, " linux/ppc64 ", 27},
    SupportedPorts{
        Feature::c_shared,
        " linux/amd64 linux/arm linux/arm64 linux/loong64 linux/386 linux/ppc64le linux/riscv64 linux/s390x "
        "android/amd64 android/arm android/arm64 android/386 freebsd/amd64 darwin/amd64 darwin/arm64 "
        "windows/amd64 windows/386 windows/arm64 "},
    SupportedPorts{Feature::c_shared, " wasip1/wasm ", 24},
    SupportedPorts{Feature::c_shared, " linux/ppc64 ", 27},
    SupportedPorts{Feature::shared,
                   " linux/386 linux/amd64 linux/arm linux/arm64 linux/ppc64le linux/s390x "},
    SupportedPorts{Feature::shared, " linux/ppc64 ", 27},
    SupportedPorts{
        Feature::plugin,
        " linux/amd64 linux/arm linux/arm64 linux/386 linux/loong64 linux/s390x linux/ppc64le android/amd64 "
        "android/386 darwin/amd64 darwin/arm64 freebsd/amd64 "},
    SupportedPorts{Feature::plugin, " linux/riscv64 ", 25},
    SupportedPorts{Feature::plugin, " linux/ppc64 ", 27},
};

/// Those of zosarch.go without CgoSupported.
constexpr const char* without_cgo =
    " js/wasm wasip1/wasm openbsd/ppc64 plan9/386 plan9/amd64 plan9/arm windows/arm ";

/// InternalLinkPIESupported: position-independent programs without a C toolchain.
constexpr const char* pie_alone =
    " android/arm64 darwin/amd64 darwin/arm64 linux/amd64 linux/arm64 linux/ppc64le windows/386 "
    "windows/amd64 "
    "windows/arm windows/arm64 ";
constexpr const char* pie_alone_27 = " linux/loong64 linux/ppc64 linux/s390x ";

bool among(const Port& port, const char* ports) {
  return std::string(ports).find(" " + port.text() + " ") != std::string::npos;
}

bool can(const Port& port, Feature feature, const Version& version) {
  if (feature == Feature::cgo) {
    return !among(port, without_cgo) && (port != Port{"linux", "ppc64"} || version.minor >= 27);
  }
  if (feature == Feature::fuzz) {
    return port.goos == "darwin" || port.goos == "freebsd" || port.goos == "linux" ||
           port.goos == "windows" || (port.goos == "openbsd" && version.minor >= 27);
  }
  return std::any_of(supported_ports.begin(), supported_ports.end(), [&](const SupportedPorts& each) {
    return each.feature == feature && version.minor >= each.since && version.minor < each.until &&
           among(port, each.ports);
  });
}

/// The release's other ports that can.
std::string those_that_can(Feature feature, const Release& release) {
  std::string text;
  for (const Port& port : release.ports) {
    if (can(port, feature, release.version)) append(text, " ", port.text());
  }
  return text;
}

std::string nearest_thing(const Port& port, Feature feature) {
  switch (feature) {
    case Feature::cgo:
      return "CGO_ENABLED=0: packages that have a version in Go use it.";
    case Feature::race:
      return "Run the tests with -race on " + own_port().text() + ": races are seldom of one port only.";
    case Feature::msan:
    case Feature::asan:
    case Feature::fuzz:
      return "The same package can be checked so for " + own_port().text() + ".";
    case Feature::c_shared:
      if (port.goarch == "wasm") return "-buildmode=exe; since Go 1.24 wasip1/wasm has it.";
      return "-buildmode=exe, or c-archive where that is.";
    case Feature::plugin:
      return "-buildmode=exe, with what would be a plugin as a process of its own.";
    default:
      return "-buildmode=exe.";
  }
}

}  // namespace

std::string text(Feature feature) {
  return word_of(feature_words, feature);
}

std::string option(Feature feature) {
  switch (feature) {
    case Feature::cgo:
      return "CGO_ENABLED=1";
    case Feature::race:
    case Feature::msan:
    case Feature::asan:
    case Feature::fuzz:
      return "-" + text(feature);
    default:
      return "-buildmode=" + text(feature);
  }
}

const std::vector<Feature>& all_features() {
  static const std::vector<Feature> all = [] {
    std::vector<Feature> features;
    for (const auto& [feature, word] : feature_words) features.push_back(feature);
    return features;
  }();
  return all;
}

std::optional<Feature> feature(const std::string& word) {
  return value_of(feature_words, word);
}

std::optional<Refusal> why_not(const Port& port, Feature feature, const Release& release) {
  if (can(port, feature, release.version)) return std::nullopt;
  const std::string able_ports = those_that_can(feature, release);
  return Refusal{port.text(), option(feature),
                 release.name() + " has it for " + (able_ports.empty() ? "no port" : able_ports) + " only",
                 nearest_thing(port, feature), ""};
}

bool needs_c(const Port& port, Feature feature, const Version& version) {
  switch (feature) {
    case Feature::pie:
      return !among(port, pie_alone) && !(version.minor >= 27 && among(port, pie_alone_27));
    case Feature::fuzz:
      return false;
    case Feature::race:
      return port.goos != "darwin";  // cmd/go: -race requires cgo, but on darwin
    case Feature::c_shared:
      return port.goarch != "wasm";
    default:
      return true;
  }
}

}  // namespace gostrap
