// Whether a log only grows: each tree that it shows must have what the one before had, in the same places.
#pragma once

#include "tlog/kept.hpp"
#include "tlog/tiles.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// What the words about a fork begin with.
constexpr std::string_view fork_word = "FORK: ";

struct TimelineFinding {
  enum class Result { agrees, forked, not_shown };
  Result result = Result::agrees;
  std::string says;
  std::optional<Checkpoint> before{};  ///< the kept one, where there was one
  std::filesystem::path fork{};        ///< where both are kept, when they contradict each other
};

/// Holds a tree against the kept one, older or newer, by the tiles of `read`, and keeps it where it is the
/// larger one and was shown to agree. Throws Error for tiles that are of neither.
TimelineFinding hold_against_kept(const Checkpoint& tree, const KeptCheckpoints& kept,
                                  const ReadLogFile& read, const std::string& place);

}  // namespace gostrap
