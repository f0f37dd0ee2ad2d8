// What a checksum database, or who pretends to be one, answers to a lookup.
#include "fuzz.hpp"
#include "tlog/lookup.hpp"

using namespace gostrap;

FUZZ(input) {
  Lookup lookup;
  if (fuzz::accepted([&] { lookup = parse_lookup(input, "fuzz"); })) {
    fuzz::require(std::to_string(lookup.record) + "\n" + lookup.text + "\n" + lookup.note == input,
                  "nothing is lost");
    lines_about(lookup.text, "golang.org/toolchain", "v0.0.1-go1.24.4.linux-amd64");
  }
  std::string escaped;
  if (!fuzz::accepted([&] { escaped = escaped_module(input); })) return;
  const fs::path inside = (fs::path("/log") / escaped).lexically_normal();
  fuzz::require(inside.string().starts_with("/log/"), "paths stay below the log");
}
