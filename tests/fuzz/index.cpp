// go.dev's download index.
#include "release/index.hpp"

#include "fuzz.hpp"
#include "support/hash.hpp"

using namespace gostrap;

FUZZ(input) {
  fuzz::accepted([&] {
    const JsonDocument document(std::string(input), "fuzz.json");
    const Published published = published_files(document.view(), *parse_version("1.24.4"));
    fuzz::require(published.source_archive != Digest{}, "what is accepted has a source archive");
  });
}
