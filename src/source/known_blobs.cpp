#include "source/known_blobs.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

/// A small text beside the file; empty where it is not there.
std::string text_at(const fs::path& file) {
  constexpr std::size_t longest = std::size_t{1} << 20U;
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden) || fs::file_size(file, hidden) > longest) return {};
  return read_file(file, longest);
}

/// What follows `before` in the first line that begins with it.
std::string value_after(const std::string& text, std::string_view before) {
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with(before)) return std::string(line.substr(before.size()));
  }
  return {};
}

/// src/runtime/race/README has a line for each: "NAME built with LLVM COMMIT and Go COMMIT." Those of amd64
/// were renamed once, and the README of Go 1.21 has the names from before.
std::string origin_of_race(const fs::path& tree, const std::string& path, const Digest& /*digest*/) {
  constexpr std::string_view room = "src/runtime/race/";
  const std::string readme = text_at(tree / room / "README");
  const std::string name = path.substr(room.size());
  const std::string base = fs::path(name).stem().string();
  for (const std::string& each : {name, base + "_amd64.syso"}) {
    const std::string built = value_after(readme, each + " built with ");
    if (!built.empty()) return std::string(room) + "README: built with " + without_trailing(built, ".");
  }
  return {};
}

/// src/crypto/internal/boring/Dockerfile names BoringSSL's commit and the hash of its archive.
std::string origin_of_boring(const fs::path& tree, const std::string& /*path*/, const Digest& /*digest*/) {
  constexpr std::string_view file = "src/crypto/internal/boring/Dockerfile";
  const std::string text = text_at(tree / file);
  const std::string commit = value_after(text, "ENV BoringV=");
  const std::string archive = value_after(text, "ENV BoringH=");
  if (commit.empty()) return {};
  return std::string(file) + ": BoringSSL " + commit +
         (archive.empty() ? "" : ", whose archive is sha256:" + archive);
}

/// lib/fips140/fips140.sum has the SHA-256 of each.
std::string origin_of_fips(const fs::path& tree, const std::string& path, const Digest& digest) {
  constexpr std::string_view file = "lib/fips140/fips140.sum";
  const std::string listed = value_after(text_at(tree / file), fs::path(path).filename().string() + " ");
  if (listed.empty()) return {};
  return std::string(file) + (listed == hex(digest) ? ": the same SHA-256" : ": ANOTHER SHA-256, " + listed);
}

/// lib/time/update.bash names the edition of the data.
std::string origin_of_zones(const fs::path& tree, const std::string& /*path*/, const Digest& /*digest*/) {
  constexpr std::string_view file = "lib/time/update.bash";
  const std::string edition = value_after(text_at(tree / file), "DATA=");
  return edition.empty() ? "" : std::string(file) + ": IANA's time zones " + edition;
}

std::string origin_of_profile(const fs::path& tree, const std::string& /*path*/, const Digest& /*digest*/) {
  constexpr std::string_view file = "src/cmd/compile/profile.sh";
  return text_at(tree / file).empty() ? ""
                                      : std::string(file) + " collects it; no two runs give the same profile";
}

std::string origin_of_table(const fs::path& tree, const std::string& /*path*/, const Digest& /*digest*/) {
  constexpr std::string_view file = "src/crypto/internal/nistec/p256_asm_table_test.go";
  return text_at(tree / file).empty() ? "" : std::string(file) + " computes it again";
}

std::string no_origin(const fs::path& /*tree*/, const std::string& /*path*/, const Digest& /*digest*/) {
  return {};
}

constexpr const char* race = "the runtime of the race detector (ThreadSanitizer), machine code";
constexpr const char* race_by = "go build -race on that port, through the package runtime/race";

const std::array known{
    KnownBlob{"src/runtime/race/race_*.syso", BlobUse::program, race, race_by, origin_of_race},
    KnownBlob{"src/runtime/race/internal/*/race_*.syso", BlobUse::program, race, race_by, origin_of_race},
    KnownBlob{"src/crypto/internal/boring/syso/goboringcrypto_linux_*.syso", BlobUse::program,
              "BoringCrypto, the core of BoringSSL, machine code",
              "GOEXPERIMENT=boringcrypto with cgo on that port, through crypto/internal/boring/syso",
              origin_of_boring},
    KnownBlob{"lib/fips140/v*.zip", BlobUse::program, "a frozen Go Cryptographic Module, Go source in a zip",
              "GOFIPS140 with its version: it is compiled in place of crypto/internal/fips140",
              origin_of_fips},
    KnownBlob{"lib/time/zoneinfo.zip", BlobUse::run_time, "the time zones, compiled",
              "package time where the machine has none; src/time/tzdata/zzipdata.go is the same as text",
              origin_of_zones},
    KnownBlob{"src/cmd/compile/default.pgo", BlobUse::toolchain, "a CPU profile of the compiler",
              "the building of cmd/compile, which is optimised by it", origin_of_profile},
    KnownBlob{"src/crypto/internal/nistec/p256_asm_table.bin", BlobUse::program,
              "multiples of the base point of P-256",
              "crypto/internal/nistec/p256_asm.go, which embeds it, on amd64, arm64 and others",
              origin_of_table},
    KnownBlob{"src/encoding/json/internal/jsontest/testdata/*.json.zst", BlobUse::tests, "JSON to test with",
              "encoding/json/internal/jsontest, which embeds it, and which tests alone import", no_origin},
    KnownBlob{"misc/chrome/gophertool/gopher.png", BlobUse::nothing, "a picture",
              "a browser's extension, which is an example", no_origin},
};

}  // namespace

std::string text(BlobUse use) {
  switch (use) {
    case BlobUse::program:
      return "program";
    case BlobUse::run_time:
      return "run time";
    case BlobUse::toolchain:
      return "toolchain";
    case BlobUse::nothing:
      return "nothing";
    case BlobUse::tests:
      return "tests";
    case BlobUse::unknown:
      break;
  }
  return "unknown";
}

const KnownBlob* known_blob(const std::string& path) {
  const auto* const found = std::find_if(known.begin(), known.end(), [&](const KnownBlob& each) {
    return ::fnmatch(each.path, path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
  });
  return found == known.end() ? nullptr : &*found;
}

bool is_for_tests(const std::string& path) {
  return path.starts_with("test/") || path.starts_with("testdata/") ||
         path.find("/testdata/") != std::string::npos;
}

}  // namespace gostrap
