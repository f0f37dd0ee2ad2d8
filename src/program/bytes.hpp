// Numbers and texts out of a file that may be anybody's: nothing is read outside of it.
#pragma once

#include "support/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gostrap {

class Bytes {
 public:
  Bytes(std::string_view bytes, std::string name, bool big_endian = false)
      : bytes_(bytes), name_(std::move(name)), big_endian_(big_endian) {}

  std::size_t size() const { return bytes_.size(); }
  const std::string& name() const { return name_; }
  [[noreturn]] void refuse(const std::string& why) const { throw Error("read the program " + name_, why); }

  bool holds(std::uint64_t offset, std::uint64_t size) const {
    return offset <= bytes_.size() && size <= bytes_.size() - offset;
  }
  std::string_view part(std::uint64_t offset, std::uint64_t size) const {
    if (!holds(offset, size)) refuse("it leads outside of itself");
    return bytes_.substr(offset, size);
  }
  std::uint64_t number(std::uint64_t offset, unsigned width) const {
    const std::string_view digits = part(offset, width);
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i) {
      const unsigned at = big_endian_ ? i : width - 1 - i;
      value = value << 8U | static_cast<unsigned char>(digits[at]);
    }
    return value;
  }
  std::uint16_t u16(std::uint64_t offset) const { return static_cast<std::uint16_t>(number(offset, 2)); }
  std::uint32_t u32(std::uint64_t offset) const { return static_cast<std::uint32_t>(number(offset, 4)); }
  std::uint64_t u64(std::uint64_t offset) const { return number(offset, 8); }
  /// Up to a zero byte, at most `most`.
  std::string text(std::uint64_t offset, std::size_t most) const {
    if (offset > bytes_.size()) refuse("it leads outside of itself");
    const std::string_view rest = bytes_.substr(offset, most);
    return std::string(rest.substr(0, rest.find('\0')));
  }
  /// A number of seven bits a byte, the lowest first (LEB128, and Go's varints); `offset` moves behind it.
  std::uint64_t leb128(std::uint64_t& offset) const {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const std::uint64_t byte = number(offset++, 1);
      value |= (byte & 0x7fU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    refuse("a number in it has no end");
  }

 private:
  std::string_view bytes_;
  std::string name_;
  bool big_endian_;
};

}  // namespace gostrap
