// Making a bundle: the same inputs give the same bytes, whoever makes it, wherever and whenever.
#pragma once

#include "advisory/database.hpp"
#include "bundle/select.hpp"
#include "bundle/signature.hpp"
#include "bundle/volumes.hpp"
#include "release/releases.hpp"
#include "support/progress.hpp"

#include <optional>
#include <vector>

namespace gostrap {

struct CreatedBundle {
  BundleIndex index;
  std::vector<std::filesystem::path> files;  ///< none for a stream
  std::uint64_t size = 0;
  Digest digest{};  ///< of all its bytes
};

/// Checks every input against its manifest (a source against its pin), then writes them to `sink`.
/// `advisories` go into the bill of materials. Throws Error for one that is damaged.
CreatedBundle create_bundle(std::vector<BundleInput> inputs, const Releases& releases,
                            const PrivateKey* signing, ByteSink& sink, Progress& progress,
                            AdvisoryDatabase* advisories = nullptr);

}  // namespace gostrap
