#include "program/memory.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::uint64_t longest_text = std::uint64_t{16} << 20U;

}  // namespace

std::optional<std::string> Memory::read(std::uint64_t address, std::uint64_t size) const {
  std::string result(size, '\0');
  bool any = size == 0;
  for (const MemoryPiece& piece : pieces_) {
    const std::uint64_t end = piece.address + piece.bytes.size();
    const std::uint64_t from = std::max(address, piece.address);
    const std::uint64_t to = std::min(address + size, end);
    if (end < piece.address || from >= to) continue;
    any = true;
    std::copy_n(piece.bytes.data() + (from - piece.address), to - from, result.data() + (from - address));
  }
  return any ? std::optional(result) : std::nullopt;
}

std::optional<std::string> Memory::text(std::uint64_t& address) const {
  std::uint64_t size = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    const std::optional<std::string> byte = read(address++, 1);
    if (!byte) return std::nullopt;
    size |= std::uint64_t{static_cast<unsigned char>(byte->front()) & 0x7fU} << shift;
    if ((static_cast<unsigned char>(byte->front()) & 0x80U) == 0) {
      if (size > longest_text) return std::nullopt;
      std::optional<std::string> result = read(address, size);
      address += size;
      return result;
    }
  }
  return std::nullopt;
}

}  // namespace gostrap
