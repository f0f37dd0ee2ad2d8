// Parts of a bill of materials that are about more than one of its components: what no compiler made, and
// advisories.
#pragma once

#include "advisory/match.hpp"
#include "bundle/contents.hpp"
#include "bundle/select.hpp"
#include "support/json.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace gostrap {

/// A property of gostrap's own, and how CycloneDX has a hash.
Json bom_property(const std::string& name, const std::string& value);
Json bom_sha256(const Digest& digest);

/// A component of type "file" for each that upstream ships ready-made and that can end in a program, be read
/// by one, or have a say in the toolchain; by name, as the contents of the entry `ref` have it.
Json blob_components(const std::string& ref, const BundleInput& input, const Contents& contents);

/// Who in the bundle is of a version that a database can be asked about.
struct VersionedComponents {
  std::map<Version, std::set<std::string>> of_stdlib, of_toolchain;    ///< bom-refs
  std::map<std::pair<std::string, std::string>, std::string> modules;  ///< by path and version

  void add(const BundleInput& input, const std::string& ref);
};

/// CycloneDX's "vulnerabilities", by ID: what affects which component. No analysis is given: whether the code
/// is reached is not known.
Json vulnerabilities_of(const VersionedComponents& components, AdvisoryDatabase& database);

}  // namespace gostrap
