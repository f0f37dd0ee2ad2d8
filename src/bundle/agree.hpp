// Whether what was listed is what an output's own manifest says: asked before it goes into a bundle, and
// again when it comes out.
#pragma once

#include "bundle/contents.hpp"
#include "sdk/manifest.hpp"

#include <string>

namespace gostrap {

/// Empty when they agree, name by name.
std::string why_not_as_in_manifest(const Contents& contents, const Manifest& manifest);

}  // namespace gostrap
