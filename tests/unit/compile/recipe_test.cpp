#include "compile/recipe.hpp"

#include "compile/make_recipe.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;

namespace {

/// As go list prints it: a program, a package of its module with assembly, one of another module, and two of
/// the standard library.
constexpr const char* listed = R"({
	"Dir": "/go/src/unsafe",
	"ImportPath": "unsafe",
	"Name": "unsafe",
	"Standard": true,
	"Goroot": true,
	"DepOnly": true,
	"GoFiles": ["unsafe.go"]
}
go: a word on standard error is no document
{
	"Dir": "/go/src/sync",
	"ImportPath": "sync",
	"Name": "sync",
	"Standard": true,
	"Goroot": true,
	"DepOnly": true,
	"GoFiles": ["mutex.go"],
	"Imports": ["unsafe"]
}
{
	"Dir": "/cache/example.com/!dep@v1.2.0/sub",
	"ImportPath": "example.com/Dep/sub",
	"Name": "sub",
	"DepOnly": true,
	"Module": {"Path": "example.com/Dep", "Version": "v1.2.0", "GoVersion": "1.18"},
	"GoFiles": ["sub.go"],
	"Imports": ["sync"]
}
{
	"Dir": "/src/cpu",
	"ImportPath": "example.com/main/cpu",
	"Name": "cpu",
	"DepOnly": true,
	"Module": {"Path": "example.com/main", "Main": true, "Dir": "/src", "GoVersion": "1.21.3"},
	"GoFiles": ["cpu.go"],
	"SFiles": ["add_arm64.s"],
	"HFiles": ["defs_arm64.h"]
}
{
	"Dir": "/src",
	"ImportPath": "example.com/main",
	"Name": "main",
	"DefaultGODEBUG": "panicnil=1",
	"Module": {"Path": "example.com/main", "Main": true, "Dir": "/src", "GoVersion": "1.21.3"},
	"ImportMap": {"old/sub": "example.com/Dep/sub"},
	"GoFiles": ["main.go", "it's $odd.go"],
	"EmbedPatterns": ["static", "all:static"],
	"EmbedFiles": ["static/.hidden", "static/a.txt"],
	"Imports": ["example.com/Dep/sub", "example.com/main/cpu", "sync"]
}
)";

std::string without_words(std::string text) {
  const std::size_t word = text.find("go: a word");
  return text.erase(word, text.find('\n', word) + 1 - word);
}

Recipe recipe(const RecipeOptions& options = {}, Port port = {"linux", "arm64"}) {
  RecipeOptions own = options;
  own.tool_directory = "/go/pkg/tool/linux_amd64";
  own.module_cache = "/cache";
  NamedRoots roots;
  roots.add("SDK", "/go");
  roots.add("SRC", "/src");
  roots.add("MODCACHE", "/cache");
  const Target target = target_from(
      port, {{"GOARM64", "v8.0"}, {"GOVERSION", "go1.24.4"}, {"GOFIPS140", "off"}, {"GOEXPERIMENT", ""}});
  return make_recipe(parse_go_list(without_words(listed)), target, roots, own);
}

const RecipeStep& step(const Recipe& recipe, const std::string& name) {
  return *std::find_if(recipe.steps.begin(), recipe.steps.end(),
                       [&](const auto& each) { return each.name == name; });
}

NamedRoots sdk_only() {
  NamedRoots roots;
  roots.add("SDK", "/go");
  return roots;
}

std::string line(const ToolCommand& command) {
  std::string line;
  for (const std::string& word : command.argv) line += (line.empty() ? "" : " ") + word;
  return line;
}

}  // namespace

TEST_CASE("every package but unsafe is one step, after those it needs, and the link is the last") {
  const Recipe made = recipe();
  CHECK(made.steps.size() == 5);
  CHECK(made.steps.back().name == "link");
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    for (const std::size_t need : made.steps[i].needs) CHECK(need < i);
  }
  CHECK(step(made, "example.com/main").needs.size() == 3);
  CHECK(made.steps.back().needs.size() == 4);
}

TEST_CASE("a compilation is told what go build tells it, in paths that do not depend on the place") {
  const Recipe made = recipe();
  CHECK(
      line(step(made, "example.com/Dep/sub").commands.front()) ==
      "${SDK}/pkg/tool/linux_amd64/compile -o ${WORK}/example.com!Dep!sub/pkg.a -trimpath "
      "${MODCACHE}/example.com/!dep@v1.2.0/sub=>example.com/Dep@v1.2.0/sub;${WORK}/example.com!Dep!sub=> -p "
      "example.com/Dep/sub -lang=go1.18 -complete -goversion go1.24.4 -c=4 -nolocalimports -importcfg "
      "${WORK}/example.com!Dep!sub/importcfg -pack ${MODCACHE}/example.com/!dep@v1.2.0/sub/sub.go");
  const std::string sync = line(step(made, "sync").commands.front());
  CHECK(
      testing::contains(sync, " -lang=go1.24 -std -goversion "));  // the runtime has bodies of its functions
  const std::string main = line(step(made, "example.com/main").commands.front());
  CHECK(testing::contains(main, " -p main -lang=go1.21 "));
  CHECK(testing::contains(main, "${SRC}/it's $$odd.go"));
}

TEST_CASE("import configurations name what a package imports, as it writes it") {
  const Recipe made = recipe();
  const RecipeStep& main = step(made, "example.com/main");
  CHECK(main.files[0].path == "${WORK}/example.com!main/importcfg");
  CHECK(main.files[0].text ==
        "# import config\nimportmap old/sub=example.com/Dep/sub\n"
        "packagefile example.com/Dep/sub=${WORK}/example.com!Dep!sub/pkg.a\n"
        "packagefile example.com/main/cpu=${WORK}/example.com!main!cpu/pkg.a\npackagefile "
        "sync=${WORK}/sync/pkg.a\n");
  CHECK(testing::contains(made.steps.back().files[0].text, "packagefile sync=${WORK}/sync/pkg.a\n"));
  CHECK(testing::contains(made.steps.back().files[0].text, "\nmodinfo \"0w\\xaf"));
}

