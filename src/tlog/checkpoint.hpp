// The head of a log's tree, which its operator signs: how many records there are, and the root over all of
// them (golang.org/design/25530-sumdb, c2sp.org/tlog-checkpoint).
#pragma once

#include "support/hash.hpp"
#include "tlog/note.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// No tree is larger: what is counted in halves and doubles of it stays a number.
constexpr std::uint64_t largest_tree = std::uint64_t{1} << 62U;

struct TreeHead {
  std::uint64_t size = 0;
  Digest root{};
  bool operator==(const TreeHead&) const = default;
};

/// One that the key has signed.
struct Checkpoint {
  TreeHead head;
  std::string note;  ///< as it came, to be shown to others
};

/// A decimal number as it is written in these files: no sign, no leading zero, less than `limit`. Nothing for
/// all else.
std::optional<std::uint64_t> log_number(std::string_view text, std::uint64_t limit);

/// The first line is "go.sum database tree", or the name of the key. Throws Error, with `what` (a file).
TreeHead parse_tree_head(std::string_view text, const LogKey& key, const std::string& what);

/// As the checksum database signs it.
std::string to_text(const TreeHead& head);

/// Throws Error for what is no checkpoint, and for what the key has not signed.
Checkpoint read_checkpoint(std::string_view note, const LogKey& key, const std::string& what);

}  // namespace gostrap
