#include "compile/lost_bytes.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("what the go command lost of a path is put back") {
  const LostBytes bytes({"/store/s\xff/sdk", "/home/me", ""});
  CHECK(bytes.restored("/store/s\xef\xbf\xbd/sdk/share/go/src/fmt") == "/store/s\xff/sdk/share/go/src/fmt");
  CHECK(bytes.restored("/store/s\xef\xbf\xbd/go.mod") == "/store/s\xff/go.mod");
  CHECK(bytes.restored("/store/s\xef\xbf\xbdx") == "/store/s\xef\xbf\xbdx");
  CHECK(bytes.restored("/home/me/x") == "/home/me/x");
}

TEST_CASE("directories of packages and modules are put right, and what the go command is set to") {
  ProgramAnswer answer;
  answer.go_env["GOROOT"] = "/s\xef\xbf\xbd/go";
  answer.packages.resize(1);
  answer.packages[0].directory = "/s\xef\xbf\xbd/m/p";
  GoModule module;
  module.directory = "/s\xef\xbf\xbd/m";
  answer.packages[0].module = std::make_shared<const GoModule>(module);
  LostBytes({"/s\xfe/m/p"}).restore(answer);
  CHECK(answer.go_env["GOROOT"] == "/s\xfe/go");
  CHECK(answer.packages[0].directory == "/s\xfe/m/p");
  CHECK(answer.packages[0].module->directory == "/s\xfe/m");
}
