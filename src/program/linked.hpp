// What a program has linked in that no compiler made of Go's text, and what else was put between it and the
// machine: told by build information, and by what is in the program where it tells nothing.
#pragma once

#include "program/facts.hpp"
#include "support/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct LinkedPart {
  std::string name;    ///< "race", "msan", "asan", "boringcrypto", "fips140" or "tzdata"
  std::string what;    ///< "the runtime of the race detector"
  std::string source;  ///< the file of Go's source that it is out of; empty where it is none of that
  std::vector<std::string> shown_by;  ///< "build information: -race=true", "the function runtime.raceinit"
};

/// `program` is the file's bytes. Names of functions are in every program of Go, stripped or not; one that
/// an obfuscator renamed, and that has no build information, shows the time zones alone.
std::vector<LinkedPart> linked_parts(const ProgramFacts& facts, std::string_view program);

Json to_json(const LinkedPart& part);

}  // namespace gostrap
