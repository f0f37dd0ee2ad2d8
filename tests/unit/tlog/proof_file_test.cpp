#include "tlog/proof_file.hpp"

#include "samples.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/inclusion.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// sum.golang.org's, as a public test of another verifier has it.
const std::string real_proof =
    "c2sp.org/tlog-proof@v1\nindex 43930254\n"
    "Q2cuq1e21q4UC1RQ6wtmXmCxk2q3Wqz/yFvD12P2KSM=\nVdgHwjNYSv9fZVxvYzn8kySGvrjqeCnzdJqJILieWf4=\n"
    "ARfBpZjsj3LSP42V4xBVdCKbHVa4WXSbuFAa0rUSCVQ=\n0VYgz0Vmgz6jOM8H6edZBWHtO6+R7tPvN4EOwwRRSws=\n"
    "vq+ifloynXE+ORFC1wymQT0cpNIJA1tqg2mQpA55+kc=\nSCRewH6vHE1/Vwkt5yEW8xT7il0WbWltXjFIVqlGtQQ=\n"
    "p//fIG8jgZie4MMwjHF7quCIJ4hErr7U4at0HV34MZQ=\nD3K5YdBlxQcklrgF8vSbDyT05J5/mA9lzuhhp72uSOk=\n"
    "jeYlYyH9FhYGwu+ZJmfPr8GvSNdgrydwqmJgHsygoR0=\np6RFgfGhu8Uuy0LyyZdI4MrSPOZkMe+ycwWJFfr8zTI=\n"
    "AMZsxrVKBPSe8nSNVVCTyTxWns0CiNbChG/FoiSJWuM=\ne+rtSmK5Pd1K5LgFwj7VSo5XJXOcq7OOcqPVZn1hqeM=\n"
    "expmv1e6XiGr5NMUjMRkSZijlcBx+fZcpqQmUnawhOY=\n+Wuic0YARH84k80/Q+KJIbhRCldxG8npjLFiHMLtEpo=\n"
    "NOMeJqlyUxFXUKYRI/1YqAF4WJBfXJr8UM/SlWGqxgY=\nLm6+TAlLb2lvUs/3unZ2t6RSmJw8RO+WuEuUbAw3QEc=\n"
    "Jhh2EDG15gDBoLmLiF88lVTgd+uvx3L0xczb8Y3kSq8=\ntaenaiKqtYMXS3gDzIF3q8VZzqAXqftHqL9BC39njaw=\n"
    "kZNKypGwEANnt1+msLINnqrIrwX+0MGZUTTKXTfbloI=\nA4NJSymjVJ5dvGPaGC3Gj04x8qVRKYfh0pP24mwd6Yk=\n"
    "KQq808D9W4NUgr4ip+rF/RCyAUERYKKCwKiiAJfaFOc=\nI3EVN3zM2rDjs5Q06Zr5gxhg+ksnX2h77E75uL+h3aI=\n"
    "7iNSYSDhMeRkeV7r9krKbKelNPiqDCJU1i6xAn/Fbuw=\nMYqdo6zSjxaAn+29EEjNRbPYm0myB3bheu+HTZIAbVY=\n"
    "S7olT9TPLXk+bbawbV3sAzWMmhcpWrtjbw++9ZTiyn8=\nxJ20xXM4QItt5vxFOtolZ5l18p7ej1+RimNkgWmoRFM=\n\n"
    "go.sum database tree\n58253265\nlIyLAEe4zJUQAda6pFFg3yPOf7j1SgfMEDrpgoX39JU=\n\n"
    "— sum.golang.org "
    "Az3grkvBHbFcpEFQ3BhGlktgB7pcswIW+ez91eWY6rNPtWfAey8bJO2rVoG2yO5zXvgiaikWVHqon+e14JhA+WXvpAY=\n";
const std::string real_record = record_of(
    "github.com/transparency-dev/tessera", "v1.0.0",
    "h1:4OT1V9xJLa5NnYlFWWlCdZkCm18/o12rdd+bCTje7XE=", "h1:TLvfjlkbmsmKVEJUtzO2eb9Q2IBnK3EJ0dI4G0oxEOU=");

}  // namespace

TEST_CASE("a record of sum.golang.org is shown by a proof in one file") {
  const LogKey key = parse_log_key(sum_golang_org);
  const ShownRecord shown = show_record(real_record, real_proof, "FILE", key);
  CHECK(shown.index == 43930254);
  CHECK(shown.tree.head.size == 58253265);
  std::string other = real_record;
  other.replace(other.find("4OT1"), 4, "4OT2");
  CHECK(contains(error_of([&] { show_record(other, real_proof, "FILE", key); }),
                 "record 43930254 of a tree of 58253265 is another one, or the proof is wrong"));
}

TEST_CASE("a proof by Go's own implementation holds, also with extra data, and is written as it came") {
  const std::string text = log_file("proof");
  CHECK(show_record(logged_record, text, "FILE", log_key).index == 123);
  CHECK(to_text(parse_proof_file(text, "FILE")) == text);
  std::string extra = text;
  extra.insert(extra.find('\n') + 1, "extra c29tZXRoaW5n\n");
  CHECK(show_record(logged_record, extra, "FILE", log_key).index == 123);
}

TEST_CASE("changed proofs are refused, wherever they were changed") {
  const std::string text = log_file("proof");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAPTURE(i);
    CHECK_FALSE(error_of([&] { show_record(logged_record, changed, "FILE", log_key); }).empty());
    CHECK_FALSE(error_of([&] { show_record(logged_record, text.substr(0, i), "FILE", log_key); }).empty());
  }
}

TEST_CASE("what is no proof is refused with file and reason") {
  const auto refused = [](const std::string& text) {
    return error_of([&] { show_record(logged_record, text, "FILE", log_key); });
  };
  const std::string start = "c2sp.org/tlog-proof@v1\n";
  const std::string hash = base64(std::string(32, 'h')) + "\n";
  CHECK(contains(refused(""), "FILE: its first line is not c2sp.org/tlog-proof@v1"));
  CHECK(contains(refused("c2sp.org/tlog-proof@v2\nindex 0\n\n"), "its first line is not"));
  CHECK(contains(refused(start), "names no index"));
  CHECK(contains(refused(start + "extra !\nindex 0\n\n"), "extra data is no base64"));
  CHECK(contains(refused(start + "extra AAAA\nextra AAAA\nindex 0\n\n"), "names no index"));
  for (const char* index : {"", "01", "-1", "x", "4611686018427387904"})
    CHECK(contains(refused(start + "index " + index + "\n\n"), "is no index"));
  CHECK(contains(refused(start + "index 0\nAAAA\n\n"), "not the base64 of a SHA-256"));
  CHECK(contains(refused(start + "index 0\n" + hash), "no empty line stands before its checkpoint"));
  std::string many = start + "index 0\n";
  for (int i = 0; i < 64; ++i) many += hash;
  CHECK(contains(refused(many + "\n" + log_file("latest")), "more hashes than any tree is deep"));
  CHECK(
      contains(refused(start + "index 0\n\n" + log_file("latest")), "with 0 hashes it is none of record 0"));
  CHECK(contains(refused(start + "index 300\n" + hash + "\n" + log_file("latest")), "none of record 300"));
  CHECK(contains(refused(start + std::string(1'000'000, 'a')), "longer than 1000000 bytes"));
}
