#include "sdk/launcher.hpp"

#include "release/c_compiler_samples.hpp"
#include "sdk/c_tools.hpp"
#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Said {
  int code;
  std::string text;
};

/// An SDK at `place` whose go command says what it was given: variables that count, and its arguments.
fs::path sdk(const Scratch& scratch, const std::string& place, const Port& port = {"linux", "riscv64"},
             const std::map<std::string, std::string>& settings = {}) {
  scratch.file(place + "/bin/go", launcher(port, settings), true);
  scratch.file(place + "/share/go/go.env", "# c\nGOPROXY=proxy\nGOSUMDB=sum\nGOTOOLCHAIN=local\nGOOS=x\n");
  scratch.file(place + "/share/go/bin/go",
               "#!/bin/sh\nprintf '%s\\n' \"$GOOS/$GOARCH $GOTOOLCHAIN ${GOAMD64-none} ${GOROOT-none} "
               "${GOTOOLDIR-none} ${GOPROXY-none}\" \"$PATH\" \"$@\"\n",
               true);
  return scratch / place;
}

Said start(const Scratch& scratch, const std::vector<std::string>& argv, const Environment& environment = {},
           const fs::path& directory = "/") {
  Said said{};
  Command command;
  command.argv = argv;
  command.directory = directory;
  command.environment =
      with({{"PATH", "/usr/bin:/bin"}, {"HOME", scratch.directory("home").string()}}, environment);
  command.on_line = [&](std::string_view line) { said.text += std::string(line) + "\n"; };
  said.code = run(command).code;
  return said;
}

/// An SDK for linux/arm64 that compiles C: its go command says what it is told of that.
std::string c_sdk(const Scratch& scratch, const Port& hosted_on = {"linux", "amd64"},
                  const CCompiler& compiler = cross_gcc()) {
  const Port arm64{"linux", "arm64"};
  scratch.file("c/bin/go", launcher(arm64, {}, c_launcher_lines(arm64, hosted_on, compiler)), true);
  scratch.file("c/share/go/bin/go",
               "#!/bin/sh\necho \"$GOOS/$GOARCH ${CGO_ENABLED-none} ${AR-none} ${CC-none} ${CXX-none} "
               "${PKG_CONFIG-none} | $GOSTRAP_DEFAULTS\"\n",
               true);
  return (scratch / "c/bin/go").string();
}

/// What that is where `environment` is the caller's.
std::string told_of_c(const Environment& environment, const std::vector<std::string>& words = {"build"}) {
  const Scratch scratch;
  std::vector<std::string> argv{c_sdk(scratch)};
  argv.insert(argv.end(), words.begin(), words.end());
  return start(scratch, argv, environment).text;
}

/// The same with a file of `go env -w`.
std::string told_of_c_with(const std::string& file, Environment environment = {}) {
  const Scratch scratch;
  environment.emplace_back("GOENV", scratch.file("written", file).string());
  return start(scratch, {c_sdk(scratch), "build"}, environment).text;
}

std::string first_line(const Said& said) {
  return said.text.substr(0, said.text.find('\n'));
}

/// What the go command is told of its port when `environment` is the caller's.
std::string told(const Environment& environment, const Port& port = {"linux", "riscv64"},
                 const std::map<std::string, std::string>& settings = {}) {
  const Scratch scratch;
  return first_line(start(scratch, {(sdk(scratch, "s", port, settings) / "bin/go").string()}, environment));
}

}  // namespace

TEST_CASE("the go command gets the port, and the SDK's bin first on PATH") {
  const Scratch scratch;
  const fs::path place = sdk(scratch, "s");
  CHECK(start(scratch, {(place / "bin/go").string(), "run", "a b", ""}).text ==
        "linux/riscv64 local none none none none\n" + (place / "bin").string() +
            ":/usr/bin:/bin\nrun\na b\n\n");
}

