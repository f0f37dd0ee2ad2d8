#include "source/survey.hpp"

#include "source/goroot.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <optional>
#include <regex>

namespace gostrap {
namespace {

Version version_in(const std::filesystem::path& file, const std::string& text, const std::string& what) {
  const std::optional<Version> version = parse_version(text);
  if (!version) throw Error("read " + file.string(), what + " is \"" + text + "\", not a Go version");
  return *version;
}

/// Calls `take(match)` for each line in which `wanted` matches. Line by line, and no long ones: std::regex
/// needs stack for every character that a repetition takes.
template <class Take>
void each_match(const std::string& text, const std::regex& wanted, Take&& take) {
  constexpr std::size_t longest_line = 1000;
  for (const std::string_view each : lines_of(text)) {
    if (each.size() > longest_line) continue;
    const std::string line(each);
    std::smatch match;
    if (std::regex_search(line, match, wanted)) take(match);
  }
}

}  // namespace

Survey survey_source(const std::filesystem::path& tree) {
  Survey survey;
  const std::filesystem::path version_file = tree / "VERSION";
  survey.version = version_in(version_file, version_line(tree), "its first line");

  const std::filesystem::path make = tree / "src" / "make.bash";
  const std::string script = read_file(make);
  std::optional<std::string> bootgo;
  each_match(script, std::regex("^bootgo=([0-9.]+)$"), [&](const std::smatch& match) {
    if (!bootgo) bootgo = match[1].str();
  });
  if (!bootgo) throw Error("read " + make.string(), "it has no line bootgo=VERSION");
  survey.bootstrap = version_in(make, *bootgo, "bootgo");

  const std::filesystem::path platform = tree / "src" / "internal" / "platform" / "zosarch.go";
  const std::string ports = read_file(platform);
  const std::regex entry("\\{\"([a-z0-9]+)\", \"([a-z0-9]+)\"\\}: *\\{([^}]*)\\}");
  each_match(ports, entry, [&](const std::smatch& match) {
    if (match[3].str().find("Broken: true") == std::string::npos) {
      survey.ports.push_back({match[1].str(), match[2].str()});
    }
  });
  if (survey.ports.empty()) throw Error("read " + platform.string(), "it lists no ports");
  return survey;
}

}  // namespace gostrap
