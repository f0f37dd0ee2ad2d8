#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <charconv>
#include <vector>

namespace gostrap {
namespace {

constexpr std::string_view index_begin = "gostrap std 1\n";
constexpr std::string_view sum_word = "sha256 ";

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw Error("read " + file, why, "`gostrap verify` tells what else is wrong with it.");
}

/// The text without its last line, which must be its checksum.
std::string_view checked(std::string_view text, const std::string& file) {
  if (!text.starts_with(index_begin))
    refuse(file, "it is no index of a compiled std that this gostrap knows");
  const std::size_t end = text.size() < 2 ? 0 : text.rfind('\n', text.size() - 2) + 1;
  const std::string_view whole = text.substr(0, end);
  if (text.substr(end) != std::string(sum_word) + hex(sha256(whole)) + "\n") refuse(file, "it is damaged");
  return whole;
}

}  // namespace

std::string to_text(const SeedIndex& index) {
  std::string text(index_begin);
  for (const auto& [action, result] : index)
    text += hex(action) + " " + hex(result.output) + " " + std::to_string(result.size) + "\n";
  return text + std::string(sum_word) + hex(sha256(text)) + "\n";
}

SeedIndex read_results(std::string_view lines, const std::string& file) {
  SeedIndex index;
  for (const std::string_view line : lines_of(lines)) {
    const std::vector<std::string> words = split(line, " ").copied();
    const auto action = words.size() == 3 ? digest_in_hex(words[0]) : std::nullopt;
    const auto output = words.size() == 3 ? digest_in_hex(words[1]) : std::nullopt;
    SeedResult result;
    const bool has_size =
        action && output &&
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), result.size).ec == std::errc();
    if (!has_size) throw Error("read " + file, "the line \"" + std::string(line) + "\" is none of an index");
    result.output = *output;
    index.emplace_hint(index.end(), *action, result);
  }
  return index;
}

SeedIndex read_seed_index(std::string_view text, const std::string& file) {
  return read_results(checked(text, file).substr(index_begin.size()), file);
}

}  // namespace gostrap
