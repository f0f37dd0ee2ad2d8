// The go command answers in JSON, where each byte of a path that is not UTF-8 becomes U+FFFD. The directories
// that we named to it are known as they are: what begins with one of them is put right.
#pragma once

#include "compile/program_query.hpp"

#include <string>
#include <utility>
#include <vector>

namespace gostrap {

class LostBytes {
 public:
  /// Directories as they are; those above them count too.
  explicit LostBytes(const std::vector<std::string>& directories);

  std::string restored(const std::string& path) const;
  void restore(ProgramAnswer& answer) const;

 private:
  std::vector<std::pair<std::string, std::string>>
      known_;  ///< as they come back, and as they are; long ones first
};

}  // namespace gostrap
