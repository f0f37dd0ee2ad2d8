// The index: the first thing in a bundle, a JSON that names everything else in it with its hash. A signature
// of the index is one of the whole bundle, and can be checked before anything else has been read.
//
// A bundle is a tar.zst, which plain tar unpacks too:
//
//   gostrap-bundle/index.json
//   gostrap-bundle/index.json.sig        where it is signed
//   gostrap-bundle/sbom.cdx.json
//   gostrap-bundle/releases.json         the pins of the releases in it
//   gostrap-bundle/NAME/contents         of each entry: every name with its hash,
//   gostrap-bundle/NAME/provenance.json  how it came to be,
//   NAME/…                               and its tree; a file that came before is a hard link
#pragma once

#include "bundle/contents.hpp"
#include "release/kind.hpp"
#include "release/port.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

constexpr const char* bundle_directory = "gostrap-bundle";

/// A file of the bundle's own.
struct BundlePart {
  std::uint64_t size = 0;
  Digest digest{};
  bool operator==(const BundlePart&) const = default;
};
BundlePart part_of(std::string_view text);

struct BundleEntry {
  std::string name;  ///< its directory: "go1.24.4-sdk-linux-riscv64"
  Kind kind = Kind::sdk;
  std::string key;                ///< in a store: 32 hexadecimal digits
  std::string release;            ///< empty for modules
  std::optional<Digest> source;   ///< the release's: of its NAR
  std::optional<Port> port;       ///< of all but sources and modules
  std::optional<Port> hosted_on;  ///< where the programs in it run
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;      ///< of all files
  std::uint64_t new_bytes = 0;  ///< of the files that no entry before it has
  BundlePart contents, provenance;
  bool operator==(const BundleEntry&) const = default;

  std::string store_name() const { return key + "-" + name; }
};

struct BundleIndex {
  std::string made_by;  ///< gostrap's version
  BundlePart sbom, releases;
  std::vector<BundleEntry> entries;
};

Json to_json(const BundleIndex& index);
/// Throws Error when it is none, or what it says cannot be so.
BundleIndex index_from_json(const JsonView& json);

}  // namespace gostrap