TEST_CASE("every POSIX shell runs the launcher the same") {
  const Scratch scratch;
  const std::string go = (sdk(scratch, "s") / "bin/go").string();
  const std::string expected = start(scratch, {go, "x"}).text;
  const std::vector<std::vector<std::string>> shells{
      {"dash"}, {"bash"}, {"bash", "--posix"},        {"busybox", "sh"}, {"ksh"},
      {"mksh"}, {"yash"}, {"zsh", "--emulate", "sh"}, {"sh", "-eu"},     {"bash", "-eu"}};
  for (std::vector<std::string> argv : shells) {
    if (!find_program(argv.front())) continue;
    const std::string name = argv.front() + " " + argv.back();
    argv.insert(argv.end(), {go, "x"});
    CHECK_MESSAGE(start(scratch, argv).text == expected, name);
  }
}

TEST_CASE("it is found from wherever it is started: paths, links, links to links, directories, names") {
  const Scratch scratch;
  const fs::path place = sdk(scratch, "s");
  const std::string bin = (place / "bin").string();
  scratch.link("one", "s/bin/go");
  scratch.link("two", "one");
  scratch.directory("deep");
  scratch.link("deep/three", "../two");
  scratch.link("bin-alone", "s/bin");
  scratch.link("whole", "s");
  const auto port_of = [&](const std::vector<std::string>& argv, const Environment& more = {},
                           const std::string& below = "") {
    return first_line(start(scratch, argv, more, scratch / below));
  };
  const std::string right = "linux/riscv64 local none none none none";
  for (const std::string name :
       {"s/bin/go", "./s/bin/go", "one", "two", "deep/three", "bin-alone/go", "whole/bin/go"}) {
    CHECK_MESSAGE(port_of({(scratch / name).string()}) == right, name);
    CHECK_MESSAGE(port_of({"sh", name}) == right, name);
    CHECK_MESSAGE(port_of({"sh", "-c", "exec \"$0\"", std::string("./") + name}) == right, name);
  }
  CHECK(port_of({"sh", "go"}, {}, "s/bin") == right);
  CHECK(port_of({"sh", "./go"}, {}, "s/bin") == right);
  CHECK(port_of({"bash", "go"}, {{"PATH", bin + ":/usr/bin:/bin"}}) == right);
  CHECK(port_of({"go"}, {{"PATH", bin + ":/usr/bin:/bin"}}) == right);
  CHECK(port_of({"sh", "-c", "exec go"}, {{"PATH", "s/bin:/usr/bin:/bin"}}) == right);
  // what runs programs is found beside it, by whichever of these names
  CHECK(contains(start(scratch, {(scratch / "deep/three").string()}).text, "\n" + bin + ":/usr/bin:/bin\n"));
}

TEST_CASE("any directory will do, but for one with a colon, which cannot be on PATH") {
  for (const std::string name : {"a b", "it's", "q\"uote", "new\nline", "$HOME", "`id`", "semi;colon", "ünï",
                                 "*", "-n", "back\\slash", "%s", "a=b", "tab\t", "\xff\xfe", "end\n", " "}) {
    const Scratch scratch;
    const fs::path place = sdk(scratch, name);
    for (const char* locale : {"C", "C.UTF-8"}) {
      const Said said = start(scratch, {(place / "bin/go").string()}, {{"LC_ALL", locale}});
      CHECK_MESSAGE(said.text == "linux/riscv64 local none none none none\n" + (place / "bin").string() +
                                     ":/usr/bin:/bin\n",
                    name);
    }
    scratch.link("link", name + "/bin/go");
    CHECK_MESSAGE(start(scratch, {(scratch / "link").string()}).code == 0, name);
  }
  const Scratch scratch;
  const Said said = start(scratch, {(sdk(scratch, "a:b") / "bin/go").string(), "version"});
  CHECK(said.code == 2);
  CHECK(contains(said.text, "cannot be put on PATH, for there is a colon in it"));
}

TEST_CASE("a copy of the launcher alone says what is missing") {
  const Scratch scratch;
  scratch.file("elsewhere/bin/go", launcher({"linux", "riscv64"}, {}), true);
  const Said said = start(scratch, {(scratch / "elsewhere/bin/go").string(), "version"});
  CHECK(said.code == 2);
  CHECK(contains(said.text, "link to it, or copy the whole SDK"));
}

