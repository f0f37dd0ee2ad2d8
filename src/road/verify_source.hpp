// verify, of a source: it has no manifest, for its pin says what it is.
#pragma once

#include "release/releases.hpp"
#include "sdk/check.hpp"
#include "store/subject.hpp"

#include <filesystem>

namespace gostrap {

bool is_source(const std::filesystem::path& output);

/// Holds it against the pin of the release that its VERSION names; a patched one, against what its provenance
/// in the store says.
Check verify_source(const Subject& subject, const Releases& releases, const Store& store);

}  // namespace gostrap
