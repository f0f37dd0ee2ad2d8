#include "tlog/checkpoint.hpp"

#include "archive/untrusted_name.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::string_view database_origin = "go.sum database tree";

}  // namespace

std::optional<std::uint64_t> log_number(std::string_view text, std::uint64_t limit) {
  const bool digits =
      !text.empty() && text.size() <= 19 &&
      std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
  if (!digits || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t number = 0;
  for (const char each : text) number = number * 10 + static_cast<std::uint64_t>(each - '0');
  return number < limit ? std::optional(number) : std::nullopt;
}

TreeHead parse_tree_head(std::string_view text, const LogKey& key, const std::string& what) {
  const std::string doing = "read the tree in " + what;
  std::array<std::string_view, 3> lines;
  for (std::string_view& line : lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) throw Error(doing, "it has not the three lines of one");
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (lines[0] != database_origin && lines[0] != key.name)
    throw Error(doing, "it is of " + in_quotes(lines[0]) + ", which is not the log " + key.name);
  const std::optional<std::uint64_t> size = log_number(lines[1], largest_tree);
  if (!size) throw Error(doing, in_quotes(lines[1]) + " is not the size of a tree");
  const std::optional<Digest> root = digest_in_base64(lines[2]);
  if (!root) throw Error(doing, in_quotes(lines[2]) + " is not the base64 of a SHA-256");
  const TreeHead head{*size, *root};
  if (head.size == 0 && head.root != sha256("")) throw Error(doing, "an empty tree has another root");
  return head;
}

std::string to_text(const TreeHead& head) {
  return std::string(database_origin) + "\n" + std::to_string(head.size) + "\n" +
         base64(bytes_of(head.root)) + "\n";
}

Checkpoint read_checkpoint(std::string_view note, const LogKey& key, const std::string& what) {
  const Note parsed = parse_note(note, what);
  require_signature(parsed, key, what);
  return {parse_tree_head(parsed.text, key, what), std::string(note)};
}

}  // namespace gostrap
