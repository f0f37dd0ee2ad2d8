// See src/compress/flate/deflate.go of Go 1.24; names are as there.
#include "support/deflate.hpp"

#include "support/deflate_blocks.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {
namespace {

using namespace flate;

constexpr int window_mask = window_size - 1;
constexpr int min_match_length = 4;
constexpr int max_match_length = 258;
constexpr std::size_t max_block_tokens = 1 << 14;
constexpr int hash_bits = 17;
constexpr int max_hash_offset = 1 << 24;
constexpr int far = std::numeric_limits<std::int32_t>::max();

// level 9
constexpr int good = 32;
constexpr int lazy = 258;
constexpr int nice_length = 258;
constexpr int chain = 4096;

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

  BlockWriter writer_;
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

GoGzip::GoGzip(std::function<void(std::string_view)> out) : out_(std::move(out)), deflate_(out_) {
  // best compression, of an unknown system
  constexpr std::string_view head("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10);
  out_(head);
}

void GoGzip::write(std::string_view bytes) {
  crc_ = static_cast<std::uint32_t>(
      crc32_z(crc_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
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
