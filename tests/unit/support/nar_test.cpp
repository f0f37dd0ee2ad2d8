#include "support/nar.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <map>
#include <stdexcept>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// The format, as Nix's documentation gives it: strings are their length, their bytes, and zeros up to a
/// multiple of 8.
std::string nar_string(const std::string& text) {
  std::string out;
  for (unsigned shift = 0; shift < 64; shift += 8)
    out += static_cast<char>((std::uint64_t{text.size()} >> shift) & 255U);
  out += text;
  out.append((8 - text.size() % 8) % 8, '\0');
  return out;
}

std::string nar_of_file(const std::string& text) {
  return nar_string("nix-archive-1") + nar_string("(") + nar_string("type") + nar_string("regular") +
         nar_string("contents") + nar_string(text) + nar_string(")");
}

std::string hash_of(const fs::path& path) {
  return sri(nar_hash(path).digest);
}

}  // namespace

TEST_CASE("the tree that Nix hashed") {
  const Scratch scratch;
  scratch.directory("sub/empty");
  scratch.file("a.txt", "hello\n");
  scratch.file("run.sh", "#!/bin/sh\necho hi\n", true);
  scratch.file("sub/b", "");
  scratch.link("link", "a.txt");
  scratch.file("A-first", "x");
  const NarHash hash = nar_hash(scratch.path());
  CHECK(sri(hash.digest) == "sha256-UeYcr33g37eMIl+eiq3rqSlq2W+boNzM1I3LMuFTXrI=");
  CHECK(hash.size == 1432);
}

TEST_CASE("a file alone, of any length") {
  const Scratch scratch;
  for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 1048575U, 1048576U, 1048577U, 3500001U}) {
    CAPTURE(size);
    std::string text(size, 'x');
    if (size > 2) text[size / 2] = 'y';
    const NarHash hash = nar_hash(scratch.file("file", text));
    CHECK(hash.digest == sha256(nar_of_file(text)));
    CHECK(hash.size == nar_of_file(text).size());
  }
}

TEST_CASE("only the owner's x bit counts, and it does") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", "text");
  const std::string plain = hash_of(file);
  for (const mode_t mode : {0444U, 0600U, 0666U, 0655U}) {
    ::chmod(file.c_str(), mode);
    CHECK(hash_of(file) == plain);
  }
  ::chmod(file.c_str(), 0700);
  const std::string executable = hash_of(file);
  CHECK(executable != plain);
  ::chmod(file.c_str(), 0555);
  CHECK(hash_of(file) == executable);
}

TEST_CASE("a link is its target's name, whether there is such a file or not") {
  const Scratch scratch;
  const fs::path nowhere = scratch.link("nowhere", "not/there");
  const fs::path elsewhere = scratch.link("elsewhere", "not/here");
  CHECK(hash_of(nowhere) != hash_of(elsewhere));
  scratch.file("not/there", "now it is");
  const Scratch other;
  CHECK(hash_of(nowhere) == hash_of(other.link("renamed", "not/there")));
}

TEST_CASE("names are sorted by their bytes, not by the path with what is below") {
  const Scratch scratch;
  const Scratch other;
  for (const char* name : {"a/x", "a.b", "a-b", "B", "\xc3\xa9", "z"}) scratch.file(name, name);
  for (const char* name : {"z", "\xc3\xa9", "B", "a-b", "a.b", "a/x"}) other.file(name, name);
  CHECK(hash_of(scratch.path()) == hash_of(other.path()));
  std::vector<std::string> order;
  for (const TreeEntry& entry : list_tree(scratch.path())) order.push_back(entry.path);
  CHECK(order == std::vector<std::string>{"", "B", "a", "a/x", "a-b", "a.b", "z", "\xc3\xa9"});
}

TEST_CASE("the files' own hashes come in the same pass") {
  const Scratch scratch;
  scratch.file("one", "1");
  scratch.file("dir/two", "22", true);
  scratch.link("link", "one");
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> links;
  std::vector<std::string> executables;
  const NarHash hash = nar_hash(
      scratch.path(),
      [&](const std::string& path, const Digest& content, bool executable) {
        files[path] = hex(content);
        if (executable) executables.push_back(path);
      },
      [&](const std::string& path, const std::string& target) { links[path] = target; });
  CHECK(hash.digest == nar_hash(scratch.path()).digest);
  CHECK(files ==
        std::map<std::string, std::string>{{"one", hex(sha256("1"))}, {"dir/two", hex(sha256("22"))}});
  CHECK(links == std::map<std::string, std::string>{{"link", "one"}});
  CHECK(executables == std::vector<std::string>{"dir/two"});
}

TEST_CASE("what cannot be hashed is named") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { nar_hash(scratch / "nothing"); }), (scratch / "nothing").string()));
  scratch.directory("tree");
  REQUIRE(::mkfifo((scratch / "tree/fifo").c_str(), 0600) == 0);
  CHECK(contains(error_of([&] { nar_hash(scratch / "tree"); }), (scratch / "tree/fifo").string()));
  CHECK(contains(error_of([&] { nar_hash(scratch / "tree/fifo"); }), "not a regular file"));
}

TEST_CASE("a file that may not be read ends it, with its name") {
  const Scratch scratch;
  for (int i = 0; i < 20; ++i) scratch.file("file" + std::to_string(i), "text");
  ::chmod((scratch / "file7").c_str(), 0);
  CHECK(as_nobody(scratch, [&] {
          const std::string error = error_of([&] { nar_hash(scratch.path()); });
          return contains(error, "file7") && contains(error, "Permission denied") ? 0 : 1;
        }) == 0);
}

TEST_CASE("a listener that throws stops both threads") {
  const Scratch scratch;
  for (int i = 0; i < 3000; ++i) scratch.file(std::to_string(i), "text");
  const auto refuse = [](const std::string&, const Digest&, bool) { throw std::runtime_error("enough"); };
  CHECK_THROWS_AS(nar_hash(scratch.path(), refuse), std::runtime_error);
}
