#include "source/canonical.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gostrap;

TEST_CASE("what a release leaves out is left out at the top only") {
  for (const std::string path :
       {".git", ".git/HEAD", ".gitattributes", ".github", ".github/CODEOWNERS", ".gitignore"}) {
    CHECK_MESSAGE(!is_in_source(path), path);
  }
  for (const std::string path :
       {"VERSION", "src", "src/.gitignore", "misc/.github/x", ".gitattributes2", ".gi", "git"}) {
    CHECK_MESSAGE(is_in_source(path), path);
  }
}

TEST_CASE("x bits follow distpack's rule") {
  for (const std::string path :
       {"src/make.bash", "make.bash", "src/all.rc", "a/b.sh", "src/syscall/mk.pl", ".sh",
        "lib/wasm/go_js_wasm_exec", "lib/wasm/go_wasip1_wasm_exec", "go_a_b_exec", "go_a__b_exec"}) {
    CHECK_MESSAGE(is_executable_in_source(path), path);
  }
  for (const std::string path :
       {"src/make.bat", "VERSION", "src/a.sh/b", "go_js_exec", "go__b_exec", "go_a__exec", "go_exec",
        "xgo_a_b_exec", "go_a_b_exec.go", "bash", "go_js_wasm_exec/x"}) {
    CHECK_MESSAGE(!is_executable_in_source(path), path);
  }
}
