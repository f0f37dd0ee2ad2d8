#include "program/find_build_info.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <cstdint>
#include <string_view>

namespace gostrap {
namespace {

constexpr std::string_view magic = "\xff Go buildinf:";
constexpr std::uint64_t info_header_size = 32;
constexpr const char* there_is_none = "it has no build information of Go";
constexpr const char* damaged = "its build information is damaged";

std::optional<std::uint64_t> find_header(const std::vector<MemoryPiece>& data) {
  for (const MemoryPiece& piece : data) {
    check_interrupt();
    for (std::size_t at = piece.bytes.find(magic); at != std::string_view::npos;
         at = piece.bytes.find(magic, at + 1)) {
      if ((piece.address + at) % 16 == 0) return piece.address + at;
    }
  }
  return std::nullopt;
}

std::optional<BuildInfo> parsed(std::string_view text, std::string& why) {
  try {
    return parse_build_info(text);
  } catch (const Error& error) {
    why = std::string(damaged) + ": " + error.why();
    return std::nullopt;
  }
}

}  // namespace

std::optional<BuildInfo> find_build_info(const std::vector<MemoryPiece>& data, std::string& why) {
  const std::optional<std::uint64_t> header = find_header(data);
  if (!header) {
    why = there_is_none;
    return std::nullopt;
  }
  const Memory memory(data);
  const std::optional<std::string> flags =
      memory.read(*header + magic.size(), info_header_size - magic.size());
  if (!flags || ((*flags)[1] & 2) == 0) {
    why = "its build information is in the form of Go 1.17 and before, which is not read";
    return std::nullopt;
  }
  std::uint64_t address = *header + info_header_size;
  const std::optional<std::string> version = memory.text(address);
  const std::optional<std::string> module = version ? memory.text(address) : std::nullopt;
  if (!version || !module) {
    why = damaged;
    return std::nullopt;
  }
  std::optional<BuildInfo> info = parsed(without_marks(*module).value_or(""), why);
  if (info) info->go_version = *version;
  return info;
}

std::optional<BuildInfo> find_marked_build_info(const std::vector<MemoryPiece>& data, std::string& why) {
  for (const MemoryPiece& piece : data) {
    if (const std::optional<std::string> marked = find_marked(piece.bytes)) return parsed(*marked, why);
  }
  why = there_is_none;
  return std::nullopt;
}

}  // namespace gostrap
