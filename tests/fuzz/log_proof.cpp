// Proofs in one file.
#include "fuzz.hpp"
#include "tlog/inclusion.hpp"
#include "tlog/proof_file.hpp"

using namespace gostrap;

FUZZ(input) {
  ProofFile proof;
  if (fuzz::accepted([&] { proof = parse_proof_file(input, "fuzz"); })) {
    const ProofFile again = parse_proof_file(to_text(proof), "again");
    fuzz::require(again.index == proof.index && again.hashes == proof.hashes && again.note == proof.note,
                  "it reads back the same");
    root_of_inclusion(proof.index, proof.index + 1 + proof.note.size(), record_hash(input), proof.hashes);
    roots_of_consistency(proof.index, proof.index + proof.note.size(), proof.hashes);
  }
  const LogKey key = parse_log_key(sum_golang_org);
  fuzz::require(!fuzz::accepted([&] { show_record(std::string(input), input, "fuzz", key); }),
                "nobody invents a signature");
}
