// Flags for the compiler, the assembler or the linker, given to the packages that match a pattern, as
// -gcflags of the go command are (cmd/go/internal/load/flag.go, search.go; cmd/internal/pkgpattern;
// cmd/internal/quoted).
#pragma once

#include <string>
#include <vector>

namespace gostrap {

/// Splits at white space; single or double quotes hold together a field that begins with one. Throws
/// UsageError.
std::vector<std::string> split_quoted(const std::string& text);

/// Build tags as cmd/go/internal/work (tagsFlag) splits them: at commas; with spaces or quotes in it, the
/// text is a list as above.
std::vector<std::string> split_tags(const std::string& text);

/// "..." matches any string, and a "/..." at the end also nothing; it never matches an element called vendor.
bool matches_pattern(const std::string& pattern, const std::string& import_path);

struct PackageId {
  std::string import_path, directory;
  bool standard = false;
  bool named = false;  ///< on the command line, and not only needed
};

class PackageFlags {
 public:
  /// "-N -l", for the named packages, or "PATTERN=-N -l". `directory` is what ./ begins at. Throws
  /// UsageError.
  void add(const std::string& option, const std::string& text, const std::string& directory);

  /// The last that matches counts, as with the go command.
  std::vector<std::string> of(const PackageId& package) const;
  bool given() const { return !rules_.empty(); }
  /// The last as it was given: this is what go's build information records.
  const std::string& raw() const { return raw_; }

 private:
  struct Rule {
    std::string pattern;  ///< empty: the named packages
    std::string directory;
    std::vector<std::string> flags;
    bool match(const PackageId& package) const;
  };
  std::vector<Rule> rules_;
  std::string raw_;
};

}  // namespace gostrap