TEST_CASE("what the user has set wins; what is empty is not set") {
  CHECK(told({{"GOARCH", "arm64"}}) == "linux/arm64 local none none none none");
  CHECK(told({{"GOOS", "windows"}, {"GOARCH", "amd64"}}) == "windows/amd64 local none none none none");
  CHECK(told({{"GOOS", ""}, {"GOARCH", ""}, {"GOTOOLCHAIN", ""}}) ==
        "linux/riscv64 local none none none none");
  CHECK(told({{"GOTOOLCHAIN", "auto"}}) == "linux/riscv64 auto none none none none");
}

TEST_CASE("what leads to another toolchain's library is taken away") {
  CHECK(told({{"GOROOT", "/old"}, {"GOTOOLDIR", "/tools"}}) == "linux/riscv64 local none none none none");
}

TEST_CASE("a profile's settings are there for the tool tags, where the user has none") {
  const std::map<std::string, std::string> v3{{"GOAMD64", "v3"}};
  CHECK(told({}, {"linux", "amd64"}, v3) == "linux/amd64 local v3 none none none");
  CHECK(told({{"GOAMD64", "v2"}}, {"linux", "amd64"}, v3) == "linux/amd64 local v2 none none none");
}

TEST_CASE("a level that no Go knows is refused: cmd/go would take it without a word") {
  const auto refused = [&](const char* name, const char* value, const Port& port) {
    return contains(told({{name, value}}, port), std::string(name) + "=" + value + " cannot be");
  };
  CHECK(refused("GOAMD64", "v5", {"linux", "amd64"}));
  CHECK(refused("GOAMD64", "3", {"linux", "amd64"}));
  CHECK(refused("GOARM", "9", {"linux", "arm"}));
  CHECK(refused("GOARM", "7,soft", {"linux", "arm"}));
  CHECK_FALSE(refused("GOAMD64", "v4", {"linux", "amd64"}));
  CHECK_FALSE(refused("GOARM", "6,hardfloat", {"linux", "arm"}));
  CHECK_FALSE(refused("GOAMD64", "v5", {"linux", "riscv64"}));  // it does not count there
}

TEST_CASE("what the go command of one SDK sets is no choice of the user's for another SDK") {
  const Scratch scratch;
  const fs::path other = sdk(scratch, "other", {"js", "wasm"});
  const fs::path first = sdk(scratch, "first", {"linux", "amd64"}, {{"GOAMD64", "v3"}});
  scratch.file("first/share/go/bin/go", "#!/bin/sh\nexec \"$@\"\n", true);
  const std::string go = (first / "bin/go").string();
  const std::string inner = (other / "bin/go").string();
  CHECK(first_line(start(scratch, {go, inner})) == "js/wasm local none none none none");
  // but the user's own choice is, in between as well
  CHECK(first_line(start(scratch, {go, "env", "GOOS=linux", "GOARCH=arm64", inner})) ==
        "linux/arm64 local none none none none");
  CHECK(first_line(start(scratch, {go, "env", "GOOS=linux", "GOARCH=386", "GOAMD64=v2", inner})) ==
        "linux/386 local v2 none none none");
}

TEST_CASE("GOROOT in the file of `go env -w` does not lead away") {
  const Scratch scratch;
  const fs::path place = sdk(scratch, "s");
  scratch.directory("home/.config/go");
  scratch.file("home/.config/go/env", "GOFLAGS=-x\nGOROOT=/elsewhere\n");
  const std::string go = (place / "bin/go").string();
  // cmd/go would read /elsewhere/go.env: what stands in the SDK's own is set as well
  const std::string root = (place / "share/go").string();
  CHECK(first_line(start(scratch, {go})) == "linux/riscv64 local none " + root + " none proxy");
  CHECK(first_line(start(scratch, {go}, {{"GOENV", "off"}})) == "linux/riscv64 local none none none none");
  CHECK(first_line(start(scratch, {go}, {{"GOPROXY", "mine"}})) ==
        "linux/riscv64 local none " + root + " none mine");
  scratch.file("named", "GOPROXY=theirs\nGOROOT=/elsewhere");  // without a newline at the end
  CHECK(first_line(start(scratch, {go}, {{"GOENV", (scratch / "named").string()}})) ==
        "linux/riscv64 local none " + root + " none none");
  scratch.file("config/go/env", "GOPROXY=x\n");
  CHECK(first_line(start(scratch, {go}, {{"XDG_CONFIG_HOME", (scratch / "config").string()}})) ==
        "linux/riscv64 local none none none none");
}

