// See src/compress/flate/{deflate,huffman_bit_writer,huffman_code,token}.go of Go 1.24; names are as there.
#include "support/deflate.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {
namespace {

constexpr int window_size = 1 << 15;
constexpr int window_mask = window_size - 1;
constexpr int base_match_length = 3;
constexpr int min_match_length = 4;
constexpr int max_match_length = 258;
constexpr std::size_t max_block_tokens = 1 << 14;
constexpr int max_stored = 65535;
constexpr int hash_bits = 17;
constexpr int max_hash_offset = 1 << 24;
constexpr int far = std::numeric_limits<std::int32_t>::max();

// level 9
constexpr int good = 32;
constexpr int lazy = 258;
constexpr int nice_length = 258;
constexpr int chain = 4096;

constexpr int literals = 286;
constexpr int offsets = 30;
constexpr int codegens = 19;
constexpr int length_codes_start = 257;
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

struct Code {
  std::uint16_t bits = 0, length = 0;
};

std::uint16_t reversed(std::uint32_t number, int length) {
  std::uint32_t result = 0;
  for (int i = 0; i < length; ++i)
    result |= ((number >> static_cast<unsigned>(i)) & 1U) << static_cast<unsigned>(length - 1 - i);
  return static_cast<std::uint16_t>(result);
}

struct Node {
  std::uint16_t literal = 0;
  std::int32_t frequency = 0;
};

class Encoder {
 public:
  explicit Encoder(std::size_t size) : codes(size) {}

  std::vector<Code> codes;

  std::int64_t bit_length(const std::vector<std::int32_t>& frequencies) const {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < frequencies.size(); ++i)
      total += std::int64_t{frequencies[i]} * codes[i].length;
    return total;
  }

  void generate(const std::vector<std::int32_t>& frequencies, int most_bits) {
    std::vector<Node> list;
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
      if (frequencies[i] != 0) {
        list.push_back({static_cast<std::uint16_t>(i), frequencies[i]});
      } else {
        codes[i].length = 0;
      }
    }
    if (list.size() <= 2) {
      for (std::size_t i = 0; i < list.size(); ++i)
        codes[list[i].literal] = {static_cast<std::uint16_t>(i), 1};
      return;
    }
    std::sort(list.begin(), list.end(), [](const Node& a, const Node& b) {
      return std::pair(a.frequency, a.literal) < std::pair(b.frequency, b.literal);
    });
    assign(bit_counts(list, most_bits), list);
  }

 private:
  struct Level {
    std::int32_t last = 0, next_char = 0, next_pair = 0, needed = 0;
  };

  /// How many codes there are of each length: a boundary package-merge.
  static std::vector<std::int32_t> bit_counts(std::vector<Node> list, int most_bits) {
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

  void assign(const std::vector<std::int32_t>& counts, std::vector<Node>& list) {
    std::uint32_t code = 0;
    auto end = list.end();
    for (std::size_t length = 0; length < counts.size(); ++length) {
      code <<= 1U;
      if (length == 0 || counts[length] == 0) continue;
      const auto begin = end - counts[length];
      std::sort(begin, end, [](const Node& a, const Node& b) { return a.literal < b.literal; });
      for (auto node = begin; node != end; ++node) {
        codes[node->literal] = {reversed(code, static_cast<int>(length)), static_cast<std::uint16_t>(length)};
        ++code;
      }
      end = begin;
    }
  }
};

Encoder fixed_literals() {
  Encoder encoder(literals);
  for (std::uint32_t each = 0; each < literals; ++each) {
    const auto [bits, size] = each < 144   ? std::pair(each + 48, 8)
                              : each < 256 ? std::pair(each + 400 - 144, 9)
                              : each < 280 ? std::pair(each - 256, 7)
                                           : std::pair(each + 192 - 280, 8);
    encoder.codes[each] = {reversed(bits, size), static_cast<std::uint16_t>(size)};
  }
  return encoder;
}

Encoder fixed_offsets() {
  Encoder encoder(offsets);
  for (std::uint32_t each = 0; each < offsets; ++each) encoder.codes[each] = {reversed(each, 5), 5};
  return encoder;
}

constexpr std::uint32_t length_shift = 22;
constexpr std::uint32_t offset_mask = (1U << length_shift) - 1;
constexpr std::uint32_t match_type = 1U << 30U;

class BitWriter {
 public:
  explicit BitWriter(std::function<void(std::string_view)> out) : out_(std::move(out)) {}

