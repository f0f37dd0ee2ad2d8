// An entry of a release, for the tests of who reads it.
#pragma once

#include "support/json.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace gostrap::testing {

inline const std::string digest(64, 'a');
inline const std::string source = "sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=";

/// An entry in which nothing is wrong.
inline Json good_entry(const std::string& version = "1.24.4") {
  return Json{{"tag", "go" + version},
              {"commit", std::string(40, 'c')},
              {"source", source},
              {"sourceArchive", digest},
              {"bootstrap", "1.22.6"},
              {"origins", {"https://example.org/go"}},
              {"ports", {"linux/amd64", "linux/riscv64"}},
              {"archives", {{"go" + version + ".linux-amd64.tar.gz", digest}}}};
}

inline std::string file_with(const Json& entry, const std::string& version = "1.24.4") {
  return Json{{"releases", {{version, entry}}}}.dump();
}

}  // namespace gostrap::testing
