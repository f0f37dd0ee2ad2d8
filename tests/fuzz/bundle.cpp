// Bundles: what is unpacked stays in its place, and is what the listing said. The input is the tar,
// compressed here, so that what libFuzzer invents gets behind the compressor; and the input itself, for what
// is before it.
#include "bundle/compare.hpp"
#include "bundle/install.hpp"
#include "fuzz.hpp"

#include <zstd.h>

using namespace gostrap;

namespace {

void read(const std::string& bytes) {
  const fuzz::Box box;
  fuzz::accepted([&] {
    BundleReader reader(memory_source(bytes, "bundle"), fuzz::small_limits());
    reader.read_sbom();
    reader.read_releases();
    const auto place = directory_target(box.destination());
    Silent silent;
    for (const InstalledEntry& entry : install_bundle(reader, *place, Voucher::none, Releases(), silent)) {
      fuzz::require(fs::is_directory(entry.path), "what was installed is there");
    }
  });
  box.check();
}

}  // namespace

FUZZ(input) {
  read(std::string(input));
  std::string packed(ZSTD_compressBound(input.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), input.data(), input.size(), 1));
  read(packed);
}
