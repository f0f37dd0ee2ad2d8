// Huffman codes as Go makes them (huffman_code.go), ties and all: see deflate.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gostrap::flate {

constexpr std::size_t literals = 286;
constexpr std::size_t offsets = 30;

struct Code {
  std::uint16_t bits = 0, length = 0;
};

class Codes {
 public:
  explicit Codes(std::size_t size) : codes_(size) {}

  const Code& operator[](std::size_t symbol) const { return codes_[symbol]; }
  /// What symbols of these frequencies take.
  std::int64_t bit_length(const std::vector<std::int32_t>& frequencies) const;
  /// The codes for these frequencies, none of them longer than `most_bits`.
  void generate(const std::vector<std::int32_t>& frequencies, int most_bits);

  /// RFC 1951, 3.2.6
  static Codes fixed_literals();
  static Codes fixed_offsets();

 private:
  struct Node {
    std::uint16_t literal = 0;
    std::int32_t frequency = 0;
  };

  static std::vector<std::int32_t> bit_counts(std::vector<Node> list, int most_bits);
  void assign(const std::vector<std::int32_t>& counts, std::vector<Node>& list);

  std::vector<Code> codes_;
};

}  // namespace gostrap::flate
