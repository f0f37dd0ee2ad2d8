#include "sdk/runtime_defaults.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

constexpr const char* pacer = R"(package runtime

func readGOGC() int32 {
	p := gogetenv("GOGC")
	if p == "off" {
		return -1
	}
	if n, ok := atoi32(p); ok {
		return n
	}
	return 100
}

func readGOMEMLIMIT() int64 {
	p := gogetenv("GOMEMLIMIT")
	if p == "" || p == "off" {
		return maxInt64
	}
	return 0
}
)";

constexpr const char* runtime1 = R"(package runtime

func parsedebugvars() {
	// apply compile-time GODEBUG settings
	parsegodebug(godebugDefault, nil)
}

func reparsedebugvars(env string) {
	parsegodebug(env, seen)
	parsegodebug(godebugDefault, seen)
}
)";

void goroot(const Scratch& scratch) {
  scratch.file("src/runtime/mgcpacer.go", pacer);
  scratch.file("src/runtime/runtime1.go", runtime1);
  scratch.file("src/runtime/runtime.go",
               "package runtime\n\nfunc f() {\n\t\t(*update)(godebugDefault, env)\n}\n");
}

std::map<std::string, std::string> edited(const Scratch& scratch, const std::string& name,
                                          const std::string& value) {
  return with_runtime_defaults(scratch.path(), {{name, value}});
}

}  // namespace

TEST_CASE("GOGC: only the last return changes") {
  const Scratch scratch;
  goroot(scratch);
  const auto files = edited(scratch, "GOGC", "200");
  REQUIRE(files.size() == 1);
  const std::string& text = files.at("src/runtime/mgcpacer.go");
  CHECK(contains(text, "\t\treturn n\n\t}\n\treturn 200\n}\n"));
  CHECK(contains(text, "\t\treturn -1\n"));
  CHECK(contains(edited(scratch, "GOGC", "off").at("src/runtime/mgcpacer.go"), "\t}\n\treturn -1\n}\n"));
}

TEST_CASE("GOMEMLIMIT: off in the environment still means none") {
  const Scratch scratch;
  goroot(scratch);
  const std::string text = edited(scratch, "GOMEMLIMIT", "64MiB").at("src/runtime/mgcpacer.go");
  CHECK(contains(
      text, "\tif p == \"\" {\n\t\treturn 67108864\n\t}\n\tif p == \"off\" {\n\t\treturn maxInt64\n\t}\n"));
}

TEST_CASE("GODEBUG: before what the linker sets at the start, and behind it where the last one counts") {
  const Scratch scratch;
  goroot(scratch);
  const auto files = edited(scratch, "GODEBUG", "gctrace=1,madvdontneed=0");
  CHECK(contains(files.at("src/runtime/runtime1.go"),
                 "\tparsegodebug(\"gctrace=1,madvdontneed=0\", nil)\n\tparsegodebug(godebugDefault, nil)\n"));
  CHECK(
      contains(files.at("src/runtime/runtime1.go"),
               "\tparsegodebug(godebugDefault, seen)\n\tparsegodebug(\"gctrace=1,madvdontneed=0\", seen)\n"));
  CHECK(contains(files.at("src/runtime/runtime.go"),
                 "(*update)(\"gctrace=1,madvdontneed=0,\"+godebugDefault, env)\n"));
}

TEST_CASE("several defaults meet in one file") {
  const Scratch scratch;
  goroot(scratch);
  const auto files = with_runtime_defaults(scratch.path(), {{"GOGC", "50"}, {"GOMEMLIMIT", "1GiB"}});
  REQUIRE(files.size() == 1);
  CHECK(contains(files.at("src/runtime/mgcpacer.go"), "\treturn 50\n}\n"));
  CHECK(contains(files.at("src/runtime/mgcpacer.go"), "\t\treturn 1073741824\n"));
}

TEST_CASE("a place that is not exactly as expected is refused, and named") {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"\treturn 100\n", "\treturn 120\n"},
           {"func readGOGC", "func gogc"},
           {"\"off\" {\n\t\treturn -1", "\"no\" {\n\t\treturn -1"}}) {
    const Scratch scratch;
    goroot(scratch);
    std::string text = pacer;
    text.replace(text.find(from), from.size(), to);
    scratch.file("src/runtime/mgcpacer.go", text);
    CHECK(contains(error_of([&] { edited(scratch, "GOGC", "200"); }), "mgcpacer.go is not as expected"));
  }
  const Scratch scratch;
  goroot(scratch);
  scratch.file("src/runtime/mgcpacer.go", std::string(pacer) + pacer);
  CHECK(contains(error_of([&] { edited(scratch, "GOMEMLIMIT", "1GiB"); }), "more than once"));
  scratch.file("src/runtime/runtime.go", "package runtime\n");
  CHECK(
      contains(error_of([&] { edited(scratch, "GODEBUG", "gctrace=1"); }), "runtime.go is not as expected"));
}
