// The signature of a bundle, as it stands in it.
#pragma once

#include "support/keys.hpp"

#include <string>
#include <string_view>

namespace gostrap {

struct Signature {
  PublicKey by;
  std::string bytes;
};

/// "ed25519 KEY SIGNATURE\n", both in base64.
std::string to_text(const Signature& signature);
/// Throws Error when it is anything else; `name` stands in it.
Signature parse_signature(std::string_view text, const std::string& name);

}  // namespace gostrap
