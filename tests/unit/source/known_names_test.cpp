#include "source/known_names.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("names are read from where Go keeps them") {
  const Scratch scratch;
  scratch.file("src/internal/goexperiment/flags.go",
               "package goexperiment\n\ntype Flags struct {\n\tArenas bool\n\n\t// HeapMinimum512KiB is.\n"
               "\tHeapMinimum512KiB bool\n}\n\ntype Other struct {\n\tNone bool\n}\n");
  for (const char* file : {"v1.0.0-c2097c7c.zip", "v1.0.0.txt", "inprocess.txt", "README.md", "fips140.sum"})
    scratch.file(std::string("lib/fips140/") + file, "");
  scratch.file(
      "src/runtime/runtime1.go",
      "package runtime\n\nvar dbgvars = []*dbgVar{\n\t{name: \"gctrace\", value: &debug.gctrace},\n}\n"
      "\t{name: \"no\"}\n");
  scratch.file("src/internal/godebugs/table.go",
               "var All = []Info{\n\t{Name: \"http2client\", Package: \"net/http\"},\n}\n");
  const KnownNames names = read_known_names(scratch.path());
  CHECK(names.experiments == std::set<std::string>{"arenas", "heapminimum512kib"});
  CHECK(names.fips_versions == std::set<std::string>{"inprocess", "latest", "off", "v1.0.0"});
  CHECK(names.runtime_debug == std::set<std::string>{"gctrace", "memprofilerate"});
  CHECK(names.debug == std::set<std::string>{"http2client"});
}

TEST_CASE("where there is nothing, nothing is known") {
  const Scratch scratch;
  const KnownNames names = read_known_names(scratch.path());
  CHECK(names.experiments.empty());
  CHECK(names.fips_versions.empty());
  CHECK(names.runtime_debug.empty());
  CHECK(names.debug.empty());
}
