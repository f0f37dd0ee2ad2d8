// A small Mach-O program, and the same as a signer leaves it.
#pragma once

#include <cstdint>
#include <string>

namespace gostrap::testing {

inline std::string little(std::uint64_t number, int bytes) {
  std::string text;
  for (; bytes > 0; --bytes, number >>= 8U) text += static_cast<char>(number & 0xffU);
  return text;
}

inline std::string big(std::uint32_t number) {
  const std::string text = little(number, 4);
  return {text.rbegin(), text.rend()};
}

/// A SuperBlob with one CodeDirectory of `size` bytes, filled up with zeros to `whole`.
inline std::string signature(std::uint32_t size = 100, std::size_t whole = 160) {
  std::string blob = big(0xfade0cc0) + big(20 + size) + big(1) + big(0) + big(20) + big(0xfade0c02) +
                     big(size) + std::string(size - 8, 'h');
  blob.resize(whole, '\0');
  return blob;
}

struct MachO {
  std::string code = std::string(64, 'c');
  std::string links = std::string(80, 'l');
  std::string blob;                 ///< what LC_CODE_SIGNATURE names; empty: there is none
  std::uint64_t memory_beyond = 0;  ///< by which __LINKEDIT is larger in memory than in the file

  std::string bytes() const {
    constexpr std::uint64_t text = 1024;
    const std::uint64_t linkedit = text + code.size();
    const std::uint64_t size = links.size() + blob.size();
    std::string commands = segment("__TEXT", 0, linkedit, linkedit) +
                           segment("__LINKEDIT", linkedit, size, size + memory_beyond);
    if (!blob.empty()) {
      commands +=
          little(0x1d, 4) + little(16, 4) + little(linkedit + links.size(), 4) + little(blob.size(), 4);
    }
    std::string program = "\xcf\xfa\xed\xfe" + little(0x01000007, 4) + little(3, 4) + little(2, 4) +
                          little(blob.empty() ? 2 : 3, 4) + little(commands.size(), 4) + little(0, 8) +
                          commands;
    program.resize(text, '\0');
    return program + code + links + blob;
  }

 private:
  static std::string segment(std::string name, std::uint64_t offset, std::uint64_t size,
                             std::uint64_t memory) {
    name.resize(16, '\0');
    return little(0x19, 4) + little(72, 4) + name + little(0x1000, 8) + little(memory, 8) +
           little(offset, 8) + little(size, 8) + little(0, 16);
  }
};

}  // namespace gostrap::testing
