#include "source/archive.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <zlib.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// Unpacks bytes as an archive into a directory inside of another, and looks at what became of both.
struct Attempt {
  Scratch scratch;
  fs::path destination = scratch.directory("box/destination");
  std::string error;
  std::optional<Digest> hash;  ///< of what was unpacked

  explicit Attempt(const std::string& bytes, const Limits& limits = {}) {
    const fs::path file = scratch.file("archive", bytes);
    run(file, limits);
  }
  explicit Attempt(const std::function<void(Pack&)>& fill, Pack::Form form, const Limits& limits = {}) {
    Pack pack(scratch / "archive", form);
    fill(pack);
    pack.close();
    run(scratch / "archive", limits);
  }

 private:
  void run(const fs::path& file, const Limits& limits) {
    const std::string victim = "untouched";
    scratch.file("box/victim", victim);
    Silent progress;
    error = error_of([&] { unpack_source(file, destination, limits, progress); });
    if (error.empty()) hash = nar_hash(destination).digest;
    // whatever happened: nothing outside of the destination was made or changed
    CHECK(read_file(scratch / "box/victim") == victim);
    std::size_t outside = 0;
    for (const char* where : {"", "box"}) {
      for ([[maybe_unused]] const auto& each : fs::directory_iterator(scratch / where)) ++outside;
    }
    CHECK(outside == 4);  // archive, box; destination, victim
    struct stat status = {};
    for (const TreeEntry& entry : list_tree(destination)) {  // refuses devices and fifos
      REQUIRE(::lstat((destination / entry.path).c_str(), &status) == 0);
      CHECK((status.st_mode & 07000U) == 0);
    }
  }
};

void check_refused(const std::string& bytes, const std::string& why) {
  const Attempt attempt(bytes);
  CHECK_MESSAGE(contains(attempt.error, why), attempt.error);
}

}  // namespace

TEST_CASE("every form of archive gives the canonical tree") {
  for (const Pack::Form form :
       {Pack::Form::tar, Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst, Pack::Form::zip}) {
    for (const std::string top : {"go", "go-go1.24.4"}) {
      const Attempt attempt(
          [&](Pack& pack) {
            for (const auto& [name, content] : sample_files()) pack.file(top + "/" + name, content);
          },
          form);
      CHECK_MESSAGE(attempt.error.empty(), attempt.error);
      CHECK(attempt.hash == sample_hash());
    }
  }
}

TEST_CASE("modes in the archive do not matter, names do") {
  const Attempt attempt(
      [&](Pack& pack) {
        for (const auto& [name, content] : sample_files()) pack.file("go/" + name, content, 0755);
      },
      Pack::Form::tar_gz);
  CHECK(attempt.hash == sample_hash());
}

TEST_CASE("pax global headers, ./ before names and directory entries are nothing special") {
  RawTar tar;
  tar.entry("pax_global_header", 'g', "52 comment=b6da24e729e9160456310a53937ae7cba272b973\n");
  tar.entry("./", '5', {}, {}, 0755).entry("./go/", '5', {}, {}, 0755).entry("./go/src/", '5', {}, {}, 0755);
  for (const auto& [name, content] : sample_files()) tar.file("./go/" + name, content);
  const Attempt attempt(tar.bytes());
  CHECK_MESSAGE(attempt.error.empty(), attempt.error);
  CHECK(attempt.hash == sample_hash());
}

TEST_CASE("hard links inside become files") {
  RawTar tar;
  for (const auto& [name, content] : sample_files()) {
    if (name != "src/make.bash") tar.file("go/" + name, content);
  }
  tar.file("go/.github/copy", "x").entry("go/.github/more", '1', {}, "go/VERSION");
  tar.file("go/src/make.bash", "echo make\n").entry("go/src/again.bash", '1', {}, "go/src/make.bash");
  const Attempt attempt(tar.bytes());
  CHECK_MESSAGE(attempt.error.empty(), attempt.error);
  CHECK(read_file(attempt.destination / "src/again.bash") == "echo make\n");
}