TEST_CASE("what the caller has exported reaches the go command, whatever it is called") {
  const Scratch scratch;
  const fs::path place = sdk(scratch, "s");
  scratch.file("s/share/go/bin/go", "#!/bin/sh\necho \"$go $bin $root $self $line $name $value $file\"\n",
               true);
  Environment environment;
  for (const char* name : {"go", "bin", "root", "self", "line", "name", "value", "file"})
    environment.emplace_back(name, "mine");
  CHECK(start(scratch, {(place / "bin/go").string()}, environment).text ==
        "mine mine mine mine mine mine mine mine\n");
}

TEST_CASE("the launcher of an SDK without C has no word of C") {
  CHECK_FALSE(contains(launcher({"linux", "arm64"}, {{"GOARM64", "v8.1"}}), "CGO_ENABLED"));
  CHECK(told({{"CC", "gcc"}}) == "linux/riscv64 local none none none none");
}

TEST_CASE("what is left over of this machine's own compiler is not the SDK's") {
  const std::string own = "linux/arm64 none none none none none | GOOS=linux GOARCH=arm64\n";
  CHECK(told_of_c({}) == own);
  CHECK(told_of_c({{"AR", "ar"}, {"CC", "gcc"}, {"CXX", "g++"}, {"PKG_CONFIG", "pkg-config"}}) == own);
  CHECK(told_of_c({{"CC", "gcc"}, {"GOOS", "linux"}, {"GOARCH", "arm64"}}) == own);
}

TEST_CASE("programs for other ports are made without C, and that is noted; a choice of the user's stays") {
  CHECK(told_of_c({{"GOARCH", "riscv64"}}) ==
        "linux/riscv64 0 none none none none | GOOS=linux GOARCH=arm64 CGO_ENABLED=0\n");
  CHECK(told_of_c({{"GOOS", "windows"}, {"CGO_ENABLED", ""}}) ==
        "windows/arm64 0 none none none none | GOOS=linux GOARCH=arm64 CGO_ENABLED=0\n");
  CHECK(told_of_c({{"GOARCH", "riscv64"}, {"CGO_ENABLED", "1"}, {"CC", "riscv-gcc"}}) ==
        "linux/riscv64 1 none riscv-gcc none none | GOOS=linux GOARCH=arm64\n");
  CHECK(told_of_c({{"GOARCH", "riscv64"}, {"CGO_ENABLED", "0"}}) ==
        "linux/riscv64 0 none none none none | GOOS=linux GOARCH=arm64\n");
}

TEST_CASE("CGO_ENABLED=0 of the user's wins for the SDK's own port") {
  CHECK(told_of_c({{"CGO_ENABLED", "0"}}) == "linux/arm64 0 none none none none | GOOS=linux GOARCH=arm64\n");
  CHECK(told_of_c({{"CGO_ENABLED", "1"}}) == "linux/arm64 1 none none none none | GOOS=linux GOARCH=arm64\n");
  CHECK(told_of_c_with("CGO_ENABLED=1\n", {{"CGO_ENABLED", "0"}}) ==
        "linux/arm64 0 none none none none | GOOS=linux GOARCH=arm64\n");
}

TEST_CASE("a tool runs on this machine, and is made without C") {
  CHECK(told_of_c({}, {"tool", "stringer"}) ==
        "linux/arm64 0 none none none none | GOOS=linux GOARCH=arm64 CGO_ENABLED=0\n");
  CHECK(contains(told_of_c({}, {"run", "tool"}), "linux/arm64 none "));
  CHECK(contains(told_of_c({}, {}), "linux/arm64 none "));
  // but where the machine is of the SDK's port
  const Scratch scratch;
  CHECK(contains(start(scratch, {c_sdk(scratch, {"linux", "arm64"}), "tool"}).text, "linux/arm64 none "));
}

