// What is said of a repository whose tag is missing or on another commit, be it a server's or on this
// machine.
#pragma once

#include "release/release.hpp"
#include "support/error.hpp"

#include <string>

namespace gostrap {

/// Throws Error unless `found`, the commit that the release's tag is on, is the one that it is pinned to. One
/// of which no commit is known is left to the pin of its tree.
void require_pinned_commit(const Release& release, const std::string& found, const std::string& doing);

Error tag_missing(const Release& release, const std::string& doing);

}  // namespace gostrap