TEST_CASE("paths that leave are refused") {
  check_refused(RawTar().sample().file("go/../../victim").bytes(), "leads out of the source");
  check_refused(RawTar().sample().file("../victim").bytes(), "leads out of the source");
  check_refused(RawTar().sample().file("go/src/..").bytes(), "leads out of the source");
  check_refused(RawTar().sample().file("/tmp/absolute").bytes(), "is absolute");
  check_refused(RawTar().sample().file("go/.github/../../../victim").bytes(), "leads out of the source");
  check_refused(RawTar().sample().file("go//double").bytes(), "empty component");
  check_refused(RawTar().sample().file("go/./dot").bytes(), "component \".\"");
  check_refused(RawTar().file("../go/VERSION").bytes(), "leads out of the source");
}

TEST_CASE("links that lead out are refused") {
  check_refused(RawTar().sample().entry("go/l", '2', {}, "../victim").bytes(), "points out of the source");
  check_refused(RawTar().sample().entry("go/l", '2', {}, "/etc/passwd").bytes(), "absolute");
  check_refused(RawTar().sample().entry("go/src/l", '2', {}, "../../../victim").bytes(), "points out");
  check_refused(RawTar().sample().entry("go/l", '2', {}, "src/../../victim").bytes(), "behind a name");
  check_refused(RawTar().sample().entry("go/.github/l", '2', {}, "../../victim").bytes(), "points out");
  check_refused(RawTar().sample().entry("go/h", '1', {}, "../victim").bytes(), "leads out of the source");
  check_refused(RawTar().sample().entry("go/h", '1', {}, "/etc/passwd").bytes(), "is absolute");
  check_refused(RawTar().sample().entry("go/h", '1', {}, "go/not-there").bytes(), "no file before it");
  check_refused(RawTar().sample().entry("go/h", '1', {}, "victim").bytes(), "more than one thing at its top");
}

TEST_CASE("nothing goes through a link made earlier") {
  check_refused(RawTar().sample().entry("go/l", '2', {}, "src").file("go/l/x").bytes(), "through the link");
  check_refused(RawTar().sample().entry("go/l", '2', {}, ".").file("go/l/victim").bytes(),
                "through the link");
  check_refused(RawTar().sample().entry("go/l", '2', {}, "src").entry("go/h", '1', {}, "go/l").bytes(),
                "no file before it");
  check_refused(RawTar().sample().entry("go/l", '2', {}, "src/main.go").file("go/l", "over").bytes(),
                "there twice");
}

TEST_CASE("devices, fifos and set-uid files are refused") {
  check_refused(RawTar().sample().entry("go/null", '3').bytes(), "is a device");
  check_refused(RawTar().sample().entry("go/sda", '4').bytes(), "is a device");
  check_refused(RawTar().sample().entry("go/fifo", '6').bytes(), "is a fifo");
  check_refused(RawTar().sample().entry("go/sh", '0', "x", {}, 04755).bytes(), "set-uid");
  check_refused(RawTar().sample().entry("go/sh", '0', "x", {}, 02755).bytes(), "set-uid");
  check_refused(RawTar().sample().entry("go/.github/fifo", '6').bytes(), "is a fifo");
}

TEST_CASE("names that are not UTF-8 are refused, however the archive spells them") {
  check_refused(RawTar().sample().file("go/\xff\xfe").bytes(), "not in UTF-8");
  check_refused(RawTar().sample().file("go/\xe4.go").bytes(), "not in UTF-8");
  check_refused(RawTar().sample().pax_name("go/\xff").bytes(), "not in UTF-8");
  check_refused(RawTar().sample().entry("go/l", '2', {}, "\xff").bytes(), "not in UTF-8");
}

TEST_CASE("names that collide are refused, and both named") {
  const Attempt attempt(RawTar().sample().file("go/version").bytes());
  CHECK(contains(attempt.error, "\"version\""));
  CHECK(contains(attempt.error, "\"VERSION\""));
  check_refused(RawTar().sample().file("go/VERSION").bytes(), "there twice");
  check_refused(RawTar().sample().file("go/SRC/x").bytes(), "differ only in case");
  check_refused(RawTar().sample().file("go/VERSION/x").bytes(), "which is a file");
}

