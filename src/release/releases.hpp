// The releases that are known: those of nix/releases/, which ship inside the program and are read when they
// are asked for (a hundred of them would cost every command), and a user's own, in the configuration
// directory. Nix reads the same files.
#pragma once

#include "release/release.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// The one of `known` (newest first) that a word means: "1.24.4", "go1.24.4", "1.24" or "1.24.x" (the newest
/// patch of that line), "latest".
std::optional<Version> version_meant(const std::string& word, const std::vector<Version>& known);

class Releases {
 public:
  /// Those that ship, and the user's own laid over them. `user_file` need not exist.
  static Releases load(const std::filesystem::path& user_file);
  /// Reads a document {"default": V, "releases": {V: entry, …}}; `name` stands in errors. An entry that has
  /// nothing but "source" completes what ships: the NAR hash of a source that was seen here.
  static Releases parse(std::string_view text, const std::string& name);

  std::vector<Version> versions() const;  ///< newest first
  /// Newest first. It reads them all: whoever needs one asks for that one.
  std::vector<std::reference_wrapper<const Release>> all() const;
  const Release& default_release() const;
  const Release* find(const Version& version) const;
  /// What version_meant knows, and "" for the default. Throws UsageError.
  const Release& get(const std::string& text) const;
  /// Adds it, or replaces the entry of the same version.
  void put(Release release);
  /// Throws Error, which names `name`, where there is no such release.
  void choose_default(const Version& version, const std::string& name);

 private:
  class Entry;

  /// Lays a document over what is there already.
  void read(std::string_view text, const std::string& name);
  void complete(const Version& version, const JsonView& seen);
  Release with_shipped_pins(Release own) const;

  std::map<Version, std::shared_ptr<const Entry>, std::greater<>> entries_;
  std::optional<Version> default_;
};

/// Where a user's own entries lie: $XDG_CONFIG_HOME/gostrap/releases.json.
std::filesystem::path user_releases_file();

}  // namespace gostrap
