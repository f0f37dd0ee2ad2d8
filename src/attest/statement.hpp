// Statements: signed documents about a build or a proof, in the formats that exist. A link is what rebuilderd
// publishes and repro-threshold counts (in-toto 0.9: canonical JSON, Ed25519); an envelope is DSSE around an
// in-toto Statement v1. docs/proof.md tells what is in each.
#pragma once

#include "support/hash.hpp"
#include "support/json.hpp"
#include "support/keys.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// A file that a statement is about.
struct StatedFile {
  std::string name;
  Digest sha256;
  bool operator==(const StatedFile&) const = default;
};

/// What a document says. Who says it is not known yet: see `signed_by`.
struct Statement {
  enum class Says { reproduced, not_reproduced };

  std::string file;    ///< where it was read: "DIR/FILE", of several in one file "FILE:3"
  std::string format;  ///< "in-toto link", "SLSA provenance", "artifact equivalence", "test result"
  Says says = Says::reproduced;
  std::vector<StatedFile> about;
  std::string signed_bytes;
  std::vector<std::string> signatures;  ///< of 64 bytes each

  bool signed_by(const PublicKey& key) const;
};

/// One document. Throws Error, with `name`, for one of another shape, of a newer format, or that says nothing
/// about a build that was made again.
Statement read_statement(std::string_view text, const std::string& name);

/// {"signatures": …, "signed": …} on one line: a link about `products`, each by its SHA-256 and SHA-512.
struct LinkFile {
  std::string name, sha256, sha512;  ///< in hexadecimal; without a SHA-512 where that is not known
};
std::string signed_link(const std::string& name, const std::vector<LinkFile>& materials,
                        const std::vector<LinkFile>& products, const PrivateKey& key);

/// An envelope on one line.
std::string signed_envelope(const Json& statement, const PrivateKey& key);

/// How in-toto names a key: the SHA-256 of its description.
std::string key_id(const PublicKey& key);

constexpr const char* statement_type = "https://in-toto.io/Statement/v1";
namespace predicates {
constexpr const char* provenance = "https://slsa.dev/provenance/v1";
constexpr const char* test_result = "https://in-toto.io/attestation/test-result/v0.1";
}  // namespace predicates
namespace build_types {
constexpr const char* rebuild = "https://docs.oss-rebuild.dev/builds/Rebuild@v0.1";
constexpr const char* equivalence = "https://docs.oss-rebuild.dev/builds/ArtifactEquivalence@v0.1";
}  // namespace build_types

}  // namespace gostrap
