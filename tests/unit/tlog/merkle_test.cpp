#include "tlog/merkle.hpp"

#include "tlog/checkpoint.hpp"

#include <doctest/doctest.h>

#include <bit>

using namespace gostrap;

namespace {

/// As RFC 6962 has it, word by word.
Digest tree_hash(const HashList& leaves) {
  if (leaves.size() == 1) return leaves.front();
  const auto half = static_cast<std::ptrdiff_t>(std::bit_floor(leaves.size() - 1));
  return node_hash(tree_hash({leaves.begin(), leaves.begin() + half}),
                   tree_hash({leaves.begin() + half, leaves.end()}));
}

HashList leaves_of(std::uint64_t size) {
  HashList leaves;
  for (std::uint64_t i = 0; i < size; ++i)
    leaves.push_back(record_hash("record " + std::to_string(i) + "\n"));
  return leaves;
}

SubtreeHash hashes_of(const HashList& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) {
    const auto begin = leaves.begin() + static_cast<std::ptrdiff_t>(index << level);
    return tree_hash({begin, begin + (std::ptrdiff_t{1} << level)});
  };
}

Digest changed(Digest digest) {
  digest.bytes[7] ^= 1U;
  return digest;
}

}  // namespace

TEST_CASE("hashes are those of RFC 6962") {
  // of the empty leaf, as its test vectors have it
  CHECK(hex(record_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(hex(node_hash(record_hash(""), record_hash(std::string_view("\0", 1)))) ==
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST_CASE("every record of every small tree is shown, and nothing else is") {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    const HashList leaves = leaves_of(size);
    const Digest root = tree_hash(leaves);
    for (std::uint64_t index = 0; index < size; ++index) {
      CAPTURE(size);
      CAPTURE(index);
      const HashList proof = inclusion_proof(index, size, hashes_of(leaves));
      REQUIRE(root_of_inclusion(index, size, leaves[index], proof) == root);
      CHECK(root_of_inclusion(index, size, changed(leaves[index]), proof) != root);
      if (size > 1) CHECK(root_of_inclusion((index + 1) % size, size, leaves[index], proof) != root);
      for (std::size_t i = 0; i < proof.size(); ++i) {
        HashList other = proof;
        other[i] = changed(other[i]);
        CHECK(root_of_inclusion(index, size, leaves[index], other) != root);
      }
      HashList longer = proof;
      longer.push_back(root);
      CHECK_FALSE(root_of_inclusion(index, size, leaves[index], longer));
      if (!proof.empty())
        CHECK_FALSE(root_of_inclusion(index, size, leaves[index], {proof.begin(), proof.end() - 1}));
      CHECK_FALSE(root_of_inclusion(size, size, leaves[index], proof));
    }
  }
}

TEST_CASE("every small tree has all smaller ones, and none that is another") {
  const HashList leaves = leaves_of(40);
  for (std::uint64_t newer = 2; newer <= 40; ++newer) {
    const HashList now(leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(newer));
    for (std::uint64_t older = 1; older < newer; ++older) {
      CAPTURE(older);
      CAPTURE(newer);
      const HashList before(leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(older));
      const HashList proof = consistency_proof(older, newer, hashes_of(now));
      const auto roots = roots_of_consistency(older, newer, proof);
      REQUIRE(roots);
      CHECK(roots->older == tree_hash(before));
      CHECK(roots->newer == tree_hash(now));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        HashList other = proof;
        other[i] = changed(other[i]);
        CHECK(roots_of_consistency(older, newer, other)->newer != roots->newer);
      }
      HashList longer = proof;
      longer.push_back(roots->newer);
      CHECK_FALSE(roots_of_consistency(older, newer, longer));
      CHECK_FALSE(roots_of_consistency(older, newer, {proof.begin(), proof.end() - 1}));
    }
  }
  CHECK_FALSE(roots_of_consistency(0, 5, {leaves[0]}));
  CHECK_FALSE(roots_of_consistency(5, 5, {leaves[0]}));
  CHECK_FALSE(roots_of_consistency(6, 5, {leaves[0]}));
  CHECK_FALSE(roots_of_consistency(3, 5, {}));
}

TEST_CASE("the largest numbers end, too") {
  const std::uint64_t most = largest_tree - 1;
  const HashList proof(62, record_hash(""));
  CHECK(root_of_inclusion(0, most, record_hash(""), proof));
  CHECK_FALSE(root_of_inclusion(0, most, record_hash(""), {}));
  CHECK_FALSE(roots_of_consistency(most - 1, most, {record_hash("")}));
}
