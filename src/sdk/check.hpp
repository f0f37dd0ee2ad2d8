// What a check found: the currency of verify.
#pragma once

#include "support/error.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct Check {
  enum class Result { passed, failed, not_possible };
  std::string name;  ///< "files", "static", "hello", "official"
  Result result = Result::passed;
  std::string says;                  ///< one line
  std::vector<std::string> details;  ///< the first few things that differ
};

bool all_hold(const std::vector<Check>& checks);

/// Whether it is trouble of this machine (no space, a file system that cannot be written, …), which says
/// nothing about what was being checked. Such an error ends a verb; it is no difference.
bool is_trouble_of_machine(const Error& error);

/// Leaves the first ten, and says how many more there are.
void shorten(std::vector<std::string>& details);

}  // namespace gostrap
