#include "attest/trusted_keys.hpp"

#include "support/encoding.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string number(std::size_t value) {
  return {'\0', '\0', '\0', static_cast<char>(value)};
}
std::string ssh_line(const PublicKey& key) {
  const std::string kind = "ssh-ed25519";
  return kind + " " + base64(number(kind.size()) + kind + number(32) + key.raw());
}
Time at(const char* text) {
  return *parse_utc(text);
}

}  // namespace

TEST_CASE("a directory's keys are those of its .pub files and allowed signers, each once") {
  const Scratch scratch;
  const PublicKey alice = PrivateKey::generate().public_key(), bob = PrivateKey::generate().public_key();
  const PublicKey carol = PrivateKey::generate().public_key();
  scratch.file("keys/alice.pub", alice.pem());
  scratch.file("keys/bob.pub", ssh_line(bob) + " bob@example.org\n");
  scratch.file("keys/README", "x");
  scratch.file("keys/allowed_signers",
               "# ours\n\ncarol@example.org,c namespaces=\"file\" " + ssh_line(carol) +
                   "\nalice@example.org valid-before=\"20270101Z\" " + ssh_line(alice) +
                   "\nca cert-authority " + ssh_line(bob) + "\nold ssh-rsa AAAA\n");
  const std::vector<TrustedKey> keys = trusted_keys({scratch / "keys"});
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].name == "alice");
  CHECK(keys[0].before == at("2027-01-01T00:00:00Z"));
  CHECK(keys[1].name == "carol@example.org,c");
  CHECK(keys[2].name == "bob");
  CHECK(!keys[2].before);
  CHECK(trusted_keys({scratch / "keys/bob.pub"}).size() == 1);
  CHECK(contains(error_of([&] { trusted_keys({scratch.directory("none")}); }), "there is no Ed25519 key"));
}

TEST_CASE("two keys of one name are told apart") {
  const Scratch scratch;
  const PublicKey one = PrivateKey::generate().public_key(), two = PrivateKey::generate().public_key();
  scratch.file("allowed_signers", "x " + ssh_line(one) + "\nx " + ssh_line(two) + "\n");
  const std::vector<TrustedKey> keys = trusted_keys({scratch / "allowed_signers"});
  REQUIRE(keys.size() == 2);
  CHECK(keys[1].name == "x " + two.fingerprint());
}

TEST_CASE("a key named twice counts only when both let it") {
  const Scratch scratch;
  const PublicKey key = PrivateKey::generate().public_key();
  scratch.file("allowed_signers", "x valid-before=\"20280101Z\" " + ssh_line(key) +
                                      "\nx valid-after=\"20260101Z\",valid-before=\"20270101Z\" " +
                                      ssh_line(key) + "\n");
  const std::vector<TrustedKey> keys = trusted_keys({scratch / "allowed_signers"});
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].why_not(at("2026-06-01T00:00:00Z")).empty());
  CHECK(keys[0].why_not(at("2025-12-31T23:59:59Z")) == "the key counts only from 2026-01-01T00:00:00Z on");
  CHECK(keys[0].why_not(at("2027-01-01T00:00:00Z")) == "the key has expired on 2027-01-01T00:00:00Z");
}

TEST_CASE("a key that two places name has the end that either gives it") {
  const Scratch scratch;
  const PublicKey key = PrivateKey::generate().public_key();
  scratch.file("x.pub", key.pem());
  scratch.file("ours/allowed_signers", "y valid-before=\"20270101Z\" " + ssh_line(key) + "\n");
  const std::vector<TrustedKey> keys = trusted_keys({scratch / "x.pub", scratch / "ours"});
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].name == "x");
  CHECK(keys[0].before == at("2027-01-01T00:00:00Z"));
  CHECK(contains(error_of([&] { trusted_keys({scratch / "x.pub", scratch.directory("none")}); }), "none"));
}

TEST_CASE("a line of allowed signers of another shape is refused with its number") {
  const Scratch scratch;
  const std::string key = ssh_line(PrivateKey::generate().public_key());
  for (const std::string& bad : {std::string("alone"), key, "a b c " + key, "a valid-before=\"soon\" " + key,
                                 "a valid-before=\"20270231Z\" " + key, std::string("a ssh-ed25519 AAAA")}) {
    const std::string said =
        error_of([&] { keys_in_file(scratch.file("allowed_signers", "# x\n" + bad + "\n")); });
    CHECK_MESSAGE(contains(said, "allowed_signers:2"), bad);
  }
}

TEST_CASE("dates are those of ssh-keygen") {
  CHECK(parse_signer_date("20270101Z") == at("2027-01-01T00:00:00Z"));
  CHECK(parse_signer_date("202701011230Z") == at("2027-01-01T12:30:00Z"));
  CHECK(parse_signer_date("20270101123059Z") == at("2027-01-01T12:30:59Z"));
  CHECK(parse_signer_date("20270101"));
  for (const char* bad : {"", "Z", "2027", "20271301Z", "20270230Z", "2027010125Z", "202701012500Z",
                          "2027-01-01", "202701010060Z", "20270101Zz"}) {
    CHECK_MESSAGE(!parse_signer_date(bad), bad);
  }
}
