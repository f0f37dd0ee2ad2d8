#include "seed/seed.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;
using namespace std::string_literals;

namespace {

/// What make.sh leaves: results, and the program.
struct Results {
  Scratch scratch;
  std::string taken;

  Results() { scratch.file("results/go_cache", "#!/bin/sh", true); }

  static std::string name(const std::string& bytes) { return "results/" + hex(sha256(bytes)) + "-d"; }
  static std::string line(const std::string& action, const std::string& bytes) {
    return hex(sha256(action)) + " " + hex(sha256(bytes)) + " " + std::to_string(bytes.size()) + "\n";
  }
  void add(const std::string& action, const std::string& bytes) {
    scratch.file(name(bytes), bytes);
    taken += line(action, bytes);
  }

  fs::path output() const { return scratch / "std"; }
  void lay_out() const {
    remove_tree(output());
    scratch.file("results/taken", taken);
    lay_out_seed(scratch / "results", output());
  }
  std::string refusal() const {
    return error_of([&] { lay_out(); });
  }
  SeedIndex index() const { return read_seed_index(read_file(seed_index(output())), "index"); }
};

}  // namespace

TEST_CASE("what was taken is laid out: equal bytes once, an index, and the program") {
  Results results;
  results.add("compile fmt", "fmt.a");
  results.add("compile fmt, trimmed", "fmt.a");
  results.add("vet fmt", "");
  results.scratch.file(Results::name("not taken"), "not taken");
  results.lay_out();
  CHECK(results.index() == SeedIndex{{sha256("compile fmt"), {sha256("fmt.a"), 5}},
                                     {sha256("compile fmt, trimmed"), {sha256("fmt.a"), 5}},
                                     {sha256("vet fmt"), {sha256(""), 0}}});
  CHECK(read_file(seed_file(results.output(), {sha256("fmt.a"), 5})) == "fmt.a");
  CHECK(list_tree(results.output() / "share/std").size() == 4);  // the directory, two files, the index
  CHECK(is_executable(seed_program(results.output())));
}

TEST_CASE("what is known by its place stays out: the index of a directory, a program in one") {
  Results results;
  results.add("compile fmt", "fmt.a");
  results.add("index fmt", "go index v2\nfmt");
  results.taken += Results::line("link vet", "vet");
  results.scratch.file(Results::name("vet") + "/vet", "vet", true);
  results.lay_out();
  CHECK(results.index() == SeedIndex{{sha256("compile fmt"), {sha256("fmt.a"), 5}}});
}

TEST_CASE("what the go command notes of a C compiler by its path stays out") {
  Results results;
  results.add("compile net", "net.a");
  results.add("takes -fdebug-prefix-map=a=b", "true");
  results.add("takes -Qunused-arguments", "false");
  results.add("which one it is", "/sdk/bin/go_linux_arm64_cc\0stat 2311 16d 1970 false\n\0ID"s);
  results.add("a path that was embedded", "/no/stat 1");
  results.lay_out();
  CHECK(results.index().size() == 2);
  CHECK(results.index().contains(sha256("compile net")));
  CHECK(results.index().contains(sha256("a path that was embedded")));
}

TEST_CASE("results that are not what they are called are refused, and so are missing ones") {
  Results results;
  results.add("compile fmt", "fmt.a");
  results.scratch.file(Results::name("fmt.a"), "fmt.b");
  CHECK(contains(results.refusal(), Results::name("fmt.a") + ": it is not what its name says"));
  fs::remove(results.scratch / Results::name("fmt.a"));
  CHECK(contains(results.refusal(), Results::name("fmt.a")));
  results.scratch.file(Results::name("fmt.a"), "fmt.a");
  CHECK(results.refusal().empty());
  results.taken.replace(results.taken.size() - 2, 1, "6");
  CHECK(contains(results.refusal(), "it is not what its name says"));
  results.taken = "nonsense\n";
  CHECK(contains(results.refusal(), "the line \"nonsense\" is none of an index"));
}

TEST_CASE("what a file is, is in its name") {
  const Digest digest = sha256("fmt.a");
  CHECK(output_named(seed_file("/std", {digest, 5}).filename().string()) == digest);
  CHECK(output_named(hex(digest) + "-d") == digest);
  for (const std::string name : {"", "-", "index", "000000005-", "-d"}) CHECK(!output_named(name));
}
