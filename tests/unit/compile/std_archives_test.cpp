#include "compile/std_archives.hpp"

#include "support/error.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gostrap;

namespace {

std::string member(const std::string& name, const std::string& text) {
  std::string header = name;
  header.resize(16, ' ');
  header += "0           0     0     644     ";
  std::string size = std::to_string(text.size());
  size.resize(10, ' ');
  return header + size + "`\n" + text + (text.size() % 2 != 0 ? std::string(1, '\0') : "");
}

const std::string first = "go object linux riscv64 go1.24.4 X:a\n";
const std::string build_id = "build id \"abc/defg\"\n";

}  // namespace

TEST_CASE("an archive is what it was before the go command gave it build IDs") {
  const std::string given = "!<arch>\n" + member("__.PKGDEF", first + build_id + "\n$$B\nu\n$$\n") +
                            member("_go_.o", first + build_id + "\n!\ncode") + member("a.o", first + "\n!\n");
  const std::string bare = "!<arch>\n" + member("__.PKGDEF", first + "\n$$B\nu\n$$\n") +
                           member("_go_.o", first + "\n!\ncode") + member("a.o", first + "\n!\n");
  CHECK(without_build_ids(given, "a.a") == bare);
  CHECK(without_build_ids(bare, "a.a") == bare);
}

TEST_CASE("a build ID elsewhere than in the second line of an object is none") {
  for (const std::string& text : {first + "x\n" + build_id, "C object\n" + build_id,
                                  first + "build id \"unended", first, std::string()}) {
    const std::string archive = "!<arch>\n" + member("x.syso", text);
    CHECK(without_build_ids(archive, "a.a") == archive);
  }
}

TEST_CASE("what is no archive is refused") {
  const std::string whole = "!<arch>\n" + member("a", "four");
  for (const std::string& text : {std::string(), std::string("!<thin>\n"), whole.substr(0, whole.size() - 1),
                                  whole.substr(0, 40), whole + "x", "!<arch>\n" + std::string(60, ' ')}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(without_build_ids(text, "a.a"), doctest::Contains("read the archive a.a"), Error);
  }
}
