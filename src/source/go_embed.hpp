// //go:embed, as far as it tells which files a package takes into programs. What is read is any source tree:
// a line that looks like the directive counts, wherever it stands.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// The patterns of its lines "//go:embed PATTERN…", without quotes and without "all:".
std::vector<std::string> embed_patterns(std::string_view go_file);

class EmbedPatterns {
 public:
  /// `path` is that of the file of Go that has them.
  void add(const std::string& path, const std::vector<std::string>& patterns);
  /// The file that embeds `path`, or a directory above it; empty where none does.
  std::string embedder_of(const std::string& path) const;

 private:
  struct Wanted {
    std::string pattern, by;
  };
  std::map<std::string, std::vector<Wanted>> wanted_;  ///< by directory, which ends with '/'
};

}  // namespace gostrap
