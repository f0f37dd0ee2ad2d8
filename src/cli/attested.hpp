// verify --attested: how many of the user's keys say that a file was made again from source.
#pragma once

#include "attest/votes.hpp"
#include "cli/common_words.hpp"
#include "sdk/check.hpp"
#include "support/patience.hpp"
#include "support/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct AttestedWords {
  std::optional<std::uint64_t> at_least;
  std::vector<std::string> keys, statements, withheld;

  void declare(Options& options);
  bool asked() const { return at_least.has_value(); }
  /// Throws UsageError for words that say nothing together.
  void require_sense() const;
};

/// Statements and keys, read and fetched once for all files that are looked at.
class AttestedFiles {
 public:
  AttestedFiles(const AttestedWords& words, bool offline, const Patience& patience, Progress& progress);

  /// One check for each file: `path` itself, or the archives of the output that it is.
  std::vector<Check> check(const std::filesystem::path& path) const;

 private:
  Check check_file(const std::filesystem::path& file) const;

  std::uint64_t at_least_;
  std::vector<TrustedKey> keys_;
  std::set<std::string> withheld_;
  std::optional<Statements> named_;  ///< nothing: those beside each file
  Time now_ = time_now();
};

}  // namespace gostrap
