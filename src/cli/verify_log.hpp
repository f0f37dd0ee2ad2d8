// The options of verify that name a public log, and what it says.
#pragma once

#include "cli/common_words.hpp"
#include "sdk/check.hpp"
#include "sdk/logged_module.hpp"
#include "tlog/note.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct LogWords {
  bool log = false;
  std::optional<std::string> from, key;

  void declare(Options& options);
  bool asked() const { return log || from || key; }
  LogKey log_key() const;  ///< throws Error
};

std::vector<Check> ask_log(const LogWords& words, const LoggedModule& module, const CommonWords& common,
                           const Patience& patience, Progress& progress);

}  // namespace gostrap