  /// `input` is what the tokens stand for; nothing where the window has moved on.
  void block(std::vector<std::uint32_t>& tokens, const std::string_view* input) {
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
    codegen_encoder_.generate(codegen_frequencies_, 7);
    std::size_t codegen_count = codegens;
    while (codegen_count > 4 && codegen_frequencies_[codegen_order[codegen_count - 1]] == 0) --codegen_count;
    const std::int64_t dynamic =
        3 + 5 + 5 + 4 + 3 * static_cast<std::int64_t>(codegen_count) +
        codegen_encoder_.bit_length(codegen_frequencies_) + std::int64_t{codegen_frequencies_[16]} * 2 +
        std::int64_t{codegen_frequencies_[17]} * 3 + std::int64_t{codegen_frequencies_[18]} * 7 +
        literal_encoder_.bit_length(literal_frequencies_) + offset_encoder_.bit_length(offset_frequencies_) +
        extra;
    const bool is_dynamic = dynamic < size;
    size = std::min(size, dynamic);
    if (storable && stored_size < size) {
      stored(*input, false);
    } else if (is_dynamic) {
      dynamic_header(literal_count, offset_count, codegen_count);
      put_tokens(tokens, literal_encoder_, offset_encoder_);
    } else {
      bits(2, 3);
      put_tokens(tokens, fixed_literals_, fixed_offsets_);
    }
    tokens.pop_back();
  }

  void stored(std::string_view input, bool last) {
    bits(last ? 1 : 0, 3);
    align();
    bits(static_cast<std::uint32_t>(input.size()), 16);
    bits(static_cast<std::uint32_t>(~input.size() & 0xffffU), 16);
    align();
    buffer_ += input;
    flush(false);
  }

  void flush(bool all) {
    if (all) align();
    if (buffer_.empty() || (!all && buffer_.size() < 65536)) return;
    out_(buffer_);
    buffer_.clear();
  }

 private:
  void bits(std::uint32_t value, unsigned count) {
    held_ |= std::uint64_t{value} << count_;
    count_ += count;
    while (count_ >= 8) {
      buffer_ += static_cast<char>(held_ & 0xffU);
      held_ >>= 8U;
      count_ -= 8;
    }
  }
  void code(const Code& code) { bits(code.bits, code.length); }
  void align() {
    if (count_ > 0) buffer_ += static_cast<char>(held_ & 0xffU);
    held_ = 0;
    count_ = 0;
  }

  std::pair<std::size_t, std::size_t> index(const std::vector<std::uint32_t>& tokens) {
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
    literal_encoder_.generate(literal_frequencies_, 15);
    offset_encoder_.generate(offset_frequencies_, 15);
    return {literal_count, offset_count};
  }

  void generate_codegen(std::size_t literal_count, std::size_t offset_count) {
    std::fill(codegen_frequencies_.begin(), codegen_frequencies_.end(), 0);
    std::vector<std::uint8_t> sizes;
    for (std::size_t i = 0; i < literal_count; ++i)
      sizes.push_back(static_cast<std::uint8_t>(literal_encoder_.codes[i].length));
    for (std::size_t i = 0; i < offset_count; ++i)
      sizes.push_back(static_cast<std::uint8_t>(offset_encoder_.codes[i].length));
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

  void dynamic_header(std::size_t literal_count, std::size_t offset_count, std::size_t codegen_count) {
    bits(4, 3);
    bits(static_cast<std::uint32_t>(literal_count - 257), 5);
    bits(static_cast<std::uint32_t>(offset_count - 1), 5);
    bits(static_cast<std::uint32_t>(codegen_count - 4), 4);
    for (std::size_t i = 0; i < codegen_count; ++i) bits(codegen_encoder_.codes[codegen_order[i]].length, 3);
    for (std::size_t i = 0; codegen_[i] != bad_code; ++i) {
      const std::uint8_t word = codegen_[i];
      code(codegen_encoder_.codes[word]);
      if (word == 16) bits(codegen_[++i], 2);
      if (word == 17) bits(codegen_[++i], 3);
      if (word == 18) bits(codegen_[++i], 7);
    }
  }

  void put_tokens(const std::vector<std::uint32_t>& tokens, const Encoder& literal, const Encoder& offset) {
    for (const std::uint32_t token : tokens) {
      if (token < match_type) {
        code(literal.codes[token]);
        continue;
      }
      const std::uint32_t length = (token - match_type) >> length_shift;
      const std::uint8_t length_code = length_codes()[length];
      code(literal.codes[length_codes_start + length_code]);
      if (length_extra[length_code] > 0)
        bits(length - length_base[length_code], static_cast<unsigned>(length_extra[length_code]));
      const std::uint32_t distance = token & offset_mask;
      const std::uint8_t offset_code = offset_codes()[distance];
      code(offset.codes[offset_code]);
      if (offset_extra[offset_code] > 0)
        bits(distance - offset_base[offset_code], static_cast<unsigned>(offset_extra[offset_code]));
    }
    flush(false);
  }

  std::function<void(std::string_view)> out_;
  std::string buffer_;
  std::uint64_t held_ = 0;
  unsigned count_ = 0;
  std::vector<std::int32_t> literal_frequencies_ = std::vector<std::int32_t>(literals);
  std::vector<std::int32_t> offset_frequencies_ = std::vector<std::int32_t>(offsets);
  std::vector<std::int32_t> codegen_frequencies_ = std::vector<std::int32_t>(codegens);
  std::vector<std::uint8_t> codegen_;
  Encoder literal_encoder_{literals}, offset_encoder_{offsets}, codegen_encoder_{codegens};
  const Encoder fixed_literals_ = fixed_literals(), fixed_offsets_ = fixed_offsets();
};

}  // namespace

