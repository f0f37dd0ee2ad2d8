// Archives: tar in its dialects, compressed or not, and zip.
#include "source/archive.hpp"

#include "archive/each_entry.hpp"
#include "fuzz.hpp"
#include "support/stage.hpp"

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
  std::uint64_t bytes = 0;
  fuzz::accepted([&] {
    each_archive_entry(file, fuzz::small_limits(), [&](const ArchiveEntry& entry, const ReadContent& read) {
      fuzz::require(why_unsafe_path(entry.path).empty() || entry.path.empty(), "no entry leads out");
      read([&](std::string_view piece) { bytes += piece.size(); });
    });
  });
  fuzz::require(bytes <= fuzz::small_limits().bytes, "no more is read than the limits allow");
}
