#include "sdk/unpack_published.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// An archive in miniature, as upstream's are.
std::string toolchain(const std::string& top = "go/") {
  const Scratch scratch;
  Pack pack(scratch / "x", Pack::Form::tar_gz);
  pack.file(top + "VERSION", "go1.24.4\n");
  pack.file(top + "bin/go", std::string(3U << 20U, 'g'), 0755);
  pack.file(top + "src/make.bash", "echo make\n", 0755);
  pack.close();
  return read_file(scratch / "x");
}

std::string gzipped(const std::string& tar) {
  return read_file([&] {
    static const Scratch scratch;
    const fs::path plain = scratch.file("plain.tar", tar);
    fs::remove(scratch / "plain.tar.gz");
    CHECK(std::system(("gzip -nk " + plain.string()).c_str()) == 0);
    return scratch / "plain.tar.gz";
  }());
}

struct Unpacked {
  Scratch scratch;
  Heard heard;

  /// `bytes` under the name of what was published as `published`.
  std::string refusal(const std::string& bytes, const std::string& published, const Limits& limits = {}) {
    const fs::path file = scratch.file("go1.24.4.linux-amd64.tar.gz", bytes);
    const PublishedArchive archive{file.filename(), sha256(published)};
    return error_of([&] { unpack_published(file, archive, scratch.directory("to"), limits, heard); });
  }
  std::string refusal(const std::string& bytes) { return refusal(bytes, bytes); }
};

std::string checksums(const std::string& bytes, const std::string& published) {
  return "its SHA-256 is " + hex(sha256(bytes)) + ", and go1.24.4.linux-amd64.tar.gz was published with " +
         hex(sha256(published));
}

}  // namespace

TEST_CASE("the published archive becomes a GOROOT, without the directory at its top") {
  Unpacked unpacked;
  CHECK(unpacked.refusal(toolchain()).empty());
  const fs::path to = unpacked.scratch / "to";
  CHECK(read_file(to / "VERSION") == "go1.24.4\n");
  CHECK(fs::file_size(to / "bin/go") == 3U << 20U);
  CHECK(is_executable(to / "bin/go"));
  CHECK(is_executable(to / "src/make.bash"));
  CHECK_FALSE(is_executable(to / "VERSION"));
  CHECK(unpacked.heard.amounts > 0);
}

TEST_CASE("another file is refused with both checksums, however it fails") {
  const std::string good = toolchain();
  std::string changed = good;
  changed[changed.size() / 2] ^= 1;
  for (const std::string& bytes : {changed, good.substr(0, good.size() / 2), good + "x", good + good,
                                   std::string("<!DOCTYPE html>"), std::string(), toolchain("other/")}) {
    CAPTURE(bytes.size());
    CHECK(contains(Unpacked().refusal(bytes, good), checksums(bytes, good)));
  }
}

TEST_CASE("what stands behind the archive's end counts: it is hashed too, and refused") {
  const std::string more = toolchain() + "more";
  CHECK(contains(Unpacked().refusal(more), "more stands behind"));
}

TEST_CASE("a published archive is unpacked as a stranger's all the same") {
  const auto refused = [](const RawTar& tar) { return Unpacked().refusal(gzipped(tar.bytes())); };
  CHECK(contains(refused(RawTar().file("go/../../out")), "\"go/../../out\""));
  CHECK(contains(refused(RawTar().file("/etc/passwd")), "/etc/passwd"));
  CHECK(contains(refused(RawTar().file("other/x")), "is outside of the one directory"));
  CHECK(contains(refused(RawTar().file("go")), "stands where the directory go should"));
  CHECK(contains(refused(RawTar().entry("go/x", '2', {}, "/etc")), "neither a file nor a directory"));
  CHECK(contains(refused(RawTar().file("go/a").entry("go/x", '1', {}, "go/a")),
                 "neither a file nor a directory"));
  CHECK(contains(refused(RawTar().entry("go/x", '3')), "neither a file nor a directory"));
  CHECK(contains(refused(RawTar().entry("go/x", '0', "x", {}, 04755)), "set-uid"));
  CHECK(contains(refused(RawTar().file("go/a").file("go/a")), "is there twice"));
  CHECK(contains(refused(RawTar().file("go/a").file("go/A")), "differ only in case"));
}

TEST_CASE("it is bounded") {
  const std::string archive = toolchain();  // twice would be of two seconds
  Limits limits;
  limits.entries = 2;
  Unpacked unpacked;
  CHECK(contains(unpacked.refusal(archive, archive, limits), "--max-entries"));
  limits = {};
  limits.bytes = 1U << 20U;
  CHECK(contains(Unpacked().refusal(archive, archive, limits), "--max-bytes"));
}
