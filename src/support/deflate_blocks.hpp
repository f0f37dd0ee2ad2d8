// Blocks of the deflate format as Go chooses and writes them (huffman_bit_writer.go, token.go): see
// deflate.hpp.
#pragma once

#include "support/deflate_codes.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace gostrap::flate {

constexpr int window_size = 1 << 15;
constexpr int base_match_length = 3;

/// A literal is its byte; a match has this bit, its length less 3 from bit 22 on, and its offset less 1.
constexpr std::uint32_t match_type = 1U << 30U;
constexpr std::uint32_t length_shift = 22;
constexpr std::uint32_t offset_mask = (1U << length_shift) - 1;

class BlockWriter {
 public:
  explicit BlockWriter(std::function<void(std::string_view)> out) : out_(std::move(out)) {}

  /// `input` is what the tokens stand for; nothing where the window has moved on. The tokens are left as they
  /// were.
  void block(std::vector<std::uint32_t>& tokens, const std::string_view* input);
  /// A block of bytes as they are, 65,535 at most.
  void stored(std::string_view input, bool last);
  /// Hands out what was written: all of it, to the end of a byte, or what is enough to be worth it.
  void flush(bool all);

 private:
  void bits(std::uint32_t value, unsigned count);
  void code(const Code& code) { bits(code.bits, code.length); }
  void align();
  /// Counts symbols and makes codes of them; how many literals and offsets there are codes for.
  std::pair<std::size_t, std::size_t> index(const std::vector<std::uint32_t>& tokens);
  void generate_codegen(std::size_t literal_count, std::size_t offset_count);
  void dynamic_header(std::size_t literal_count, std::size_t offset_count, std::size_t codegen_count);
  void put_tokens(const std::vector<std::uint32_t>& tokens, const Codes& literal, const Codes& offset);

  static constexpr std::size_t codegens = 19;

  std::function<void(std::string_view)> out_;
  std::string buffer_;
  std::uint64_t held_ = 0;
  unsigned count_ = 0;
  std::vector<std::int32_t> literal_frequencies_ = std::vector<std::int32_t>(literals);
  std::vector<std::int32_t> offset_frequencies_ = std::vector<std::int32_t>(offsets);
  std::vector<std::int32_t> codegen_frequencies_ = std::vector<std::int32_t>(codegens);
  std::vector<std::uint8_t> codegen_;
  Codes literal_codes_{literals}, offset_codes_{offsets}, codegen_codes_{codegens};
  const Codes fixed_literals_ = Codes::fixed_literals(), fixed_offsets_ = Codes::fixed_offsets();
};

}  // namespace gostrap::flate
