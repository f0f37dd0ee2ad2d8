// What a build showed about one published archive, as statements: that it was made again to the bit, that it
// differs by signatures alone, or that it could not be made again.
#pragma once

#include "attest/statement.hpp"
#include "report/proof.hpp"
#include "store/provenance.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// A document, and how its file's name ends: "in-toto.link", "dsse.json".
struct Document {
  std::string ending, text;
};

struct Rebuilt {
  const Release& release;
  const ProofRow& row;
  std::optional<Provenance> provenance;  ///< of the archives
  std::string builder;                   ///< a URI; empty: one made of the key
};

/// Why there is nothing to state; empty where there is.
std::string why_no_statement(const ProofRow& row);

/// Signed by the key. Of what is canonical both formats; of all else an envelope.
std::vector<Document> statements_of(const Rebuilt& rebuilt, const PrivateKey& key);

}  // namespace gostrap
