#include "sdk/against.hpp"

#include "program/macho_samples.hpp"
#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

Files sample() {
  return {{"go/VERSION", "go1.24.4\n"}, {"go/bin/go", MachO().bytes()}, {"go/src/main.go", "package main\n"}};
}

std::string signed_program(std::uint32_t size = 100) {
  MachO program;
  program.blob = signature(size, size + 60);
  return program.bytes();
}

struct Pair {
  Scratch scratch;

  fs::path pack(const std::string& name, const Files& files, Pack::Form form = Pack::Form::tar_gz,
                unsigned mode = 0644) const {
    Pack pack(scratch / name, form);
    for (const auto& [path, content] : files) pack.file(path, content, mode);
    pack.close();
    return scratch / name;
  }
  Check hold(const Files& theirs, Pack::Form form = Pack::Form::tar_gz, unsigned mode = 0644) const {
    return check_against(pack("ours", sample(), form), pack("theirs", theirs, form, mode), {});
  }
};

void check_differs(const Check& check, const std::string& how) {
  CHECK(check.result == Check::Result::failed);
  REQUIRE_FALSE(check.details.empty());
  CHECK_MESSAGE(contains(check.details.front(), how), check.details.front());
}

}  // namespace

TEST_CASE("the same bits hold") {
  const Check check = Pair().hold(sample());
  CHECK(check.result == Check::Result::passed);
  CHECK(contains(check.says, "the same bits"));
}

TEST_CASE("a signed program holds against the one that was not, in tar and zip") {
  for (const Pack::Form form : {Pack::Form::tar_gz, Pack::Form::zip}) {
    Files files = sample();
    files[1].second = signed_program();
    const Check check = Pair().hold(files, form);
    CHECK(check.result == Check::Result::passed);
    CHECK_MESSAGE(contains(check.says, "3 entries, 1 of them signed"), check.says);
  }
}

TEST_CASE("a changed byte is found, also in a signed program") {
  Files files = sample();
  SUBCASE("in a file") {
    files[2].second.back() = 'x';
  }
  SUBCASE("in a program's code") {
    MachO program;
    program.code[3] = 'x';
    program.blob = signature();
    files[1].second = program.bytes();
  }
  SUBCASE("in its header") {
    files[1].second[8] ^= 1;
  }
  SUBCASE("behind its signature") {
    files[1].second = signed_program() + "x";
  }
  check_differs(Pair().hold(files), "has other contents");
}

TEST_CASE("names, modes and order count") {
  Files files = sample();
  SUBCASE("one is missing") {
    files.pop_back();
    check_differs(Pair().hold(files), "go/src/main.go is not in the other archive");
  }
  SUBCASE("one more") {
    files.emplace_back("go/x", "x");
    check_differs(Pair().hold(files), "go/x is not in ours");
  }
  SUBCASE("twice") {
    files.push_back(files.front());
    check_differs(Pair().hold(files), "go/VERSION stands twice in the other archive");
  }
  SUBCASE("modes") {
    check_differs(Pair().hold(files, Pack::Form::tar_gz, 0755), "mode 0644, there 0755");
  }
  SUBCASE("order") {
    std::swap(files[0], files[2]);
    check_differs(Pair().hold(files), "another order");
  }
}

TEST_CASE("ten differences are named, and the others counted") {
  Files files = sample();
  for (int i = 0; i < 15; ++i) files.emplace_back("go/" + std::to_string(i), "x");
  const Check check = Pair().hold(files);
  CHECK(contains(check.says, "15 differences"));
  CHECK(check.details.size() == 11);
  CHECK(check.details.back() == "and 5 more");
}

TEST_CASE("a strange archive is refused") {
  const Pair pair;
  const fs::path ours = pair.pack("ours", sample());
  const auto error = [&](const std::string& bytes, const Limits& limits = {}) {
    const fs::path theirs = pair.scratch.file("theirs", bytes);
    return error_of([&] { check_against(ours, theirs, limits); });
  };
  CHECK(contains(error("no archive at all"), "cannot read"));
  CHECK(contains(error(RawTar().file("../out").bytes()), "\"../out\""));
  CHECK(contains(error(RawTar().entry("go/null", '3').bytes()), "is a device"));
  CHECK(contains(error(RawTar().file("go/a").entry("go/b", '1', {}, "go/a").bytes()), "is a hard link"));
  CHECK(
      contains(error(RawTar().file("go/a", std::string(5000, 'x')).bytes(), {.bytes = 1000}), "--max-bytes"));
  CHECK(contains(error(RawTar().file("a").file("b").file("c").bytes(), {.entries = 2}), "--max-entries"));
  const std::string cut = RawTar().file("go/a").bytes();
  CHECK(contains(error(cut.substr(0, 1024)), "truncated"));
}

TEST_CASE("of an output the archive is taken that is called as the downloaded one") {
  const Pair pair;
  pair.scratch.directory("output");
  pair.pack("output/go.tar.gz", sample());
  const fs::path download = pair.pack("go.tar.gz", sample());
  CHECK(check_output_against(pair.scratch / "output", download, {}).result == Check::Result::passed);
  CHECK(check_output_against(pair.scratch / "output/go.tar.gz", download, {}).result ==
        Check::Result::passed);
  const fs::path other = pair.pack("other.tar.gz", sample());
  CHECK(contains(error_of([&] { check_output_against(pair.scratch / "output", other, {}); }),
                 "Name our archive itself"));
}
