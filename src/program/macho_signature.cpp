#include "program/macho_signature.hpp"

#include <cstdint>
#include <optional>

namespace gostrap {
namespace {

// <mach-o/loader.h>
constexpr std::size_t mach_header_size = 32;
constexpr std::uint32_t segment_64 = 0x19;
constexpr std::size_t segment_64_size = 72;
constexpr std::uint32_t code_signature = 0x1d;
constexpr std::size_t code_signature_size = 16;
// <kern/cs_blobs.h>
constexpr std::uint32_t embedded_signature = 0xfade0cc0;
constexpr std::size_t superblob_size = 12;
constexpr std::size_t blob_index_size = 8;
/// A signer rounds __LINKEDIT's size in memory up to pages.
constexpr std::uint64_t largest_page = std::uint64_t{16} << 10U;

template <class Number>
Number little(std::string_view bytes, std::size_t at) {
  Number number = 0;
  for (std::size_t i = sizeof(Number); i-- > 0;) {
    number = static_cast<Number>(number << 8U) | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

std::uint32_t big(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

template <class Number>
void put_little(std::string& bytes, std::size_t at, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bytes[at + i] = static_cast<char>(number >> 8U * i & 0xffU);
  }
}

/// Where the load commands are that matter.
struct Commands {
  std::size_t linkedit = 0;   ///< LC_SEGMENT_64 of __LINKEDIT; 0: there is none
  std::size_t signature = 0;  ///< LC_CODE_SIGNATURE, when it is the last one
};

/// Nothing when they do not lie in the file as they should.
std::optional<Commands> find_commands(std::string_view program) {
  if (program.size() < mach_header_size || !is_macho(program)) return std::nullopt;
  const std::uint32_t count = little<std::uint32_t>(program, 16);
  const std::size_t end = mach_header_size + little<std::uint32_t>(program, 20);
  if (end > program.size()) return std::nullopt;
  Commands commands;
  std::size_t at = mach_header_size;
  for (std::uint32_t number = 0; number < count; ++number) {
    if (at + 8 > end) return std::nullopt;
    const std::uint32_t kind = little<std::uint32_t>(program, at);
    const std::size_t size = little<std::uint32_t>(program, at + 4);
    if (size < 8 || size > end - at) return std::nullopt;
    const bool last = number + 1 == count;
    if (kind == segment_64 && size >= segment_64_size &&
        program.substr(at + 8, 16) == std::string_view("__LINKEDIT\0\0\0\0\0\0", 16)) {
      if (commands.linkedit != 0) return std::nullopt;
      commands.linkedit = at;
    }
    if (kind == code_signature) {
      if (!last || size != code_signature_size) return std::nullopt;
      commands.signature = at;
    }
    at += size;
  }
  if (at != end) return std::nullopt;
  return commands;
}

/// A SuperBlob whose parts lie in it, and zeros to the end.
bool is_signature(std::string_view bytes) {
  if (bytes.size() < superblob_size || big(bytes, 0) != embedded_signature) return false;
  const std::size_t length = big(bytes, 4);
  const std::size_t count = big(bytes, 8);
  if (length < superblob_size || length > bytes.size()) return false;
  if (count == 0 || count > (length - superblob_size) / blob_index_size) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t offset = big(bytes, superblob_size + i * blob_index_size + 4);
    if (offset < superblob_size + count * blob_index_size || offset + 8 > length) return false;
    const std::size_t size = big(bytes, offset + 4);
    if (size < 8 || size > length - offset) return false;
  }
  return bytes.find_first_not_of('\0', length) == std::string_view::npos;
}

}  // namespace

bool is_macho(std::string_view start) {
  return start.starts_with("\xcf\xfa\xed\xfe");
}

Unsigned without_signature(std::string program) {
  const std::optional<Commands> commands = find_commands(program);
  if (!commands || commands->signature == 0 || commands->linkedit == 0) return {std::move(program), false};
  const std::uint64_t start = little<std::uint32_t>(program, commands->signature + 8);
  const std::uint64_t size = little<std::uint32_t>(program, commands->signature + 12);
  const std::size_t linkedit = commands->linkedit;
  const std::uint64_t memory = little<std::uint64_t>(program, linkedit + 32);
  const std::uint64_t offset = little<std::uint64_t>(program, linkedit + 40);
  const std::uint64_t length = little<std::uint64_t>(program, linkedit + 48);
  const std::uint64_t end = program.size();
  const bool at_the_end = start + size == end && start >= offset && offset <= end && length == end - offset;
  const bool memory_fits = memory >= length && memory - length < largest_page;
  const bool after_commands = start >= mach_header_size + little<std::uint32_t>(program, 20);
  if (!at_the_end || !memory_fits || !after_commands) return {std::move(program), false};
  if (!is_signature(std::string_view(program).substr(start))) return {std::move(program), false};

  put_little<std::uint32_t>(program, 16, little<std::uint32_t>(program, 16) - 1);
  put_little<std::uint32_t>(program, 20,
                            little<std::uint32_t>(program, 20) - std::uint32_t{code_signature_size});
  program.replace(commands->signature, code_signature_size, code_signature_size, '\0');
  put_little<std::uint64_t>(program, linkedit + 32, start - offset);
  put_little<std::uint64_t>(program, linkedit + 48, start - offset);
  program.resize(start);
  return {std::move(program), true};
}

}  // namespace gostrap
