#include "release/audit.hpp"

#include "support/strings.hpp"
#include "support/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace gostrap {
namespace {

constexpr std::array results{
    Word{AuditedPin::Result::agrees, "agrees"},
    Word{AuditedPin::Result::differs, "differs"},
    Word{AuditedPin::Result::unknown, "unknown"},
};

/// Nix' base 32: 52 digits, the last one first, of an alphabet without e, o, t and u (libutil, hash.cc).
std::optional<Digest> digest_in_base32(std::string_view text) {
  constexpr std::string_view alphabet = "0123456789abcdfghijklmnpqrsvwxyz";
  if (text.size() != 52) return std::nullopt;
  Digest digest{};
  for (std::size_t n = 0; n < text.size(); ++n) {
    const std::size_t digit = alphabet.find(text[text.size() - n - 1]);
    if (digit == std::string_view::npos) return std::nullopt;
    const std::size_t bit = n * 5, byte = bit / 8, shift = bit % 8;
    digest.bytes[byte] = static_cast<std::uint8_t>(digest.bytes[byte] | (digit << shift));
    const std::size_t rest = digit >> (8 - shift);
    if (byte + 1 < digest.bytes.size()) {
      digest.bytes[byte + 1] = static_cast<std::uint8_t>(digest.bytes[byte + 1] | rest);
    } else if (rest != 0) {
      return std::nullopt;
    }
  }
  return digest;
}

std::optional<Digest> digest_in(std::string_view word) {
  if (const auto digest = digest_in_hex(word)) return digest;
  if (const auto digest = digest_in_sri(word)) return digest;
  return digest_in_base32(word);
}

/// Every hash that is ours, and whose.
std::map<Digest, std::string> files_by_hash(const Releases& releases) {
  std::map<Digest, std::string> files;
  for (const Release& release : releases.all()) {
    for (const auto& [file, digest] : release.archives) files.emplace(digest, file);
    if (release.source_archive) files.emplace(*release.source_archive, release.name() + ".src.tar.gz");
    if (release.source) files.emplace(*release.source, release.name() + " (NAR hash of its source)");
  }
  return files;
}

std::optional<Digest> hash_of_file(const std::string& file, const Releases& releases) {
  const std::optional<Version> version = version_of_file(file);
  const Release* const release = version ? releases.find(*version) : nullptr;
  if (release == nullptr) return std::nullopt;
  const auto there = release->archives.find(file);
  if (there != release->archives.end()) return there->second;
  return file == release->name() + ".src.tar.gz" ? release->source_archive : std::nullopt;
}

bool is_installer(std::string_view file) {
  return file.ends_with(".msi") || file.ends_with(".pkg");
}

bool is_file_name(std::string_view word) {
  return version_of_file(word) && (word.ends_with(".tar.gz") || word.ends_with(".zip") || is_installer(word));
}

class Audit {
 public:
  explicit Audit(const Releases& releases) : releases_(releases), files_(files_by_hash(releases)) {}

  void read(std::string_view word, std::size_t line) {
    // what follows the last '/' of a URL
    const std::string_view name = word.substr(word.rfind('/') + 1);
    if (const auto digest = digest_in(word)) {
      add(*digest, line);
    } else if (is_file_name(name)) {
      file_ = name;
    } else if (const auto version = parse_version(word)) {
      version_ = version;
    }
  }

  std::vector<AuditedPin> pins;

 private:
  void add(const Digest& digest, std::size_t line) {
    AuditedPin pin{line, file_, digest, std::nullopt, AuditedPin::Result::unknown};
    const std::optional<Version> version = std::exchange(version_, std::nullopt);
    file_.clear();
    if (const auto ours = files_.find(digest); ours != files_.end()) {
      pin.file = ours->second;
      pin.ours = digest;
      pin.result = AuditedPin::Result::agrees;
    } else {
      if (pin.file.empty() && version) pin.file = "go" + version->text() + ".src.tar.gz";
      if (pin.file.empty() || is_installer(pin.file)) return;
      pin.ours = hash_of_file(pin.file, releases_);
      if (pin.ours) pin.result = AuditedPin::Result::differs;
    }
    pins.push_back(std::move(pin));
  }

  const Releases& releases_;
  std::map<Digest, std::string> files_;
  std::string file_;
  std::optional<Version> version_;
};

}  // namespace

std::string text(AuditedPin::Result result) {
  return word_of(results, result);
}

std::vector<AuditedPin> audited_pins(std::string_view text, const Releases& releases) {
  Audit audit(releases);
  std::size_t line = 0;
  for (const std::string_view each : lines_of(text)) {
    ++line;
    // '+', '/', '-' and '=' are digits of SRI; Nix writes "sha256:" before base 32
    for (const std::string_view word : split(each, " \t\r\"'`,;(){}[]<>:|$")) audit.read(word, line);
  }
  return audit.pins;
}

}  // namespace gostrap
