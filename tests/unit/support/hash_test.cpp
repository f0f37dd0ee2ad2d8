#include "support/hash.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string abc_hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string abc_sri = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

}  // namespace

TEST_CASE("SHA-256, spelled in hexadecimal and as SRI") {
  CHECK(hex(sha256("abc")) == abc_hex);
  CHECK(sri(sha256("abc")) == abc_sri);
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("pieces hash like the whole") {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  hash.update("bc", 2);
  CHECK(hex(hash.finish()) == abc_hex);
}

TEST_CASE("a file hashes like its content, however long it is") {
  const Scratch scratch;
  std::string long_text(1'000'003, 'x');
  long_text[300'000] = '\0';
  CHECK(sha256_file(scratch.file("short", "abc")) == sha256("abc"));
  CHECK(sha256_file(scratch.file("empty", "")) == sha256(""));
  CHECK(sha256_file(scratch.file("long", long_text)) == sha256(long_text));
}

TEST_CASE("a file that is not there is named") {
  const Scratch scratch;
  const std::string error = error_of([&] { sha256_file(scratch / "nothing"); });
  CHECK(contains(error, (scratch / "nothing").string()));
  CHECK(contains(error, "No such file"));
}

TEST_CASE("digest_in_hex takes 64 lower-case digits and nothing else") {
  CHECK(digest_in_hex(abc_hex) == sha256("abc"));
  CHECK_FALSE(digest_in_hex(""));
  CHECK_FALSE(digest_in_hex(abc_hex.substr(1)));
  CHECK_FALSE(digest_in_hex(abc_hex + "0"));
  CHECK_FALSE(digest_in_hex("BA" + abc_hex.substr(2)));
  CHECK_FALSE(digest_in_hex("g" + abc_hex.substr(1)));
  CHECK_FALSE(digest_in_hex(abc_hex.substr(1) + "\n"));
}

TEST_CASE("digest_in_sri takes what sri() writes and nothing else") {
  CHECK(digest_in_sri(abc_sri) == sha256("abc"));
  CHECK(digest_in_sri(sri(sha256(""))));
  const std::string base64 = abc_sri.substr(7);
  for (const std::string& bad : {
           std::string(),
           std::string("sha256-"),
           base64,
           "sha512-" + base64,
           "SHA256-" + base64,
           abc_sri + "=",
           abc_sri.substr(0, 50),                    // no padding
           "sha256-" + base64.substr(0, 42) + "==",  // 31 bytes
           "sha256-=" + base64.substr(1),            // padding at the front
           "sha256-" + base64.substr(0, 42) + "1=",  // bits beyond the last byte: not what an encoder writes
           "sha256-!" + base64.substr(1),
           "sha256- " + base64.substr(1),
           "sha256-" + base64.substr(0, 20) + "\n" + base64.substr(21),
       }) {
    CAPTURE(bad);
    CHECK_FALSE(digest_in_sri(bad));
  }
}
