#include "toolchain/distribution.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A tree as make.bash leaves it.
fs::path built_tree(const Scratch& scratch) {
  for (const char* file : {"VERSION", "src/go/build/build.go", "src/go/build/zcgo.go", "src/cmd/dist/dist",
                           "src/all.bash", "pkg/include/textflag.h", "pkg/obj/cache", "pkg/bootstrap/x"}) {
    scratch.file(std::string("go/") + file, file);
  }
  for (const char* program :
       {"bin/go", "bin/gofmt", "bin/linux_arm/go", "bin/linux_arm/gofmt", "pkg/tool/linux_amd64/compile",
        "pkg/tool/linux_amd64/dist", "pkg/tool/linux_amd64/pprof", "pkg/tool/linux_arm/compile",
        "pkg/tool/linux_arm/distpack"}) {
    scratch.file(std::string("go/") + program, program, true);
  }
  return scratch / "go";
}

std::vector<std::string> files_below(const fs::path& root) {
  std::vector<std::string> files;
  for (const TreeEntry& entry : list_tree(root)) {
    if (entry.type == TreeEntry::Type::file) files.push_back(entry.path);
  }
  return files;
}

const Version old_rule{1, 24, 4};
const Version new_rule{1, 25, 0};

}  // namespace

TEST_CASE("before 1.25 all tools are distributed but four helpers") {
  for (const char* tool : {"api", "dist", "distpack", "metadata"})
    CHECK_FALSE(is_distributed_tool(old_rule, tool));
  for (const char* tool : {"compile", "pprof", "nm", "test2json"}) CHECK(is_distributed_tool(old_rule, tool));
}

TEST_CASE("from 1.25 on only the tools that builds need are distributed") {
  for (const char* tool : {"asm", "cgo", "compile", "cover", "fix", "link", "preprofile", "vet"}) {
    CHECK(is_distributed_tool(new_rule, tool));
  }
  for (const char* tool : {"pprof", "nm", "dist", "distpack"})
    CHECK_FALSE(is_distributed_tool(new_rule, tool));
}

TEST_CASE("a host's distribution is what distpack would pack") {
  const Scratch scratch;
  place_distribution({built_tree(scratch), {"linux", "amd64"}, false}, old_rule, "", CopyMode::copy,
                     scratch / "out");
  CHECK(files_below(scratch / "out") ==
        std::vector<std::string>{"VERSION", "bin/go", "bin/gofmt", "pkg/include/textflag.h",
                                 "pkg/tool/linux_amd64/compile", "pkg/tool/linux_amd64/pprof", "src/all.bash",
                                 "src/go/build/build.go", "src/go/build/zcgo.go"});
}

TEST_CASE("a cross-compiled distribution has the port's programs, and no others, in bin") {
  const Scratch scratch;
  place_distribution({built_tree(scratch), {"linux", "arm"}, true}, old_rule, "", CopyMode::copy,
                     scratch / "out");
  CHECK(read_file(scratch / "out/bin/go") == "bin/linux_arm/go");
  CHECK(fs::exists(scratch / "out/pkg/tool/linux_arm/compile"));
  CHECK_FALSE(fs::exists(scratch / "out/pkg/tool/linux_arm/distpack"));
  CHECK_FALSE(fs::exists(scratch / "out/pkg/tool/linux_amd64"));
  CHECK_FALSE(fs::exists(scratch / "out/bin/linux_arm"));
}

TEST_CASE("windows programs keep their .exe") {
  const Scratch scratch;
  const fs::path tree = built_tree(scratch);
  for (const char* name : {"bin/windows_amd64/go.exe", "bin/windows_amd64/gofmt.exe",
                           "pkg/tool/windows_amd64/link.exe", "pkg/tool/windows_amd64/dist.exe"}) {
    scratch.file(std::string("go/") + name, name, true);
  }
  place_distribution({tree, {"windows", "amd64"}, true}, new_rule, "", CopyMode::copy, scratch / "out");
  CHECK(fs::exists(scratch / "out/bin/go.exe"));
  CHECK(fs::exists(scratch / "out/pkg/tool/windows_amd64/link.exe"));
  CHECK_FALSE(fs::exists(scratch / "out/pkg/tool/windows_amd64/dist.exe"));
}

TEST_CASE("modes are distpack's, whatever the built tree has") {
  const Scratch scratch;
  const fs::path tree = built_tree(scratch);
  fs::permissions(tree / "VERSION", fs::perms(0700));
  fs::permissions(tree / "src/all.bash", fs::perms(0600));
  place_distribution({tree, {"linux", "amd64"}, false}, old_rule, "", CopyMode::copy, scratch / "out");
  CHECK_FALSE(is_executable(scratch / "out/VERSION"));
  CHECK(is_executable(scratch / "out/src/all.bash"));
  CHECK(is_executable(scratch / "out/bin/go"));
}

TEST_CASE("files that are the same as the source's are linked to it, changed ones are not") {
  const Scratch scratch;
  const fs::path tree = built_tree(scratch);
  scratch.file("source/VERSION", "VERSION");
  scratch.file("source/src/go/build/build.go", "older");
  place_distribution({tree, {"linux", "amd64"}, false}, old_rule, scratch / "source",
                     CopyMode::link_if_possible, scratch / "out");
  CHECK(fs::hard_link_count(scratch / "source/VERSION") == 2);
  CHECK(fs::hard_link_count(scratch / "source/src/go/build/build.go") == 1);
  CHECK(read_file(scratch / "out/src/go/build/build.go") == "src/go/build/build.go");
}

TEST_CASE("a symbolic link in a built tree is refused: Go's source has none") {
  const Scratch scratch;
  const fs::path tree = built_tree(scratch);
  scratch.link("go/src/evil", "/etc/passwd");
  CHECK(contains(
      error_of([&] {
        place_distribution({tree, {"linux", "amd64"}, false}, old_rule, "", CopyMode::copy, scratch / "out");
      }),
      "src/evil is a symbolic link"));
}

TEST_CASE("what make.bash generated can be taken away again") {
  const Scratch scratch;
  const fs::path tree = built_tree(scratch);
  strip_to_source(tree);
  CHECK(files_below(tree) ==
        std::vector<std::string>{"VERSION", "src/all.bash", "src/cmd/dist/dist", "src/go/build/build.go"});
}
