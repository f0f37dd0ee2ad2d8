#include "bundle/signature.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using gostrap::testing::contains;
using gostrap::testing::error_of;

TEST_CASE("signature: its text reads back, and nothing else does") {
  const PrivateKey key = PrivateKey::generate();
  const std::string text = to_text(Signature{key.public_key(), key.sign("index")});
  const Signature again = parse_signature(text, "sig");
  CHECK(again.by.verifies("index", again.bytes));
  for (const std::string& bad : {std::string(), text + "x", text.substr(1), "rsa    " + text.substr(7),
                                 text.substr(0, 20) + "*" + text.substr(21)}) {
    CHECK(contains(error_of([&] { parse_signature(bad, "sig"); }), "it should be \"ed25519\""));
  }
}
