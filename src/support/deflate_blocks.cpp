#include "support/deflate_blocks.hpp"

#include <algorithm>
#include <array>

namespace gostrap::flate {
namespace {

constexpr std::size_t max_stored = 65535;
constexpr std::size_t length_codes_start = 257;
constexpr std::uint32_t end_of_block = 256;
constexpr std::uint8_t bad_code = 255;

constexpr std::array<int, 29> length_extra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint32_t, 29> length_base{0,  1,  2,  3,   4,   5,   6,   7,   8,  10,
                                                    12, 14, 16, 20,  24,  28,  32,  40,  48, 56,
                                                    64, 80, 96, 112, 128, 160, 192, 224, 255};
constexpr std::array<int, 30> offset_extra{0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                           6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint32_t, 30> offset_base{
    0x0,   0x1,   0x2,   0x3,   0x4,    0x6,    0x8,    0xc,    0x10,   0x18,
    0x20,  0x30,  0x40,  0x60,  0x80,   0xc0,   0x100,  0x180,  0x200,  0x300,
    0x400, 0x600, 0x800, 0xc00, 0x1000, 0x1800, 0x2000, 0x3000, 0x4000, 0x6000};
constexpr std::array<std::size_t, 19> codegen_order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                    11, 4,  12, 3, 13, 2, 14, 1, 15};

template <std::size_t size>
std::uint32_t code_of(const std::array<std::uint32_t, size>& base, std::uint32_t value) {
  return static_cast<std::uint32_t>(std::upper_bound(base.begin(), base.end(), value) - base.begin() - 1);
}

/// By the length less 3.
const std::array<std::uint8_t, 256>& length_codes() {
  static const auto codes = [] {
    std::array<std::uint8_t, 256> made{};
    for (std::uint32_t i = 0; i < made.size(); ++i)
      made[i] = static_cast<std::uint8_t>(code_of(length_base, i));
    return made;
  }();
  return codes;
}

/// By the offset less 1.
const std::vector<std::uint8_t>& offset_codes() {
  static const auto codes = [] {
    std::vector<std::uint8_t> made(window_size);
    for (std::uint32_t i = 0; i < made.size(); ++i)
      made[i] = static_cast<std::uint8_t>(code_of(offset_base, i));
    return made;
  }();
  return codes;
}

}  // namespace

void BlockWriter::block(std::vector<std::uint32_t>& tokens, const std::string_view* input) {
  tokens.push_back(end_of_block);
  const auto [literal_count, offset_count] = index(tokens);
  std::int64_t extra = 0, stored_size = 0;
  const bool storable = input != nullptr && input->size() <= max_stored;
  if (storable) {
    stored_size = static_cast<std::int64_t>(input->size() + 5) * 8;
    for (std::size_t code = length_codes_start + 8; code < literal_count; ++code)
      extra += std::int64_t{literal_frequencies_[code]} * length_extra[code - length_codes_start];
    for (std::size_t code = 4; code < offset_count; ++code)
      extra += std::int64_t{offset_frequencies_[code]} * offset_extra[code];
  }
  std::int64_t size = 3 + fixed_literals_.bit_length(literal_frequencies_) +
                      fixed_offsets_.bit_length(offset_frequencies_) + extra;
  generate_codegen(literal_count, offset_count);
  codegen_codes_.generate(codegen_frequencies_, 7);
  std::size_t codegen_count = codegens;
  while (codegen_count > 4 && codegen_frequencies_[codegen_order[codegen_count - 1]] == 0) --codegen_count;
  const std::int64_t dynamic =
      3 + 5 + 5 + 4 + 3 * static_cast<std::int64_t>(codegen_count) +
      codegen_codes_.bit_length(codegen_frequencies_) + std::int64_t{codegen_frequencies_[16]} * 2 +
      std::int64_t{codegen_frequencies_[17]} * 3 + std::int64_t{codegen_frequencies_[18]} * 7 +
      literal_codes_.bit_length(literal_frequencies_) + offset_codes_.bit_length(offset_frequencies_) + extra;
  const bool is_dynamic = dynamic < size;
  size = std::min(size, dynamic);
  if (storable && stored_size < size) {
    stored(*input, false);
  } else if (is_dynamic) {
    dynamic_header(literal_count, offset_count, codegen_count);
    put_tokens(tokens, literal_codes_, offset_codes_);
  } else {
    bits(2, 3);
    put_tokens(tokens, fixed_literals_, fixed_offsets_);
  }
  tokens.pop_back();
}

void BlockWriter::stored(std::string_view input, bool last) {
  bits(last ? 1 : 0, 3);
  align();
  bits(static_cast<std::uint32_t>(input.size()), 16);
  bits(static_cast<std::uint32_t>(~input.size() & 0xffffU), 16);
  align();
  buffer_ += input;
  flush(false);
}

void BlockWriter::flush(bool all) {
  if (all) align();
  if (buffer_.empty() || (!all && buffer_.size() < 65536)) return;
  out_(buffer_);
  buffer_.clear();
}

void BlockWriter::bits(std::uint32_t value, unsigned count) {
  held_ |= std::uint64_t{value} << count_;
  count_ += count;
  while (count_ >= 8) {
    buffer_ += static_cast<char>(held_ & 0xffU);
    held_ >>= 8U;
    count_ -= 8;
  }
}

void BlockWriter::align() {
  if (count_ > 0) buffer_ += static_cast<char>(held_ & 0xffU);
  held_ = 0;
  count_ = 0;
}

std::pair<std::size_t, std::size_t> BlockWriter::index(const std::vector<std::uint32_t>& tokens) {
  std::fill(literal_frequencies_.begin(), literal_frequencies_.end(), 0);
  std::fill(offset_frequencies_.begin(), offset_frequencies_.end(), 0);
  for (const std::uint32_t token : tokens) {
    if (token < match_type) {
      ++literal_frequencies_[token];
      continue;
    }
    ++literal_frequencies_[length_codes_start + length_codes()[(token - match_type) >> length_shift]];
    ++offset_frequencies_[offset_codes()[token & offset_mask]];
  }
  std::size_t literal_count = literals, offset_count = offsets;
  while (literal_frequencies_[literal_count - 1] == 0) --literal_count;
  while (offset_count > 0 && offset_frequencies_[offset_count - 1] == 0) --offset_count;
  if (offset_count == 0) {
    offset_frequencies_[0] = 1;
    offset_count = 1;
  }
  literal_codes_.generate(literal_frequencies_, 15);
  offset_codes_.generate(offset_frequencies_, 15);
  return {literal_count, offset_count};
}

void BlockWriter::generate_codegen(std::size_t literal_count, std::size_t offset_count) {
  std::fill(codegen_frequencies_.begin(), codegen_frequencies_.end(), 0);
  std::vector<std::uint8_t> sizes;
  for (std::size_t i = 0; i < literal_count; ++i)
    sizes.push_back(static_cast<std::uint8_t>(literal_codes_[i].length));
  for (std::size_t i = 0; i < offset_count; ++i)
    sizes.push_back(static_cast<std::uint8_t>(offset_codes_[i].length));
  sizes.push_back(bad_code);
  codegen_.clear();
  const auto put = [&](std::uint8_t which) {
    codegen_.push_back(which);
    ++codegen_frequencies_[which];
  };
  std::uint8_t size = sizes[0];
  int count = 1;
  for (std::size_t i = 1; size != bad_code; ++i) {
    const std::uint8_t next = sizes[i];
    if (next == size) {
      ++count;
      continue;
    }
    if (size != 0) {
      put(size);
      --count;
      while (count >= 3) {
        const int n = std::min(6, count);
        put(16);
        codegen_.push_back(static_cast<std::uint8_t>(n - 3));
        count -= n;
      }
    } else {
      while (count >= 11) {
        const int n = std::min(138, count);
        put(18);
        codegen_.push_back(static_cast<std::uint8_t>(n - 11));
        count -= n;
      }
      if (count >= 3) {
        put(17);
        codegen_.push_back(static_cast<std::uint8_t>(count - 3));
        count = 0;
      }
    }
    for (; count > 0; --count) put(size);
    size = next;
    count = 1;
  }
  codegen_.push_back(bad_code);
}

void BlockWriter::dynamic_header(std::size_t literal_count, std::size_t offset_count,
                                 std::size_t codegen_count) {
  bits(4, 3);
  bits(static_cast<std::uint32_t>(literal_count - 257), 5);
  bits(static_cast<std::uint32_t>(offset_count - 1), 5);
  bits(static_cast<std::uint32_t>(codegen_count - 4), 4);
  for (std::size_t i = 0; i < codegen_count; ++i) bits(codegen_codes_[codegen_order[i]].length, 3);
  for (std::size_t i = 0; codegen_[i] != bad_code; ++i) {
    const std::uint8_t word = codegen_[i];
    code(codegen_codes_[word]);
    if (word == 16) bits(codegen_[++i], 2);
    if (word == 17) bits(codegen_[++i], 3);
    if (word == 18) bits(codegen_[++i], 7);
  }
}

void BlockWriter::put_tokens(const std::vector<std::uint32_t>& tokens, const Codes& literal,
                             const Codes& offset) {
  for (const std::uint32_t token : tokens) {
    if (token < match_type) {
      code(literal[token]);
      continue;
    }
    const std::uint32_t length = (token - match_type) >> length_shift;
    const std::uint8_t length_code = length_codes()[length];
    code(literal[length_codes_start + length_code]);
    if (length_extra[length_code] > 0)
      bits(length - length_base[length_code], static_cast<unsigned>(length_extra[length_code]));
    const std::uint32_t distance = token & offset_mask;
    const std::uint8_t offset_code = offset_codes()[distance];
    code(offset[offset_code]);
    if (offset_extra[offset_code] > 0)
      bits(distance - offset_base[offset_code], static_cast<unsigned>(offset_extra[offset_code]));
  }
  flush(false);
}

}  // namespace gostrap::flate
