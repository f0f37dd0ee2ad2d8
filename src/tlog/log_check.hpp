// verify --log: our module's hashes against a public log, and the log against what was seen of it before.
#pragma once

#include "sdk/check.hpp"
#include "sdk/logged_module.hpp"
#include "tlog/inclusion.hpp"
#include "tlog/kept.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// What a log is asked by: a proof file, or else sources of lookups and tiles, of which the first that has
/// what is needed counts. The log's past is looked for in the sources also where there is a proof file.
struct LogEvidence {
  std::optional<std::filesystem::path> proof;
  std::vector<LogSource> sources;
  std::string why_none;  ///< where there is neither
};

/// "log": that the record with these hashes is in a tree of the key's. "log's past": that the tree agrees
/// with the one that is kept.
std::vector<Check> check_log(const LoggedModule& module, const LogEvidence& evidence,
                             const KeptCheckpoints& kept);

/// Whether a check says that the log contradicts itself: who sees that must hear of it.
bool tells_fork(const Check& check);

}  // namespace gostrap
