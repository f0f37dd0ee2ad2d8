#include "support/openssh_key.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <cstddef>

namespace gostrap {
namespace {

constexpr std::string_view key_kind = "ssh-ed25519";
constexpr std::size_t raw_size = 32;

/// Numbers and strings one after the other. What ends too early is good() no longer, and all that is read is
/// empty from then on.
class Words {
 public:
  explicit Words(std::string_view rest) : rest_(rest) {}

  std::string_view bytes(std::size_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::size_t number() {
    std::size_t number = 0;
    for (const char each : bytes(4)) number = number * 256 + static_cast<unsigned char>(each);
    return number;
  }
  std::string_view string() { return bytes(number()); }
  bool good() const { return good_; }
  bool at_end() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::optional<std::string> key_in(std::string_view bytes) {
  Words words(bytes);
  const bool fits = words.string() == key_kind;
  const std::string_view key = words.string();
  if (!fits || !words.at_end() || key.size() != raw_size) return std::nullopt;
  return std::string(key);
}

[[noreturn]] void refuse(const std::string& name, const std::string& why, const std::string& next) {
  throw Error("read the private key " + name, why, next);
}

}  // namespace

std::optional<std::string> openssh_public_key(std::string_view text) {
  if (!text.starts_with(key_kind) || text.find('\n') < text.find_last_not_of("\r\n")) return std::nullopt;
  std::string_view rest = text.substr(key_kind.size());
  if (!rest.starts_with(' ')) return std::nullopt;
  rest.remove_prefix(1);
  const std::optional<std::string> bytes = from_base64(rest.substr(0, rest.find_first_of(" \t\r\n")));
  return bytes ? key_in(*bytes) : std::nullopt;
}

std::optional<OpensshPair> openssh_private_key(std::string_view text, const std::string& name) {
  constexpr std::string_view begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
  constexpr std::string_view end = "-----END OPENSSH PRIVATE KEY-----";
  constexpr std::string_view magic{"openssh-key-v1\0", 15};
  if (!text.starts_with(begin)) return std::nullopt;
  text = text.substr(begin.size(), text.find(end) - begin.size());
  std::string letters;
  for (const char each : text) {
    if (each != '\n' && each != '\r') letters += each;
  }
  const auto damaged = [&] { refuse(name, "it is damaged", "Make one: gostrap key FILE"); };
  const std::optional<std::string> bytes = from_base64(letters);
  if (!bytes) damaged();
  Words words(*bytes);
  if (words.bytes(magic.size()) != magic) damaged();
  const std::string_view cipher = words.string();
  words.string();  // how the password becomes a key, and with what
  words.string();
  const bool single = words.number() == 1;
  const std::optional<std::string> pub = key_in(words.string());
  const std::string_view inner = words.string();
  if (!words.good()) damaged();
  if (cipher != "none") {
    refuse(name, "it has a password, which nobody here asks for",
           "A copy without one: cp " + name + " COPY && ssh-keygen -p -N '' -f COPY");
  }
  if (!single || !pub) refuse(name, "it is no Ed25519 key", "Make one: gostrap key FILE");
  Words own(inner);
  const std::size_t check = own.number();
  const bool same = own.number() == check && own.string() == key_kind && own.string() == *pub;
  const std::string_view both = own.string();  // what the key is made from, and the public key again
  if (!same || !own.good() || both.size() != 2 * raw_size || both.substr(raw_size) != *pub) damaged();
  return OpensshPair{std::string(both.substr(0, raw_size)), *pub};
}

}  // namespace gostrap
