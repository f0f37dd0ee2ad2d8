#include "bundle/signature.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"

namespace gostrap {

std::string to_text(const Signature& signature) {
  return "ed25519 " + base64(signature.by.raw()) + " " + base64(signature.bytes) + "\n";
}

Signature parse_signature(std::string_view text, const std::string& name) {
  // 44 and 88 characters of base64
  const bool shaped = text.size() == 8 + 44 + 1 + 88 + 1 && text.starts_with("ed25519 ") &&
                      text[8 + 44] == ' ' && text.back() == '\n';
  const auto key = shaped ? from_base64(text.substr(8, 44)) : std::nullopt;
  const auto bytes = shaped ? from_base64(text.substr(8 + 45, 88)) : std::nullopt;
  if (!key || !bytes || key->size() != 32 || bytes->size() != 64) {
    throw Error("read " + name, "it should be \"ed25519\", a key and a signature in base64");
  }
  return {PublicKey(*key), *bytes};
}

}  // namespace gostrap
