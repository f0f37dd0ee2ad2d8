#include "support/keys.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using gostrap::testing::contains;
using gostrap::testing::error_of;
using gostrap::testing::Scratch;

namespace {

std::string from_hex(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes += static_cast<char>(std::stoul(text.substr(i, 2), nullptr, 16));
  return bytes;
}

}  // namespace

TEST_CASE("a signature is verified as RFC 8032's second test vector has it") {
  const PublicKey key(from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
  const std::string signature = from_hex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(key.verifies("\x72", signature));
  CHECK_FALSE(key.verifies("\x73", signature));
  CHECK_FALSE(key.verifies("\x72", signature.substr(1)));
  CHECK_FALSE(key.verifies("\x72", ""));
}

TEST_CASE("a pair of keys signs, verifies and survives its files") {
  const Scratch scratch;
  const PrivateKey made = PrivateKey::generate();
  made.write(scratch / "key");
  struct stat status = {};
  REQUIRE(::stat((scratch / "key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600);
  const PrivateKey key = PrivateKey::read(scratch / "key");
  const PublicKey pub = PublicKey::read(scratch / "key.pub");
  CHECK(pub == made.public_key());
  CHECK(pub.verifies("text", key.sign("text")));
  CHECK(pub.fingerprint().starts_with("SHA256:"));
  CHECK(contains(error_of([&] { made.write(scratch / "key"); }), "is there already"));
  CHECK(contains(error_of([&] { PublicKey::read(scratch / "key"); }), "it is a private key"));
  CHECK(contains(error_of([&] { PrivateKey::read(scratch.file("open", "x")); }), "others than its owner"));
}

TEST_CASE("a public key as in-toto's Rust library writes it is read, and what only looks like one is not") {
  const Scratch scratch;
  const std::string begin = "-----BEGIN PUBLIC KEY-----\n", end = "\n-----END PUBLIC KEY-----\n";
  const std::string key = "MCwwBwYDK2VwBQADIQBLNcEcgErQ1rZz9oIkUnzc3fPuqJEALr22rNbrBK7iqQ==";
  const PublicKey read = PublicKey::read(scratch.file("a.pub", begin + key + end));
  CHECK(read.raw().substr(0, 4) == "\x4b\x35\xc1\x1c");
  for (const std::string& bad :
       {begin + "MCwwBwYDK2VxBQADIQBLNcEcgErQ1rZz9oIkUnzc3fPuqJEALr22rNbrBK7iqQ==" + end,
        begin + key.substr(0, 60) + end, begin + end, std::string("PUBLIC KEY")}) {
    CHECK(contains(error_of([&] { PublicKey::read(scratch.file("b.pub", bad)); }),
                   "it is no Ed25519 public key"));
  }
}
