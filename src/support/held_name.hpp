// Names of what is being made: ".NAME.partial-PROCESS-RANDOM-CHECK". The check is computed from the rest, so
// that only what gostrap made bears such a name, and nothing of a user's is ever taken for a remain of ours.
#pragma once

#include "support/files.hpp"

#include <sys/types.h>

#include <optional>
#include <string>

namespace gostrap {

/// Whose a directory is: a user's may hold anything, gostrap's own (a store) what gostrap made.
enum class Ground { shared, own };

/// A name that nobody can guess, for something in the making whose name in the end is `name`.
std::string held_name(const std::string& name);

/// The process that made something of such a name; nothing where it is no name of ours, or of another `name`
/// (empty: of any).
std::optional<pid_t> maker_of(const std::string& held, const std::string& name);

/// Removes what killed processes left of `name` (empty: of anything) in `directory`. On ground of our own
/// also what earlier gostraps left, whose names had no check: ".NAME.partial-PROCESS".
void remove_left(const fs::path& directory, const std::string& name, Ground ground = Ground::shared);

}  // namespace gostrap
