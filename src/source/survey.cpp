#include "source/survey.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <regex>

namespace gostrap {
namespace {

Version version_in(const std::filesystem::path& file, const std::string& text, const std::string& what) {
  const std::optional<Version> version = parse_version(text);
  if (!version) throw Error("read " + file.string(), what + " is \"" + text + "\", not a Go version");
  return *version;
}

}  // namespace

Survey survey_source(const std::filesystem::path& tree) {
  Survey survey;
  const std::filesystem::path version_file = tree / "VERSION";
  const std::string version = read_file(version_file, 4096);
  survey.version = version_in(version_file, version.substr(0, version.find('\n')), "its first line");

  const std::filesystem::path make = tree / "src" / "make.bash";
  const std::string script = read_file(make);
  std::smatch match;
  if (!std::regex_search(script, match, std::regex("(^|\n)bootgo=([0-9.]+)\n"))) {
    throw Error("read " + make.string(), "it has no line bootgo=VERSION");
  }
  survey.bootstrap = version_in(make, match[2].str(), "bootgo");

  const std::filesystem::path platform = tree / "src" / "internal" / "platform" / "zosarch.go";
  const std::string ports = read_file(platform);
  const std::regex entry("\\{\"([a-z0-9]+)\", \"([a-z0-9]+)\"\\}: *\\{([^}]*)\\}");
  for (std::sregex_iterator each(ports.begin(), ports.end(), entry), end; each != end; ++each) {
    if ((*each)[3].str().find("Broken: true") == std::string::npos) {
      survey.ports.push_back({(*each)[1].str(), (*each)[2].str()});
    }
  }
  if (survey.ports.empty()) throw Error("read " + platform.string(), "it lists no ports");
  return survey;
}

}  // namespace gostrap
