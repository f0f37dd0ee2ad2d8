// verify --attested: how many of the user's keys say that a file was made again from source.
#pragma once

#include "cli/common_words.hpp"
#include "download/download.hpp"
#include "sdk/check.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
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

/// One check for each file: `path` itself, or the archives of the output that it is. Statements are read and
/// fetched once, by whoever makes one of these.
class AttestedFiles {
 public:
  AttestedFiles(const AttestedWords& words, bool offline, const Patience& patience, Progress& progress);
  ~AttestedFiles();
  AttestedFiles(AttestedFiles&&) noexcept;

  std::vector<Check> check(const std::filesystem::path& path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gostrap
