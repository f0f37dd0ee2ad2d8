// What goes into a bundle: entries of the store, outputs that lie elsewhere, plain trees.
#pragma once

#include "bundle/index.hpp"
#include "release/releases.hpp"
#include "sdk/manifest.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct BundleInput {
  BundleEntry entry;  ///< without sizes and hashes
  std::filesystem::path tree;
  Provenance provenance;
  std::optional<Manifest> manifest;  ///< of all but sources and modules; without files and links
};

enum class Records {
  portable,  ///< what does not depend on the hour, the machine and its directories: the same for the same
             ///< bits
  full,      ///< all that was recorded
};

BundleInput input_of_store(const Store& store, const StoreEntry& entry, Records records);
/// An SDK, toolchain, archives or source in a directory of its own, as the single steps make them (with
/// DIRECTORY.provenance.json beside it, where there is one), or an entry of a store by its path.
BundleInput input_of_directory(const std::filesystem::path& directory, const Releases& releases,
                               Records records);
/// Any tree, such as one in the shape of a Go module proxy. Its name is the directory's, but for an entry of
/// a store.
BundleInput input_of_modules(const std::filesystem::path& directory, Records records);

}  // namespace gostrap
