// What a database says of a release of Go, of a module, and of all that a program says it was built of.
#pragma once

#include "advisory/database.hpp"
#include "program/facts.hpp"

#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct AdvisoryMatch {
  Advisory advisory;
  std::string module, version;
  std::string fixed;  ///< the first version in which it is over; empty where none is known
};

/// Nothing of a version that is no semantic one.
std::vector<AdvisoryMatch> matches_of_module(const std::vector<Advisory>& advisories,
                                             const std::string& module, const std::string& version,
                                             const std::optional<Port>& port = {});
/// Of the standard library and of the toolchain.
std::vector<AdvisoryMatch> matches_of_release(const std::vector<Advisory>& advisories,
                                              const Version& release);

struct ProgramMatches {
  std::vector<AdvisoryMatch> found;    ///< of the standard library, then of modules, in its own order
  bool knows_go = false;               ///< it says which release it was built by
  std::vector<std::string> not_known;  ///< a sentence each: what has no version to compare
};

/// The modules that it names, as they were replaced, and the standard library.
std::set<std::string> modules_of(const BuildInfo& build);
/// By its build information alone: whether the code is ever reached is not looked at.
ProgramMatches matches_of_program(const std::vector<Advisory>& advisories, const ProgramFacts& facts);

/// "9 advisories of the standard library, fixed in 1.24.9"; where the release's own line has not all of that,
/// "…, 7 fixed in 1.24.9, all in 1.25.3". Empty where there are none of that module.
std::string in_short(const std::vector<AdvisoryMatch>& matches, const std::string& module,
                     const std::string& called);

}  // namespace gostrap