TEST_CASE("assembly is looked through before the compilation, and assembled and packed after it") {
  const Recipe made = recipe();
  const RecipeStep& cpu = step(made, "example.com/main/cpu");
  REQUIRE(cpu.commands.size() == 5);
  CHECK(testing::contains(line(cpu.commands[0]), "-D GOOS_linux -D GOARCH_arm64 -gensymabis -o "));
  CHECK(testing::contains(line(cpu.commands[1]), "-symabis ${WORK}/example.com!main!cpu/symabis"));
  CHECK_FALSE(testing::contains(line(cpu.commands[1]), "-complete"));
  CHECK(line(cpu.commands[2]) == "cp ${SRC}/cpu/defs_arm64.h ${WORK}/example.com!main!cpu/defs_GOARCH.h");
  CHECK(testing::contains(line(cpu.commands[3]), "-o ${WORK}/example.com!main!cpu/add_arm64.o"));
  CHECK(line(cpu.commands[4]) ==
        "pack ${WORK}/example.com!main!cpu/pkg.a ${WORK}/example.com!main!cpu/add_arm64.o");
}

TEST_CASE("a recipe ends where it was asked to") {
  RecipeOptions options;
  options.last = LastStage::compile;
  CHECK(step(recipe(options), "example.com/main/cpu").commands.size() == 2);
  CHECK(recipe(options).steps.size() == 4);
  options.last = LastStage::assemble;
  CHECK(step(recipe(options), "example.com/main/cpu").commands.size() == 5);
  CHECK(recipe(options).steps.size() == 4);
}

TEST_CASE("the link gets defaults, strip, definitions and the user's flags, in this order, and no GOROOT") {
  RecipeOptions options;
  options.strip = true;
  options.definitions = {"main.version=$1"};
  options.linker_flags.add("ldflags", "-X main.other=2", "/src");
  const Recipe made = recipe(options);
  const ToolCommand& link = made.steps.back().commands.front();
  CHECK(testing::contains(line(link),
                          "-X=runtime.godebugDefault=panicnil=1 -buildmode=exe -buildid= -s -w "
                          "-X=main.version=$$1 -X main.other=2 ${WORK}/example.com!main/pkg.a"));
  CHECK(link.environment == std::vector<std::pair<std::string, std::string>>{{"GOROOT", ""}});
}

TEST_CASE("a profile is prepared once and reaches every package") {
  RecipeOptions options;
  options.pgo = "/src/default.pgo";
  const Recipe made = recipe(options);
  CHECK(made.steps.front().name == "pgo");
  CHECK(testing::contains(line(step(made, "sync").commands.front()),
                          "-pgoprofile=${WORK}/pgo!/pgo.preprofile"));
  CHECK(testing::contains(made.build_info, "build\t-pgo=default.pgo\n"));
}

TEST_CASE("darwin's programs are position independent, and its packages compiled for that") {
  const Recipe made = recipe({}, {"darwin", "arm64"});
  CHECK(testing::contains(line(step(made, "sync").commands.front()), " -shared "));
  CHECK(testing::contains(line(made.steps.back().commands.front()), "-buildmode=pie"));
  CHECK(testing::contains(made.build_info, "build\t-buildmode=exe\n"));  // what was asked for
}

TEST_CASE("what a directory embeds leaves hidden files out, unless all was said") {
  const Recipe made = recipe();
  const std::string& config = step(made, "example.com/main").files[1].text;
  CHECK(testing::contains(config, "\"static\": [\n\t\t\t\"static/a.txt\"\n\t\t]"));
  CHECK(testing::contains(config,
                          "\"all:static\": [\n\t\t\t\"static/.hidden\",\n\t\t\t\"static/a.txt\"\n\t\t]"));
  CHECK(testing::contains(config, "\"static/a.txt\": \"${SRC}/static/a.txt\""));
}

TEST_CASE("a function belongs to the package with the longest path before it") {
  const Recipe made = recipe();
  CHECK(made.steps[step_of_symbol(made, "main.main")].name == "example.com/main");
  CHECK(made.steps[step_of_symbol(made, "sync.(*Mutex).Lock")].name == "sync");
  CHECK(made.steps[step_of_symbol(made, "example.com/main/cpu.Add")].name == "example.com/main/cpu");
  CHECK(testing::contains(testing::error_of([&] { step_of_symbol(made, "snyc.Mutex"); }), "is it in sync?"));
}

TEST_CASE("C is refused by the file that needs it, and several programs at once") {
  std::vector<GoPackage> packages = parse_go_list(without_words(listed));
  packages.back().foreign_files = {"x.c"};
  const Target target = target_from({"linux", "arm64"}, {{"GOVERSION", "go1.24.4"}});
  CHECK(testing::contains(testing::error_of([&] { make_recipe(packages, target, sdk_only(), {}); }), "x.c"));
  packages[1].only_dependency = false;
  CHECK(testing::contains(testing::error_of([&] { make_recipe(packages, target, sdk_only(), {}); }),
                          "one program at a time"));
}

TEST_CASE("a list of packages that is cut off is refused") {
  CHECK(testing::contains(testing::error_of([] { parse_go_list("{\n\t\"Dir\": \"/x\""); }), "does not end"));
  CHECK_FALSE(testing::error_of([] { parse_go_list("{\n\t\"Dir\": 1\n}\n"); }).empty());
  CHECK(parse_go_list("").empty());
}
