// The listing of an entry: its paths are created.
#include "bundle/contents.hpp"
#include "fuzz.hpp"

using namespace gostrap;

FUZZ(input) {
  Contents contents;
  if (!fuzz::accepted([&] { contents = parse_contents(input, "contents", fuzz::small_limits()); })) return;
  fuzz::require(to_text(contents) == input, "it reads back the same");
  for (const Item& item : contents) {
    fuzz::require(why_unsafe_path(item.path).empty(), "paths stay below the entry");
    if (item.type == Item::Type::symlink) {
      fuzz::require(why_unsafe_link(item.path, item.target).empty(), "no link leads out");
    }
  }
}
