#include "attest/trusted_keys.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/openssh_key.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

namespace gostrap {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_keys_file = 1U << 20U;

/// The words of a line, where quotes keep spaces and commas together.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false, begun = false;
  for (const char each : line) {
    if (each == '"') inside = !inside;
    if (!inside && (each == ' ' || each == '\t')) {
      begun = false;
      continue;
    }
    if (!begun) words.emplace_back();
    begun = true;
    words.back() += each;
  }
  return words;
}

/// Of `valid-before="20270101"` in options, the date's text.
std::optional<std::string> option_in(const std::string& options, const std::string& name) {
  for (std::size_t at = options.find(name + "=\""); at != std::string::npos;
       at = options.find(name + "=\"", at + 1)) {
    if (at != 0 && options[at - 1] != ',') continue;
    const std::size_t begin = at + name.size() + 2;
    return options.substr(begin, options.find('"', begin) - begin);
  }
  return std::nullopt;
}

class AllowedSigners {
 public:
  explicit AllowedSigners(std::string file) : file_(std::move(file)) {}

  void add(std::string_view line, std::size_t number) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return;
    const auto is_kind = [](const std::string& word) {
      return word.starts_with("ssh-") || word.starts_with("ecdsa-") || word.starts_with("sk-");
    };
    const auto kind = std::find_if(words.begin(), words.end(), is_kind);
    const auto before = kind - words.begin();
    if (kind == words.end() || words.end() - kind < 2 || before < 1 || before > 2)
      refuse(number, "it should have principals, options or none, the kind of a key, and the key");
    if (*kind != "ssh-ed25519") return;
    const std::string options = before == 2 ? words[1] : "";
    // the key of an authority signs keys, not statements
    if (options == "cert-authority" || options.starts_with("cert-authority,") ||
        options.find(",cert-authority") != std::string::npos)
      return;
    const auto raw = openssh_public_key(*kind + " " + kind[1]);
    if (!raw) refuse(number, "what should be a key of Ed25519 is none");
    keys.push_back({words[0], PublicKey(*raw), date(options, "valid-after", number),
                    date(options, "valid-before", number)});
  }

  std::vector<TrustedKey> keys;

 private:
  std::optional<Time> date(const std::string& options, const std::string& name, std::size_t line) const {
    const std::optional<std::string> text = option_in(options, name);
    if (!text) return std::nullopt;
    const std::optional<Time> time = parse_signer_date(*text);
    if (!time) refuse(line, name + " is no date such as 20270101 or 20270101120000Z");
    return time;
  }

  [[noreturn]] void refuse(std::size_t line, const std::string& why) const {
    throw Error("read " + file_ + ":" + std::to_string(line), why,
                "A line is as ssh-keygen's allowed signers: NAME valid-before=\"20270101Z\" ssh-ed25519 KEY");
  }

  std::string file_;
};

std::vector<fs::path> key_files_at(const fs::path& place) {
  if (!fs::is_directory(place)) return {place};
  std::vector<fs::path> files;
  for (const auto& each : fs::directory_iterator(place)) {
    const fs::path& file = each.path();
    if (file.extension() == ".pub" || file.filename() == "allowed_signers") files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Named twice, a key counts when both let it; of two keys with one name the second is told by its
/// fingerprint.
void add(std::vector<TrustedKey>& keys, TrustedKey key) {
  const auto known =
      std::find_if(keys.begin(), keys.end(), [&](const TrustedKey& other) { return other.key == key.key; });
  if (known != keys.end()) {
    if (key.after && (!known->after || *key.after > *known->after)) known->after = key.after;
    if (key.before && (!known->before || *key.before < *known->before)) known->before = key.before;
    return;
  }
  const auto namesake = [&](const TrustedKey& other) { return other.name == key.name; };
  if (std::any_of(keys.begin(), keys.end(), namesake)) key.name += " " + key.key.fingerprint();
  keys.push_back(std::move(key));
}

}  // namespace

std::optional<Time> parse_signer_date(std::string_view text) {
  const bool utc = text.ends_with('Z');
  if (utc) text.remove_suffix(1);
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || (text.size() != 8 && text.size() != 12 && text.size() != 14)) return std::nullopt;
  std::tm parts = {};
  const auto number = [&](std::size_t at, std::size_t size) {
    return at < text.size() ? std::stoi(std::string(text.substr(at, size))) : 0;
  };
  const std::tm asked = {.tm_sec = number(12, 2),
                         .tm_min = number(10, 2),
                         .tm_hour = number(8, 2),
                         .tm_mday = number(6, 2),
                         .tm_mon = number(4, 2) - 1,
                         .tm_year = number(0, 4) - 1900,
                         .tm_wday = 0,
                         .tm_yday = 0,
                         .tm_isdst = -1};
  parts = asked;
  const std::time_t seconds = utc ? ::timegm(&parts) : std::mktime(&parts);
  // what is no day of a calendar comes back as another one
  if (parts.tm_mday != asked.tm_mday || parts.tm_mon != asked.tm_mon || parts.tm_year != asked.tm_year ||
      asked.tm_hour > 23 || asked.tm_min > 59 || asked.tm_sec > 59)
    return std::nullopt;
  return Time(std::chrono::seconds(seconds));
}

std::string TrustedKey::why_not(Time now) const {
  if (after && now < *after) return "the key counts only from " + utc_text(*after) + " on";
  if (before && now >= *before) return "the key has expired on " + utc_text(*before);
  return {};
}

std::vector<TrustedKey> read_signers(std::string_view text, const std::string& name) {
  AllowedSigners signers(name);
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) signers.add(line, ++number);
  return std::move(signers.keys);
}

std::vector<TrustedKey> keys_in_file(const fs::path& file) {
  if (file.extension() == ".pub") return {{file.stem().string(), PublicKey::read(file), {}, {}}};
  const std::string text = read_file(file, largest_keys_file);
  if (text.starts_with("-----BEGIN")) return {{file.filename().string(), PublicKey::read(file), {}, {}}};
  return read_signers(text, file.string());
}

std::vector<TrustedKey> trusted_keys(const std::vector<fs::path>& places) {
  std::vector<TrustedKey> keys;
  for (const fs::path& place : places) {
    bool any = false;
    for (const fs::path& file : key_files_at(place)) {
      for (TrustedKey& each : keys_in_file(file)) {
        any = true;
        add(keys, std::move(each));
      }
    }
    if (any) continue;
    throw Error("take keys from " + place.string(), "there is no Ed25519 key",
                "Name a .pub file, a file of allowed signers, or a directory of them.");
  }
  return keys;
}

}  // namespace gostrap