class GoDeflate::State {
 public:
  explicit State(std::function<void(std::string_view)> out) : writer_(std::move(out)) {}

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      step();
      bytes.remove_prefix(fill(bytes));
    }
  }
  void finish() {
    sync_ = true;
    step();
    writer_.stored({}, true);
    writer_.flush(true);
  }

 private:
  std::size_t fill(std::string_view bytes) {
    if (index_ >= 2 * window_size - (min_match_length + max_match_length)) {
      std::memmove(window_.data(), window_.data() + window_size, window_size);
      index_ -= window_size;
      end_ -= window_size;
      block_start_ = block_start_ >= window_size ? block_start_ - window_size : far;
      hash_offset_ += window_size;
      if (hash_offset_ > max_hash_offset) {
        const int delta = hash_offset_ - 1;
        hash_offset_ -= delta;
        chain_head_ -= delta;
        for (auto* table : {&hash_prev_, &hash_head_}) {
          for (std::uint32_t& each : *table)
            each = static_cast<int>(each) > delta ? static_cast<std::uint32_t>(static_cast<int>(each) - delta)
                                                  : 0;
        }
      }
    }
    const std::size_t count = std::min(bytes.size(), window_.size() - static_cast<std::size_t>(end_));
    std::memcpy(window_.data() + end_, bytes.data(), count);
    end_ += static_cast<int>(count);
    return count;
  }

  std::uint32_t hash(int at) const {
    const unsigned char* const b = window_.data() + at;
    const std::uint32_t word = static_cast<std::uint32_t>(b[3]) | static_cast<std::uint32_t>(b[2]) << 8U |
                               static_cast<std::uint32_t>(b[1]) << 16U |
                               static_cast<std::uint32_t>(b[0]) << 24U;
    return (word * 0x1e35a7bdU) >> (32U - hash_bits);
  }
  static std::size_t masked(int at) { return static_cast<std::size_t>(at & window_mask); }

  /// Enters the string at `at` into the chains; what stood there before.
  std::uint32_t enter(int at) {
    std::uint32_t& head = hash_head_[hash(at)];
    const std::uint32_t before = head;
    hash_prev_[masked(at)] = before;
    head = static_cast<std::uint32_t>(at + hash_offset_);
    return before;
  }

  static int match_length(const unsigned char* a, const unsigned char* b, int most) {
    int n = 0;
    for (; n + 8 <= most; n += 8) {
      std::uint64_t left = 0, right = 0;
      std::memcpy(&left, a + n, 8);
      std::memcpy(&right, b + n, 8);
      if (left == right) continue;
      if constexpr (std::endian::native == std::endian::little) return n + std::countr_zero(left ^ right) / 8;
      break;
    }
    while (n < most && a[n] == b[n]) ++n;
    return n;
  }

  bool find_match(int pos, int head, int look, int& length, int& offset) const {
    const int most = std::min(max_match_length, look);
    const int nice = std::min(nice_length, most);
    const unsigned char* const window = window_.data();
    int tries = chain;
    length = min_match_length - 1;
    bool found = false;
    if (length >= good) tries >>= 2;
    unsigned char last = window[pos + length];
    const int least = pos - window_size;
    for (int i = head; tries > 0; --tries) {
      if (last == window[i + length]) {
        const int n = match_length(window + i, window + pos, most);
        if (n > length && (n > min_match_length || pos - i <= 4096)) {
          length = n;
          offset = pos - i;
          found = true;
          if (n >= nice) break;
          last = window[pos + n];
        }
      }
      if (i == least) break;
      i = static_cast<int>(hash_prev_[masked(i)]) - hash_offset_;
      if (i < least || i < 0) break;
    }
    return found;
  }

  void put_block(int index) {
    if (index <= 0) return tokens_.clear();
    const bool there = block_start_ <= index;
    const std::string_view input =
        there ? std::string_view(reinterpret_cast<const char*>(window_.data()) + block_start_,
                                 static_cast<std::size_t>(index - block_start_))
              : std::string_view();
    block_start_ = index;
    writer_.block(tokens_, there ? &input : nullptr);
    tokens_.clear();
  }

  void step() {
    if (end_ - index_ < min_match_length + max_match_length && !sync_) return;
    const int most_insert = end_ - (min_match_length - 1);
    while (true) {
      const int look = end_ - index_;
      if (look < min_match_length + max_match_length) {
        if (!sync_) return;
        if (look == 0) {
          if (available_) {
            tokens_.push_back(window_[static_cast<std::size_t>(index_ - 1)]);
            available_ = false;
          }
          if (!tokens_.empty()) put_block(index_);
          return;
        }
      }
      if (index_ < most_insert) chain_head_ = static_cast<int>(enter(index_));
      const int before_length = length_, before_offset = offset_;
      length_ = min_match_length - 1;
      offset_ = 0;
      const int least = std::max(0, index_ - window_size);
      if (chain_head_ - hash_offset_ >= least && look > before_length && before_length < lazy) {
        int length = 0, offset = 0;
        if (find_match(index_, chain_head_ - hash_offset_, look, length, offset)) {
          length_ = length;
          offset_ = offset;
        }
      }
      if (before_length >= min_match_length && length_ <= before_length) {
        tokens_.push_back(match_type +
                          (static_cast<std::uint32_t>(before_length - base_match_length) << length_shift) +
                          static_cast<std::uint32_t>(before_offset - 1));
        const int next = index_ + before_length - 1;
        for (++index_; index_ < next; ++index_) {
          if (index_ < most_insert) enter(index_);
        }
        available_ = false;
        length_ = min_match_length - 1;
        if (tokens_.size() == max_block_tokens) put_block(index_);
      } else {
        if (available_) {
          tokens_.push_back(window_[static_cast<std::size_t>(index_ - 1)]);
          if (tokens_.size() == max_block_tokens) put_block(index_);
        }
        ++index_;
        available_ = true;
      }
    }
  }

  BitWriter writer_;
  std::vector<unsigned char> window_ = std::vector<unsigned char>(std::size_t{2} * window_size);
  std::vector<std::uint32_t> hash_head_ = std::vector<std::uint32_t>(std::size_t{1} << hash_bits);
  std::vector<std::uint32_t> hash_prev_ = std::vector<std::uint32_t>(window_size);
  std::vector<std::uint32_t> tokens_;
  int chain_head_ = -1, hash_offset_ = 1;
  int index_ = 0, end_ = 0, block_start_ = 0;
  int length_ = min_match_length - 1, offset_ = 0;
  bool available_ = false, sync_ = false;
};

