// Whether a log has a record of a module, and what stands in it: shown by a signed tree and the hashes from
// the record to its root.
#pragma once

#include "tlog/checkpoint.hpp"
#include "tlog/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct LoggedVersion {
  std::string module, version;
};

/// A record that was shown to be in a tree.
struct ShownRecord {
  std::uint64_t index = 0;
  std::string text;
  Checkpoint tree;
  std::string from;                ///< the file or URL
  std::vector<Checkpoint> seen{};  ///< other trees that were read on the way; the key has signed them
};

/// By lookups and tiles: in the tree that the lookup has, else in `known` or another one that lies there,
/// since a go command reads tiles for the newest tree that it knows. Throws NotShown; and Error for what is
/// malformed, is not signed by the key, or does not fit together.
ShownRecord show_record(const LoggedVersion& version, const LogSource& source, const LogKey& key,
                        const std::optional<Checkpoint>& known);

/// By the text of a proof file, for a record that its reader has. Throws Error.
ShownRecord show_record(const std::string& record, std::string_view proof, const std::string& file,
                        const LogKey& key);

}  // namespace gostrap
