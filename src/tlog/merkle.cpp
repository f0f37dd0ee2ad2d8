#include "tlog/merkle.hpp"

#include <bit>
#include <string>

namespace gostrap {
namespace {

/// The largest power of two less than `size`, which is more than one.
std::uint64_t split_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

/// Of the records [begin, end), where begin is a multiple of a power of two that is not less than their
/// number: as the parts of a tree are.
Digest hash_of_range(std::uint64_t begin, std::uint64_t end, const SubtreeHash& hash) {
  const std::uint64_t size = end - begin;
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    return hash(level, begin >> level);
  }
  const std::uint64_t middle = begin + split_of(size);
  return node_hash(hash_of_range(begin, middle, hash), hash_of_range(middle, end, hash));
}

}  // namespace

Digest record_hash(std::string_view record) {
  Sha256 hash;
  hash.update(std::string_view("\0", 1));
  hash.update(record);
  return hash.finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  Sha256 hash;
  hash.update("\x01");
  hash.update(bytes_of(left));
  hash.update(bytes_of(right));
  return hash.finish();
}

std::optional<Digest> root_of_inclusion(std::uint64_t index, std::uint64_t size, const Digest& record,
                                        const HashList& proof) {
  if (index >= size) return std::nullopt;
  Digest root = record;
  std::uint64_t last = size - 1;
  for (const Digest& each : proof) {
    if (last == 0) return std::nullopt;
    if ((index & 1U) != 0 || index == last) {
      root = node_hash(each, root);
      // at the right edge a node without a sibling goes up as it is
      while ((index & 1U) == 0 && index != 0) {
        index >>= 1U;
        last >>= 1U;
      }
    } else {
      root = node_hash(root, each);
    }
    index >>= 1U;
    last >>= 1U;
  }
  return last == 0 ? std::optional(root) : std::nullopt;
}

std::optional<BothRoots> roots_of_consistency(std::uint64_t older, std::uint64_t newer,
                                              const HashList& proof) {
  if (older == 0 || older >= newer || proof.empty()) return std::nullopt;
  std::uint64_t index = older - 1;
  std::uint64_t last = newer - 1;
  while ((index & 1U) != 0) {
    index >>= 1U;
    last >>= 1U;
  }
  BothRoots roots{proof.front(), proof.front()};
  for (std::size_t i = 1; i < proof.size(); ++i) {
    if (last == 0) return std::nullopt;
    if ((index & 1U) != 0 || index == last) {
      roots.older = node_hash(proof[i], roots.older);
      roots.newer = node_hash(proof[i], roots.newer);
      while ((index & 1U) == 0 && index != 0) {
        index >>= 1U;
        last >>= 1U;
      }
    } else {
      roots.newer = node_hash(roots.newer, proof[i]);
    }
    index >>= 1U;
    last >>= 1U;
  }
  return last == 0 ? std::optional(roots) : std::nullopt;
}

HashList inclusion_proof(std::uint64_t index, std::uint64_t size, const SubtreeHash& hash) {
  HashList from_root;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    if (index < middle) {
      from_root.push_back(hash_of_range(middle, end, hash));
      end = middle;
    } else {
      from_root.push_back(hash_of_range(begin, middle, hash));
      begin = middle;
    }
  }
  return {from_root.rbegin(), from_root.rend()};
}

HashList consistency_proof(std::uint64_t older, std::uint64_t newer, const SubtreeHash& hash) {
  HashList from_root;
  std::uint64_t begin = 0;
  std::uint64_t end = newer;
  while (end != older) {
    const std::uint64_t middle = begin + split_of(end - begin);
    if (older <= middle) {
      from_root.push_back(hash_of_range(middle, end, hash));
      end = middle;
    } else {
      from_root.push_back(hash_of_range(begin, middle, hash));
      begin = middle;
    }
  }
  from_root.push_back(hash_of_range(begin, end, hash));
  return {from_root.rbegin(), from_root.rend()};
}

}  // namespace gostrap
