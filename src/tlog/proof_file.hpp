// A proof in one file (c2sp.org/tlog-proof): the index of a record, the hashes from it to the root, and the
// checkpoint of the tree. The record itself is what its reader has.
#pragma once

#include "tlog/merkle.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gostrap {

struct ProofFile {
  std::uint64_t index = 0;
  HashList hashes;
  std::string note;
};

/// Whether a text begins as such a file does.
bool is_proof_file(std::string_view text);

/// Believes nothing; `what` (a file) stands in the Error. The extra data that one may have is not looked at:
/// nobody has signed it.
ProofFile parse_proof_file(std::string_view text, const std::string& what);
std::string to_text(const ProofFile& proof);

}  // namespace gostrap
