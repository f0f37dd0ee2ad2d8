// go.dev's download index.
#include "release/index.hpp"

#include "fuzz.hpp"
#include "support/hash.hpp"

using namespace gostrap;

FUZZ(input) {
  fuzz::accepted([&] {
    const JsonDocument document(std::string(input), "fuzz.json");
    const Published published = published_files(document.view(), *parse_version("1.24.4"));
    fuzz::require(is_hex_digest(published.source_archive), "an accepted checksum is one");
  });
}
