// A program's memory, as far as its file holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct MemoryPiece {
  std::uint64_t address = 0;
  std::string_view bytes;
};

/// What lies at an address, though it may be spread over pieces with zeros between them (WebAssembly leaves
/// those out). The pieces stay where they are for as long as this is used.
class Memory {
 public:
  explicit Memory(const std::vector<MemoryPiece>& pieces) : pieces_(pieces) {}

  /// Exactly `size` bytes; nothing where none of them is in the file.
  std::optional<std::string> read(std::uint64_t address, std::uint64_t size) const;
  /// A text after its length, as Go writes it; `address` moves behind it. Nothing where there is none, or it
  /// says that it is very long.
  std::optional<std::string> text(std::uint64_t& address) const;

 private:
  const std::vector<MemoryPiece>& pieces_;
};

}  // namespace gostrap
