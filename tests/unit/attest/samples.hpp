// Statements about one archive, for the tests of who reads and counts them.
#pragma once

#include "attest/statement.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace gostrap::testing {

inline const Digest archive_digest = sha256("an archive");
inline const std::string sample_archive = "go1.99.0.linux-riscv64.tar.gz";

inline std::string sample_link(const PrivateKey& key, const Digest& digest = archive_digest) {
  return signed_link("rebuild " + sample_archive, {{"go1.99.0.src.tar.gz", hex(sha256("source")), ""}},
                     {{sample_archive, hex(digest), std::string(128, 'a')}}, key);
}

inline Json sample_provenance(const Digest& digest = archive_digest) {
  Json json = Json::object();
  json["_type"] = "https://in-toto.io/Statement/v1";
  json["subject"] =
      Json::array({{{"name", "rebuild/" + sample_archive}, {"digest", {{"sha256", hex(digest)}}}}});
  json["predicateType"] = predicates::provenance;
  json["predicate"]["buildDefinition"]["buildType"] = build_types::rebuild;
  return json;
}

inline Json sample_test_result(const std::string& result) {
  Json json = sample_provenance();
  json["subject"][0]["name"] = sample_archive;
  json["predicateType"] = predicates::test_result;
  json["predicate"] = {{"result", result}};
  return json;
}

}  // namespace gostrap::testing
