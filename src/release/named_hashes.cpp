#include "release/named_hashes.hpp"

#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace gostrap {
namespace {

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
  if (word.size() == 64) {  // Get-FileHash writes capitals
    std::string digits(word);
    for (char& each : digits) each = each >= 'A' && each <= 'F' ? static_cast<char>(each - 'A' + 'a') : each;
    return digest_in_hex(digits);
  }
  if (const auto digest = digest_in_sri(word)) return digest;
  return digest_in_base32(word);
}

bool is_package(std::string_view word) {
  constexpr std::array<std::string_view, 4> ends = {".tar.gz", ".zip", ".msi", ".pkg"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return word.ends_with(end); });
}

/// What stands for the names of files that are not Go's.
constexpr const char* somebody_elses = "?";

bool is_other_package(std::string_view name) {
  constexpr std::array<std::string_view, 4> ends = {".deb", ".rpm", ".tgz", ".tar.xz"};
  return is_package(name) ||
         std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// "linux-amd64": what names of files have for a port.
bool is_port(std::string_view word) {
  constexpr std::array<std::string_view, 11> systems = {"aix",   "darwin",  "dragonfly", "freebsd",
                                                        "linux", "illumos", "netbsd",    "openbsd",
                                                        "plan9", "solaris", "windows"};
  const std::size_t dash = word.find('-');
  if (dash == std::string_view::npos || dash + 1 == word.size()) return false;
  const bool plain =
      word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789", dash + 1) == std::string_view::npos;
  return plain && std::find(systems.begin(), systems.end(), word.substr(0, dash)) != systems.end();
}

/// A name or a hash, and the braces that it stands in.
struct Token {
  std::size_t line, group;
  std::string name;      ///< empty for a hash
  std::size_t hash = 0;  ///< which one, for a hash
  bool settled = false;
};

class Reader {
 public:
  void read(std::string_view text) {
    for (const std::string_view each : lines_of(text)) {
      ++line_;
      port_.clear();
      read_line(each);
    }
  }

  std::vector<NamedHash> hashes;
  std::vector<Token> tokens;

 private:
  void read_line(std::string_view text) {
    // '+', '/', '-' and '=' are digits of SRI; Nix writes "sha256:" before base 32, sha256sum -b '*' before a
    // name, editors three bytes before all
    constexpr std::string_view separators = " \t\r\"'`,;()[]<>:|$\\*#\xef\xbb\xbf";
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
      const char each = at < text.size() ? text[at] : ' ';
      const bool brace = each == '{' || each == '}';
      if (!brace && separators.find(each) == std::string_view::npos) continue;
      if (at > begin) word(text.substr(begin, at - begin));
      begin = at + 1;
      if (each == '{') groups_.push_back(++group_count_);
      if (each == '}' && groups_.size() > 1) groups_.pop_back();
    }
  }

  void word(std::string_view word) {
    if (!is_known(word)) {
      // an assignment; what SRI has at its end is none
      const std::size_t assigned = word.find('=');
      const bool has_value = assigned != std::string_view::npos && assigned + 1 < word.size();
      if (has_value && is_known(word.substr(assigned + 1))) word = word.substr(0, assigned);
    }
    before_ = word;
  }

  bool is_known(std::string_view word) {
    const std::string_view name = word.substr(word.rfind('/') + 1);  // what a URL ends with
    const std::string port = std::exchange(port_, {});
    if (const auto digest = digest_in(word)) {
      if (!port.empty()) add_name(port);
      const bool is_nar = before_ == "source" || before_ == "narHash";
      if (!is_nar) tokens.push_back({line_, groups_.back(), "", hashes.size()});
      hashes.push_back({line_, *digest, "", version_, is_nar});
    } else if (is_package(name) && version_of_file(name)) {
      add_name(std::string(name));
    } else if (is_package(name) && name.starts_with('.') && version_) {
      add_name("go" + version_->text() + std::string(name));
    } else if (is_other_package(name) && !name.starts_with('.') && name.find('=') == std::string_view::npos) {
      add_name(somebody_elses);
    } else if (is_port(word) && version_) {
      port_ = "go" + version_->text() + "." + std::string(word) +
              (word.starts_with("windows-") ? ".zip" : ".tar.gz");
    } else if (word == "=" || word == "=>") {
      port_ = port;
    } else if (const auto version = parse_version(word); version && version->major == 1) {
      version_ = version;
    } else {
      return false;
    }
    return true;
  }

  void add_name(std::string name) { tokens.push_back({line_, groups_.back(), std::move(name)}); }

  std::size_t line_ = 0, group_count_ = 0;
  std::vector<std::size_t> groups_{0};
  std::optional<Version> version_;
  std::string_view before_;
  std::string port_;  ///< the file of a port that has just been named: it counts where a hash follows at once
};

/// A line with one name and one hash says what is of what.
void settle_lines(Reader& reader) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Token*>> lines;
  for (Token& token : reader.tokens) lines[{token.line, token.group}].push_back(&token);
  for (auto& [line, there] : lines) {
    if (there.size() != 2 || there[0]->name.empty() == there[1]->name.empty()) continue;
    const Token& hash = there[0]->name.empty() ? *there[0] : *there[1];
    reader.hashes[hash.hash].file = there[0]->name + there[1]->name;
    for (Token* const each : there) each->settled = true;
  }
}

using Pairs = std::vector<std::pair<std::size_t, std::string>>;  // a hash, its file

/// Each hash with the name right before it; a name counts once.
template <class Iterator>
Pairs pairs(Iterator begin, Iterator end) {
  Pairs found;
  std::string name;
  for (; begin != end; ++begin) {
    const Token& token = **begin;
    if (!token.name.empty()) {
      name = token.name;
    } else if (!name.empty()) {
      found.emplace_back(token.hash, std::exchange(name, {}));
    }
  }
  return found;
}

int right_ones(const Pairs& pairs, const std::vector<NamedHash>& hashes, const KnownHash& known) {
  return static_cast<int>(std::count_if(pairs.begin(), pairs.end(), [&](const auto& each) {
    return known(each.second, hashes[each.first].digest);
  }));
}

void settle_group(const std::vector<const Token*>& group, std::vector<NamedHash>& hashes,
                  const KnownHash& known) {
  const Pairs forward = pairs(group.begin(), group.end());
  const Pairs backward = pairs(group.rbegin(), group.rend());
  const int of_forward = right_ones(forward, hashes, known),
            of_backward = right_ones(backward, hashes, known);
  const bool begins_with_hash = group.front()->name.empty();
  const bool is_backward = of_backward != of_forward ? of_backward > of_forward : begins_with_hash;
  for (const auto& [hash, file] : is_backward ? backward : forward) hashes[hash].file = file;
}

}  // namespace

std::vector<NamedHash> named_hashes(std::string_view text, const KnownHash& known) {
  Reader reader;
  reader.read(text);
  settle_lines(reader);
  std::map<std::size_t, std::vector<const Token*>> groups;
  for (const Token& token : reader.tokens) {
    if (!token.settled) groups[token.group].push_back(&token);
  }
  for (const auto& [number, group] : groups) settle_group(group, reader.hashes, known);
  std::erase_if(reader.hashes, [](const NamedHash& each) { return each.file == somebody_elses; });
  return std::move(reader.hashes);
}

}  // namespace gostrap
