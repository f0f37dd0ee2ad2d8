#include "support/deflate_codes.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace gostrap::flate {
namespace {

constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max();

struct Level {
  std::int32_t last = 0, next_char = 0, next_pair = 0, needed = 0;
};

std::uint16_t reversed(std::uint32_t number, int length) {
  std::uint32_t result = 0;
  for (int i = 0; i < length; ++i)
    result |= ((number >> static_cast<unsigned>(i)) & 1U) << static_cast<unsigned>(length - 1 - i);
  return static_cast<std::uint16_t>(result);
}

}  // namespace

std::int64_t Codes::bit_length(const std::vector<std::int32_t>& frequencies) const {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < frequencies.size(); ++i)
    total += std::int64_t{frequencies[i]} * codes_[i].length;
  return total;
}

void Codes::generate(const std::vector<std::int32_t>& frequencies, int most_bits) {
  std::vector<Node> list;
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    if (frequencies[i] != 0) {
      list.push_back({static_cast<std::uint16_t>(i), frequencies[i]});
    } else {
      codes_[i].length = 0;
    }
  }
  if (list.size() <= 2) {
    for (std::size_t i = 0; i < list.size(); ++i)
      codes_[list[i].literal] = {static_cast<std::uint16_t>(i), 1};
    return;
  }
  std::sort(list.begin(), list.end(), [](const Node& a, const Node& b) {
    return std::pair(a.frequency, a.literal) < std::pair(b.frequency, b.literal);
  });
  assign(bit_counts(list, most_bits), list);
}

/// How many codes there are of each length: a boundary package-merge.
std::vector<std::int32_t> Codes::bit_counts(std::vector<Node> list, int most_bits) {
  const auto n = static_cast<std::int32_t>(list.size());
  list.push_back({std::numeric_limits<std::uint16_t>::max(), far});
  most_bits = std::min(most_bits, n - 1);
  std::array<Level, 17> levels{};
  std::array<std::array<std::int32_t, 17>, 17> leaves{};
  const auto at = [](int index) { return static_cast<std::size_t>(index); };
  for (int level = 1; level <= most_bits; ++level) {
    levels[at(level)] = {list[1].frequency, list[2].frequency, list[0].frequency + list[1].frequency, 0};
    leaves[at(level)][at(level)] = 2;
    if (level == 1) levels[at(level)].next_pair = far;
  }
  levels[at(most_bits)].needed = 2 * n - 4;
  int level = most_bits;
  while (true) {
    Level& here = levels[at(level)];
    if (here.next_pair == far && here.next_char == far) {
      here.needed = 0;
      levels[at(level + 1)].next_pair = far;
      ++level;
      continue;
    }
    const std::int32_t before = here.last;
    if (here.next_char < here.next_pair) {
      const std::int32_t count = leaves[at(level)][at(level)] + 1;
      here.last = here.next_char;
      leaves[at(level)][at(level)] = count;
      here.next_char = list[at(count)].frequency;
    } else {
      here.last = here.next_pair;
      std::copy_n(leaves[at(level - 1)].begin(), level, leaves[at(level)].begin());
      levels[at(level - 1)].needed = 2;
    }
    if (--here.needed == 0) {
      if (level == most_bits) break;
      levels[at(level + 1)].next_pair = before + here.last;
      ++level;
    } else {
      while (levels[at(level - 1)].needed > 0) --level;
    }
  }
  std::vector<std::int32_t> counts(at(most_bits + 1), 0);
  const auto& last = leaves[at(most_bits)];
  std::size_t bits = 1;
  for (int each = most_bits; each > 0; --each) counts[bits++] = last[at(each)] - last[at(each - 1)];
  return counts;
}

void Codes::assign(const std::vector<std::int32_t>& counts, std::vector<Node>& list) {
  std::uint32_t code = 0;
  auto end = list.end();
  for (std::size_t length = 0; length < counts.size(); ++length) {
    code <<= 1U;
    if (length == 0 || counts[length] == 0) continue;
    const auto begin = end - counts[length];
    std::sort(begin, end, [](const Node& a, const Node& b) { return a.literal < b.literal; });
    for (auto node = begin; node != end; ++node) {
      codes_[node->literal] = {reversed(code, static_cast<int>(length)), static_cast<std::uint16_t>(length)};
      ++code;
    }
    end = begin;
  }
}

Codes Codes::fixed_literals() {
  Codes made(literals);
  for (std::uint32_t each = 0; each < literals; ++each) {
    const auto [bits, size] = each < 144   ? std::pair(each + 48, 8)
                              : each < 256 ? std::pair(each + 400 - 144, 9)
                              : each < 280 ? std::pair(each - 256, 7)
                                           : std::pair(each + 192 - 280, 8);
    made.codes_[each] = {reversed(bits, size), static_cast<std::uint16_t>(size)};
  }
  return made;
}

Codes Codes::fixed_offsets() {
  Codes made(offsets);
  for (std::uint32_t each = 0; each < offsets; ++each) made.codes_[each] = {reversed(each, 5), 5};
  return made;
}

}  // namespace gostrap::flate
