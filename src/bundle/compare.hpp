// The names and hashes of everything in a bundle, without unpacking it, and what two bundles differ in.
#pragma once

#include "bundle/reader.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct EntryListing {
  BundleEntry entry;
  Contents contents;
};

/// Reads a bundle to its end. With `hash`, every file is hashed too: an Error names the first that is
/// damaged.
std::vector<EntryListing> list_bundle(BundleReader& reader, bool hash);

struct EntryDifference {
  enum class Kind { only_first, only_second, changed };
  std::string name;
  Kind kind = Kind::changed;
  std::vector<std::string> added, removed, changed;  ///< paths, of an entry that both have
  bool described_otherwise =
      false;  ///< the same contents with another provenance, kind, release, port or key
};

/// By name. Entries with the same contents and descriptions are not among them.
std::vector<EntryDifference> differences(const std::vector<EntryListing>& first,
                                         const std::vector<EntryListing>& second);

}  // namespace gostrap
