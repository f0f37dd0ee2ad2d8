// The options of compile that some ports, or gostrap compile itself, cannot have: --buildmode, --race and
// their like.
#pragma once

#include "cli/common_words.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct FeatureWords {
  std::optional<std::string> build_mode;
  bool cgo = false, race = false, msan = false, asan = false;

  void declare(Options& options);
};

/// The build mode to use: "" (what the port prefers), "exe" or "pie". Throws UsageError for what was asked
/// for and cannot be, unless `fallback` leaves it out, which is said on standard error.
std::string settled_build_mode(const CommonWords& common, const FeatureWords& words, bool fallback,
                               const Port& port, const std::filesystem::path& sdk);

}  // namespace gostrap
