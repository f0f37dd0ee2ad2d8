// The tools take lists apart at ';' (-trimpath) and at the ends of lines (importcfg), and embedcfg is JSON: a
// directory whose name has such bytes is reached through a symbolic link whose name has not. go build hands
// it over as it is, and its program then has the directory's name in it.
#pragma once

#include "support/files.hpp"
#include "support/stage.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {

/// Whether the tools take the path for what it is.
bool is_plain(std::string_view path);

class PlainPlaces {
 public:
  /// The directory itself, or a link to it that is gone with this object.
  fs::path of(const fs::path& directory);
  /// The text with the directories' own names where the links' are.
  std::string with_own_names(std::string text) const;

 private:
  std::optional<TemporaryDirectory> links_;
  std::vector<std::pair<std::string, std::string>> names_;  ///< of a link, and of what it leads to
};

}  // namespace gostrap
