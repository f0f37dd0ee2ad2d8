// The contents of a tree, one line a name, in the order of a NAR: what a bundle says of an entry before the
// entry comes, and what the entry must then be, name by name.
//
//   d <tab> PATH
//   f <tab> SHA256 <tab> SIZE <tab> PATH       x for a program
//   l <tab> TARGET <tab> PATH
#pragma once

#include "archive/tree_writer.hpp"
#include "release/kind.hpp"
#include "support/hash.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct Item {
  enum class Type { directory, file, symlink };
  Type type = Type::directory;
  std::string path;         ///< below the entry, with '/'
  bool executable = false;  ///< of a file
  std::uint64_t size = 0;   ///< of a file
  Digest digest{};          ///< of a file
  std::string target;       ///< of a symlink
  bool operator==(const Item&) const = default;
};
using Contents = std::vector<Item>;  ///< without the root itself

/// The bytes of all files.
std::uint64_t total_size(const Contents& contents);
std::uint64_t count_files(const Contents& contents);

std::string to_text(const Contents& contents);

/// Reads what to_text() wrote, or what a stranger did: every path is safe and new, in order, below a
/// directory that stands before it, and no link leads out. `name` stands in errors. Entries and bytes are
/// bounded.
Contents parse_contents(std::string_view text, const std::string& name, const Limits& limits);

/// The key of an entry that no step made: its kind and what is in it decide it, by the hash of its listing.
std::string key_of_contents(Kind kind, const Digest& listing);

/// Two files with one key have the same bytes and the same x bit.
std::string blob_key(const Item& file);

/// Lists and hashes trees; one file with several names is read once, and several threads read.
class TreeRecorder {
 public:
  /// Throws Error for what a bundle cannot hold: devices, links that lead out, names with line ends in them.
  /// `know` may fill in hashes that are known already, before any file is read; it is called by several
  /// threads.
  std::vector<Contents> record(
      const std::vector<std::filesystem::path>& roots,
      const std::function<void(std::uint64_t done, std::uint64_t total)>& amount = {},
      const std::function<void(std::size_t root, Contents& contents)>& know = {});
};

}  // namespace gostrap