GoDeflate::GoDeflate(std::function<void(std::string_view)> out)
    : state_(std::make_unique<State>(std::move(out))) {}
GoDeflate::~GoDeflate() = default;
void GoDeflate::write(std::string_view bytes) {
  state_->write(bytes);
}
void GoDeflate::finish() {
  state_->finish();
}

namespace {

std::uint32_t crc_of(std::uint32_t crc, std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < made.size(); ++i) {
      std::uint32_t word = i;
      for (int bit = 0; bit < 8; ++bit) word = (word & 1U) != 0 ? (word >> 1U) ^ 0xedb88320U : word >> 1U;
      made[i] = word;
    }
    return made;
  }();
  crc = ~crc;
  for (const char each : bytes) crc = table[(crc ^ static_cast<unsigned char>(each)) & 0xffU] ^ (crc >> 8U);
  return ~crc;
}

}  // namespace

GoGzip::GoGzip(std::function<void(std::string_view)> out) : out_(std::move(out)), deflate_(out_) {
  // best compression, of an unknown system
  constexpr std::string_view head("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10);
  out_(head);
}

void GoGzip::write(std::string_view bytes) {
  crc_ = crc_of(crc_, bytes);
  size_ += static_cast<std::uint32_t>(bytes.size());
  deflate_.write(bytes);
}

void GoGzip::finish() {
  deflate_.finish();
  std::string end;
  for (const std::uint32_t word : {crc_, size_}) {
    for (unsigned shift = 0; shift < 32; shift += 8) end += static_cast<char>((word >> shift) & 0xffU);
  }
  out_(end);
}

}  // namespace gostrap