TEST_CASE("a name of 10,000 bytes is refused and not printed whole") {
  for (const std::string& bytes : {RawTar().sample().long_name("go/" + std::string(10'000, 'n')).bytes(),
                                   RawTar().sample().pax_name("go/" + std::string(10'000, 'n')).bytes()}) {
    const Attempt attempt(bytes);
    CHECK(contains(attempt.error, "limit"));
    CHECK(attempt.error.size() < 2000);
  }
  check_refused(RawTar().sample().long_name("go/" + std::string(300, 'n')).bytes(), "255 is the limit");
}

TEST_CASE("too many entries end it") {
  Limits limits;
  limits.entries = 100;
  const Attempt attempt(
      [](Pack& pack) {
        for (int each = 0; each < 2000; ++each) pack.file("go/f" + std::to_string(each), "");
      },
      Pack::Form::tar_gz, limits);
  CHECK(contains(attempt.error, "101 entries"));
  CHECK(contains(attempt.error, "--max-entries"));
}

TEST_CASE("too deep nesting ends it") {
  std::string path = "go";
  for (int each = 0; each < 100; ++each) path += "/d";
  const Attempt attempt(RawTar().sample().long_name(path).bytes());
  CHECK(contains(attempt.error, "--max-depth"));
}

TEST_CASE("too many bytes end it, also in files that are left out") {
  Limits limits;
  limits.bytes = 1'000'000;
  for (const std::string name : {"go/zeros", "go/.github/zeros"}) {
    for (const std::size_t size : {900'000U, 3'000'000U}) {
      const Attempt attempt(
          [&](Pack& pack) {
            for (const auto& [each, content] : sample_files()) pack.file("go/" + each, content);
            pack.file(name, std::string(size, '\1'));
            pack.file(name + "2", std::string(size, '\2'));
          },
          Pack::Form::tar, limits);
      CHECK(contains(attempt.error, "1000000 is the limit"));
      CHECK(contains(attempt.error, "--max-bytes"));
    }
  }
}

TEST_CASE("what swells too much ends it") {
  const auto zeros = [](Pack& pack) {
    for (const auto& [name, content] : sample_files()) pack.file("go/" + name, content);
    pack.file("go/zeros", std::string(20U << 20U, '\0'));
  };
  for (const Pack::Form form :
       {Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst, Pack::Form::zip}) {
    CHECK(contains(Attempt(zeros, form).error, "--max-ratio"));
  }
  Limits limits;
  limits.ratio = 1'000'000;
  CHECK(Attempt(zeros, Pack::Form::tar_gz, limits).error.empty());
}

TEST_CASE("holes are zeros, and count") {
  const auto holes = [](Pack& pack) {
    for (const auto& [name, content] : sample_files()) pack.file("go/" + name, content);
    pack.sparse("go/hole", 3'000'000, "end");
  };
  const Attempt attempt(holes, Pack::Form::tar);
  REQUIRE_MESSAGE(attempt.error.empty(), attempt.error);
  CHECK(read_file(attempt.destination / "hole") == std::string(2'999'997, '\0') + "end");
  Limits limits;
  limits.bytes = 1'000'000;
  CHECK(contains(Attempt(holes, Pack::Form::tar, limits).error, "--max-bytes"));
}

TEST_CASE("what is no Go source in one directory is refused") {
  check_refused(RawTar().file("go/README").bytes(), "does not look like a Go source");
  check_refused(RawTar().file("VERSION").bytes(), "stands at the top");
  check_refused(RawTar().sample().file("other/x").bytes(), "more than one thing at its top");
  check_refused(RawTar().bytes(), "it is empty");
  check_refused("", "unpack");
  check_refused("this is not an archive, whatever its name says", "unpack");
  check_refused(std::string(5000, '\xa5'), "unpack");
}

TEST_CASE("an archive cut anywhere is refused or whole") {
  const Scratch scratch;
  for (const Pack::Form form :
       {Pack::Form::tar, Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst, Pack::Form::zip}) {
    {
      Pack pack(scratch / "whole", form);
      std::string noise;
      for (unsigned each = 1, seed = 1; each < 20'000; ++each)
        noise += static_cast<char>((seed = seed * 69069U + 1U) >> 24U);
      for (const auto& [name, content] : sample_files()) pack.file("go/" + name, content);
      pack.file("go/noise", noise);
      pack.close();
    }
    const std::string whole = read_file(scratch / "whole");
    const std::optional<Digest> hash = Attempt(whole).hash;
    REQUIRE(hash);
    for (std::size_t size = 0; size < whole.size(); size += 1024) {
      const Attempt attempt(whole.substr(0, size));
      const bool good = !attempt.error.empty() || attempt.hash == hash;  // only padding was cut off
      CHECK_MESSAGE(good, size);
      if (size < whole.size() / 2) CHECK(!attempt.error.empty());
    }
  }
}

TEST_CASE("flipped bits are refused, or change the hash, or are where nobody looks") {
  const Scratch scratch;
  const Digest right = sample_hash();
  for (const Pack::Form form :
       {Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst, Pack::Form::zip}) {
    pack_sample(scratch / "whole", form);
    const std::string whole = read_file(scratch / "whole");
    int refused = 0;
    for (std::size_t at = 0; at < whole.size(); at += whole.size() / 40 + 1) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
      const Attempt attempt(damaged);  // checks that nothing got out
      refused += attempt.error.empty() && attempt.hash == right ? 0 : 1;
    }
    CHECK(refused > 0);
  }
}

TEST_CASE("what stands behind the end of an archive is not read") {
  const Scratch scratch;
  const std::string junk = RawTar().file("../victim").bytes() + std::string(3000, 'j');
  CHECK(Attempt(RawTar().sample().bytes() + junk).hash == sample_hash());
  for (const Pack::Form form : {Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst}) {
    pack_sample(scratch / "whole", form);
    const Attempt attempt(read_file(scratch / "whole") + junk);
    const bool good = !attempt.error.empty() || attempt.hash == sample_hash();
    CHECK(good);
  }
}

namespace {

std::string gzipped(const std::string& content, const std::string& name = {}) {
  std::string bytes = std::string("\x1f\x8b\x08", 3) + (name.empty() ? '\0' : '\x08') + std::string(6, '\0') +
                      (name.empty() ? "" : name + std::string(1, '\0'));
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(compressBound(content.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  bytes += packed;
  const uLong sum =
      crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(sum >> shift & 0xffU);
  for (unsigned shift = 0; shift < 32; shift += 8)
    bytes += static_cast<char>(content.size() >> shift & 0xffU);
  return bytes;
}

}  // namespace

TEST_CASE("one gzip is taken off, and what is in it is a tar or nothing") {
  CHECK(Attempt(gzipped(RawTar().sample().bytes())).hash == sample_hash());
  check_refused(gzipped(gzipped(RawTar().sample().bytes())), "unpack");
  const Scratch scratch;
  pack_sample(scratch / "zst", Pack::Form::tar_zst);
  check_refused(gzipped(read_file(scratch / "zst")), "unpack");
}

TEST_CASE("gzip's members follow one another, and its names may be of any length") {
  const std::string whole = RawTar().sample().bytes();
  const std::string both = gzipped(whole.substr(0, 700)) + gzipped(whole.substr(700));
  CHECK(Attempt(both).hash == sample_hash());
  CHECK(Attempt(gzipped(whole, std::string(3'000'000, 'n'))).hash == sample_hash());
}

TEST_CASE("gzip that is cut short or wrong is refused") {
  const std::string whole = gzipped(RawTar().sample().bytes());
  check_refused(whole.substr(0, whole.size() / 2), "truncated");
  std::string wrong = whole;
  wrong[wrong.size() / 2] ^= '\x55';
  CHECK_FALSE(Attempt(wrong).error.empty());
}

TEST_CASE("what stands before one entry has a limit") {
  // a map of holes, GNU's form 1.0, that goes on for 20 MB
  std::string map = "5000000\n";
  while (map.size() < (20U << 20U)) map += "0\n0\n";
  map.resize(map.size() / 512 * 512);
  std::string pax = "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n28 GNU.sparse.name=go/sparse\n";
  pax += "30 GNU.sparse.realsize=100000\n";
  const Attempt attempt(RawTar().sample().entry("x", 'x', pax).entry("go/sparse", '0', map).bytes());
  CHECK_MESSAGE(contains(attempt.error, "has more than 8388608 bytes"), attempt.error);
}

TEST_CASE("an archive that is larger than what it may hold is not read") {
  Limits limits;
  limits.bytes = 1000;
  CHECK(contains(Attempt(RawTar().sample().bytes(), limits).error, "1000 is the limit"));
}

TEST_CASE("the list at the end of a zip is bounded before it is read") {
  Limits limits;
  limits.entries = 10;
  const Attempt attempt(
      [](Pack& pack) {
        for (int each = 0; each < 1100; ++each) pack.file("go/f" + std::to_string(each), "");
      },
      Pack::Form::zip, limits);
  CHECK(contains(attempt.error, "1021 entries"));
  CHECK(contains(attempt.error, "--max-entries"));
}
