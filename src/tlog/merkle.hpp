// The trees of RFC 6962, and what proofs about them come to. Of a proof nothing is believed: it gives a root,
// and the root is what somebody has signed, or not.
#pragma once

#include "support/hash.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace gostrap {

using HashList = std::vector<Digest>;

Digest record_hash(std::string_view record);
Digest node_hash(const Digest& left, const Digest& right);

/// The root of a tree of `size` records that has `record` as its `index`th, by a proof of RFC 6962, 2.1.1.
/// Nothing for a proof that has not the right length, and for an index beyond the tree.
std::optional<Digest> root_of_inclusion(std::uint64_t index, std::uint64_t size, const Digest& record,
                                        const HashList& proof);

/// The roots of both trees, by a proof of RFC 6962, 2.1.2, that begins with a hash of the older tree also
/// where that is its root (the RFC leaves that one out): so the newer root tells whether the proof is one,
/// and the older one is something that was computed.
struct BothRoots {
  Digest older, newer;
};
/// 0 < older < newer.
std::optional<BothRoots> roots_of_consistency(std::uint64_t older, std::uint64_t newer,
                                              const HashList& proof);

/// Of the 2^level records from index · 2^level on; all of them are in the tree.
using SubtreeHash = std::function<Digest(unsigned level, std::uint64_t index)>;

/// These proofs, from the hashes of a tree. `index` < `size`; 0 < `older` < `newer`.
HashList inclusion_proof(std::uint64_t index, std::uint64_t size, const SubtreeHash& hash);
HashList consistency_proof(std::uint64_t older, std::uint64_t newer, const SubtreeHash& hash);

}  // namespace gostrap
