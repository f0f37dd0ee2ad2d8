// Archives: tar in its dialects, compressed or not, and zip.
#include "source/archive.hpp"

#include "fuzz.hpp"

using namespace gostrap;

FUZZ(input) {
  static const TemporaryDirectory place;
  const fs::path file = place.path() / "archive";
  fs::remove(file);
  create_file(file, input);
  const fuzz::Box box;
  Silent progress;
  fuzz::accepted([&] { unpack_source(file, box.destination(), fuzz::small_limits(), progress); });
  box.check();
}
