#include "support/ed25519.hpp"

#include "support/encoding.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gostrap;

namespace {

std::string bytes(const std::string& hex) {
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return text;
}

}  // namespace

TEST_CASE("the second test vector of RFC 8032 holds, and nothing else does") {
  const std::string key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const std::string signature = bytes(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(ed25519_verifies(key, "\x72", signature));
  CHECK_FALSE(ed25519_verifies(key, "\x73", signature));
  CHECK_FALSE(ed25519_verifies(key, "", signature));
  CHECK_FALSE(ed25519_verifies(key, "\x72", signature.substr(1)));
  CHECK_FALSE(ed25519_verifies(key, "\x72", ""));
  CHECK_FALSE(ed25519_verifies(key.substr(1), "\x72", signature));
}
