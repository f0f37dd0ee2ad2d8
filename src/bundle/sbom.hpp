// The software bill of materials of a bundle: CycloneDX 1.6, as JSON. Every entry with its release, commit,
// licence, purl and CPE, and the ladder that it was built by as its dependencies.
#pragma once

#include "advisory/database.hpp"
#include "bundle/contents.hpp"
#include "bundle/select.hpp"
#include "release/releases.hpp"

#include <vector>

namespace gostrap {

/// `contents` of each input, in the same order. Names no time: the same bundle, the same SBOM. With a
/// database, what affects the components as well.
Json sbom_of(const std::vector<BundleInput>& inputs, const std::vector<Contents>& contents,
             const Releases& releases, const std::string& made_by, AdvisoryDatabase* advisories = nullptr);

}  // namespace gostrap
