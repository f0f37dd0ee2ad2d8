// What a check found: the currency of verify.
#pragma once

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

}  // namespace gostrap
