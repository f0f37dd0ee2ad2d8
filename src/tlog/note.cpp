#include "tlog/note.hpp"

#include "archive/untrusted_name.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <optional>

namespace gostrap {
namespace {

constexpr char ed25519 = 1;  // the algorithm's number, before the bytes of a key
constexpr std::size_t most_signatures = 100;
constexpr std::string_view signature_start = "\xe2\x80\x94 ";  // an em dash and a space

std::uint32_t number_of(std::string_view four) {
  std::uint32_t number = 0;
  for (const char each : four.substr(0, 4)) number = number << 8U | static_cast<unsigned char>(each);
  return number;
}

std::string bytes_of_number(std::uint32_t number) {
  std::string four;
  for (unsigned shift = 32; shift != 0; shift -= 8) four += static_cast<char>(number >> (shift - 8));
  return four;
}

std::string hex_of(std::uint32_t number) {
  return hex(bytes_of_number(number));
}

bool is_space(std::uint32_t point) {
  return (point >= 0x09 && point <= 0x0d) || point == 0x20 || point == 0x85 || point == 0xa0 ||
         point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
         point == 0x202f || point == 0x205f || point == 0x3000;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char each) { return static_cast<unsigned char>(each) < 0x20 && each != '\n'; });
}

std::optional<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(signature_start)) return std::nullopt;
  line.remove_prefix(signature_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const std::optional<std::string> bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, space)), number_of(*bytes), bytes->substr(4)};
}

}  // namespace

void require_log_file_size(std::string_view text, const std::string& doing) {
  if (text.size() > longest_log_file)
    throw Error(doing, "it is longer than " + std::to_string(longest_log_file) + " bytes");
}

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name) || name.find('+') != std::string_view::npos) return false;
  while (!name.empty()) {
    const CodePoint point = first_code_point(name);
    if (is_space(point.value)) return false;
    name.remove_prefix(point.size);
  }
  return true;
}

std::string LogKey::short_text() const {
  return name + "+" + hex_of(id);
}

std::string LogKey::text() const {
  return short_text() + "+" + base64(ed25519 + raw);
}

LogKey log_key_of(const std::string& name, const PublicKey& key) {
  return {name, number_of(bytes_of(sha256(name + "\n" + ed25519 + key.raw()))), key.raw()};
}

LogKey parse_log_key(std::string_view text) {
  const std::string doing = "use the key of a log " + in_quotes(text);
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos)
    throw Error(doing, "it has not the form NAME+HASH+KEY", "Such as " + std::string(sum_golang_org));
  const std::string name(text.substr(0, first));
  const std::string_view hash = text.substr(first + 1, second - first - 1);
  const std::optional<std::string> bytes = from_base64(text.substr(second + 1));
  if (!is_key_name(name)) throw Error(doing, "its name is empty, or has a space in it");
  if (!is_hex(hash, 8)) throw Error(doing, "its hash is no eight hexadecimal digits");
  if (!bytes || bytes->empty()) throw Error(doing, "its key is no base64");
  if (bytes->front() != ed25519) throw Error(doing, "it is no Ed25519 key, and no other algorithm is known");
  if (bytes->size() != 33) throw Error(doing, "an Ed25519 key has 32 bytes, and this has not");
  LogKey key = log_key_of(name, PublicKey(bytes->substr(1)));
  if (hex_of(key.id) != hash)
    throw Error(doing, "its hash should be " + hex_of(key.id) + ", if the rest is right");
  return key;
}

Note parse_note(std::string_view text, const std::string& what) {
  const std::string doing = "read the signed note in " + what;
  require_log_file_size(text, doing);
  if (!is_utf8(text) || has_control(text)) throw Error(doing, "it is no plain text of UTF-8");
  const std::size_t gap = text.rfind("\n\n");
  if (gap == std::string_view::npos) throw Error(doing, "no empty line stands before its signatures");
  const std::string_view lines = text.substr(gap + 2);
  if (lines.empty()) throw Error(doing, "it has no signature");
  if (lines.back() != '\n') throw Error(doing, "its last line has no end");
  Note note{std::string(text.substr(0, gap + 1)), {}};
  for (const std::string_view line : lines_of(lines)) {
    std::optional<NoteSignature> signature = parse_line(line);
    if (!signature) throw Error(doing, in_quotes(line) + " is no line of a signature");
    if (note.signatures.size() == most_signatures)
      throw Error(doing, "it has more than " + std::to_string(most_signatures) + " signatures");
    note.signatures.push_back(std::move(*signature));
  }
  return note;
}

std::string signed_note(const std::string& text, const LogKey& as, const PrivateKey& key) {
  return text + "\n" + std::string(signature_start) + as.name + " " +
         base64(bytes_of_number(as.id) + key.sign(text)) + "\n";
}

void require_signature(const Note& note, const LogKey& key, const std::string& what) {
  const std::string doing = "believe the signed note in " + what;
  std::string others;
  for (const NoteSignature& each : note.signatures) {
    if (each.name == key.name && each.id == key.id) {
      if (PublicKey(key.raw).verifies(note.text, each.bytes)) return;
      throw Error(doing, "its signature by " + key.short_text() + " is not one of this text");
    }
    append(others, ", ", each.name + "+" + hex_of(each.id));
  }
  throw Error(doing, "it is signed by " + others + ", and not by " + key.short_text(),
              "Where another log is meant: --log-key KEY.");
}

}  // namespace gostrap