TEST_CASE(
    "what `go env -w` has for this machine's compiler is overridden; what it leaves empty is not there") {
  const std::string note = " | GOOS=linux GOARCH=arm64\n";
  CHECK(told_of_c_with("CC=gcc\nCXX=g++\nAR=ar\nPKG_CONFIG=p\nCGO_ENABLED=0\n") ==
        "linux/arm64 1 go_linux_arm64_ar go_linux_arm64_cc go_linux_arm64_cxx go_linux_arm64_pkg_config" +
            note);
  CHECK(told_of_c_with("CC=gcc") ==
        "linux/arm64 none none go_linux_arm64_cc none none" + note);  // no newline
  CHECK(told_of_c_with("CC=gcc\n", {{"CC", "clang"}}) ==
        "linux/arm64 none none go_linux_arm64_cc none none" + note);
  CHECK(told_of_c_with("CC=\nCGO_ENABLED=\nXCC=gcc\n#CC=gcc\nCC gcc\n") ==
        "linux/arm64 none none none none none" + note);
  CHECK(told_of_c_with("CC=$(touch /x)`id`\\\n") ==
        "linux/arm64 none none go_linux_arm64_cc none none" + note);
  CHECK(told_of_c_with("CC=gcc\nCGO_ENABLED=1\n", {{"GOARCH", "riscv64"}}) ==
        "linux/riscv64 0 none none none none | GOOS=linux GOARCH=arm64 CGO_ENABLED=0\n");
  const Scratch scratch;
  scratch.file("home/.config/go/env", "CXX=g++\n");
  CHECK(contains(start(scratch, {c_sdk(scratch)}).text, " none none go_linux_arm64_cxx none |"));
  CHECK(contains(start(scratch, {c_sdk(scratch)}, {{"GOENV", "off"}}).text, " none none none none |"));
  CCompiler bare = cross_gcc();
  bare.ar = "";
  scratch.file("home/.config/go/env", "AR=my-ar\n");
  CHECK(
      contains(start(scratch, {c_sdk(scratch, {"linux", "amd64"}, bare)}).text, "none ar none none none |"));
}

TEST_CASE("what an SDK has set for another port is taken back below it; a choice in between is the user's") {
  const Scratch scratch;
  const std::string inner = c_sdk(scratch);
  const std::string noted = "GOOS=linux GOARCH=arm64 CGO_ENABLED=0";
  CHECK(contains(start(scratch, {inner}, {{"GOSTRAP_DEFAULTS", noted}, {"CGO_ENABLED", "0"}}).text,
                 "linux/arm64 none "));
  CHECK(contains(start(scratch, {inner}, {{"GOSTRAP_DEFAULTS", noted}, {"CGO_ENABLED", "1"}}).text,
                 "linux/arm64 1 "));
  CHECK(contains(
      start(scratch, {inner}, {{"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=arm64"}, {"CGO_ENABLED", "0"}}).text,
      "linux/arm64 0 "));
  CHECK(contains(start(scratch, {inner}, {{"GOSTRAP_DEFAULTS", "XCGO_ENABLED=0"}, {"CGO_ENABLED", "0"}}).text,
                 "linux/arm64 0 "));
}

TEST_CASE("every POSIX shell runs the C lines of the launcher the same") {
  const Scratch scratch;
  const std::string go = c_sdk(scratch);
  const Environment environment{{"CC", "gcc"},
                                {"GOENV", scratch.file("written", "CXX=g++\nCGO_ENABLED=0\n").string()}};
  const std::vector<std::vector<std::string>> shells{
      {"dash"},      {"bash", "--posix"}, {"busybox", "sh"},         {"ksh"}, {"mksh"}, {"yash"},
      {"sh", "-eu"}, {"bash", "-eu"},     {"zsh", "--emulate", "sh"}};
  for (std::vector<std::string> argv : shells) {
    if (!find_program(argv.front())) continue;
    const std::string name = argv.front() + " " + argv.back();
    argv.insert(argv.end(), {go, "build"});
    CHECK_MESSAGE(start(scratch, argv, environment).text ==
                      "linux/arm64 1 none none go_linux_arm64_cxx none | GOOS=linux GOARCH=arm64\n",
                  name);
  }
}
