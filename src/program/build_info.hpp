// Go's build information: what `go version -m` reads from a program (runtime/debug, debug/buildinfo), made
// and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gostrap {

struct BuildModule {
  std::string path, version, sum;
  std::vector<BuildModule> replacement;  ///< at most one
};

struct BuildInfo {
  std::string go_version;  ///< "go1.24.4"; not in the text
  std::string path;        ///< of the main package
  std::optional<BuildModule> main;
  std::vector<BuildModule> dependencies;
  std::vector<std::pair<std::string, std::string>> settings;

  /// "" where it is not there
  std::string setting(const std::string& key) const;
};

/// The text as the go command writes it.
std::string text(const BuildInfo& info);
/// Reads such a text. Throws Error.
BuildInfo parse_build_info(std::string_view text);

/// A double-quoted literal of Go: bytes that are not ASCII or not printable are escaped.
std::string go_quoted(std::string_view text);

/// The text between the two marks by which it is found in a program, for importcfg.link's modinfo line.
std::string module_data(const std::string& build_info);
/// The text between the marks somewhere in these bytes; nothing where they are not there.
std::optional<std::string> find_marked(std::string_view bytes);
/// Takes the marks away; nothing where they are not there.
std::optional<std::string> without_marks(std::string_view module_data);

}  // namespace gostrap
