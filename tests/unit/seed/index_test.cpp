#include "seed/seed.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

SeedIndex sample() {
  SeedIndex index;
  index[sha256("compile fmt")] = {sha256("fmt.a"), 5};
  index[sha256("vet fmt")] = {sha256(""), 0};
  index[sha256("compile fmt, trimmed")] = {sha256("fmt.a"), 5};
  return index;
}

std::string refusal(const std::string& text) {
  return error_of([&] { read_seed_index(text, "/s/index"); });
}

/// With a checksum that is right.
std::string sealed(const std::string& text) {
  return text + "sha256 " + hex(sha256(text)) + "\n";
}

}  // namespace

TEST_CASE("an index is read as it was written, and is the same for the same results") {
  const std::string text = to_text(sample());
  CHECK(read_seed_index(text, "/s/index") == sample());
  CHECK(to_text(read_seed_index(text, "/s/index")) == text);
  CHECK(read_seed_index(to_text(SeedIndex()), "/s/index").empty());
}

TEST_CASE("an index that was changed anywhere, or cut, is refused") {
  const std::string text = to_text(sample());
  for (std::size_t at = 0; at < text.size(); ++at) {
    CAPTURE(at);
    std::string changed = text;
    changed[at] = changed[at] == '1' ? '2' : '1';
    CHECK(contains(refusal(changed), "/s/index"));
    CHECK(contains(refusal(text.substr(0, at)), "/s/index"));
  }
  CHECK(contains(refusal(text + "\n"), "it is damaged"));
}

TEST_CASE("what is sealed and makes no sense is refused with the line") {
  const std::string begin = "gostrap std 1\n", digest = hex(sha256("x"));
  for (const std::string& line :
       {std::string("nonsense"), digest + " " + digest, digest + " " + digest + " x", digest + " short 5",
        digest + " " + digest + " -1"}) {
    CAPTURE(line);
    CHECK(contains(refusal(sealed(begin + line + "\n")), "the line \"" + line + "\" is none of an index"));
  }
  CHECK(contains(refusal(sealed("gostrap std 2\n")), "that this gostrap knows"));
}

TEST_CASE("the command is one word to the go command, wherever the seed lies") {
  CHECK(seed_command("/s/std") == "/s/std/bin/go_cache");
  CHECK(seed_command("/s p/std") == "'/s p/std/bin/go_cache'");
  CHECK(seed_command("/it's/std") == "\"/it's/std/bin/go_cache\"");
}
