#include "release/published.hpp"

#include "release/releases.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port amd64{"linux", "amd64"};

std::string version_in(const std::string& file, const Port& port = amd64) {
  const std::optional<Version> version = version_of_archive(file, port);
  return version ? version->text() : "none";
}

}  // namespace

TEST_CASE("an archive's name says of what release it is") {
  CHECK(version_in("go1.24.4.linux-amd64.tar.gz") == "1.24.4");
  CHECK(version_in("/some/where/go1.20.linux-amd64.tar.gz") == "1.20");
  CHECK(version_in("go1.26rc1.linux-amd64.tar.gz") == "1.26rc1");
  CHECK(version_in("go1.24.4.linux-armv6l.tar.gz", {"linux", "arm"}) == "1.24.4");
  CHECK(version_in("go1.24.4.windows-amd64.zip", {"windows", "amd64"}) == "1.24.4");
}

TEST_CASE("in a Nix store it stands behind a hash") {
  CHECK(version_in("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-go1.24.4.linux-amd64.tar.gz") == "1.24.4");
  CHECK(version_in("0123456789abcdfghijklmnpqrsvwxy-go1.24.4.linux-amd64.tar.gz") == "none");
  CHECK(version_in("0123456789abcdefghijklmnopqrstuv-go1.24.4.linux-amd64.tar.gz") == "none");
  CHECK(version_in("my-go1.24.4.linux-amd64.tar.gz") == "none");
}

TEST_CASE("other names, and archives of other ports, are of none") {
  for (const char* const name :
       {"go1.24.4.linux-arm64.tar.gz", "go1.24.4.src.tar.gz", "go1.24.4.linux-amd64.zip", "go1.24.4",
        "go1.24.04.linux-amd64.tar.gz", "go1.24.4.linux-amd64.tar.gz.asc", "", "go.linux-amd64.tar.gz"}) {
    CAPTURE(name);
    CHECK(version_in(name) == "none");
  }
}

TEST_CASE("a URL's name is the end of its path") {
  CHECK(name_in_url("https://x/dl/go1.24.4.linux-amd64.tar.gz?token=a/b#c") == "go1.24.4.linux-amd64.tar.gz");
  CHECK(name_in_url("https://x/") == "");
}

TEST_CASE("what a release pins of its archive; an error where it pins none") {
  const Releases releases = Releases::load("/no/such/file");
  const Release& release = releases.get("1.24.4");
  const PublishedArchive archive = published_archive(release, amd64);
  CHECK(archive.file == "go1.24.4.linux-amd64.tar.gz");
  CHECK(hex(archive.sha256) == "77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717");
  Release without = release;
  without.archives.clear();
  CHECK(contains(error_of([&] { published_archive(without, amd64); }),
                 "go1.24.4 pins no checksum of such a file: upstream has published none"));
  CHECK(contains(error_of([&] { published_archive(release, {"plan10", "amd64"}); }), "it has no port"));
}
