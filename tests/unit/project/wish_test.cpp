#include "project/wish.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::vector<Version>& known() {
  static const std::vector<Version> versions = [] {
    std::vector<Version> all;
    for (const char* text : {"1.27.1", "1.25.3", "1.25.1", "1.24.4", "1.24.1"})
      all.push_back(*parse_version(text));
    return all;
  }();
  return versions;
}

struct Module {
  Scratch scratch;
  Environment environment;
  fs::path here = scratch.directory("m/a/b");

  Project project() const { return read_project(here, environment); }
  std::optional<ReleaseWish> wish() const { return wish_of(project(), known()); }
  std::string version() const {
    const auto wished = wish();
    return wished ? wished->version.text() : "none";
  }
  std::string why() const { return wish()->why; }
  std::string floor() const { return project().module->lines.go->text(); }
  std::string refusal() const {
    return error_of([&] { wish(); });
  }
};

}  // namespace

TEST_CASE("nothing is wished for where nothing is said") {
  const Module module;
  CHECK(module.version() == "none");
  CHECK_FALSE(module.project().module);
}

TEST_CASE("go.mod above the directory chooses, and its go line is the floor") {
  Module module;
  const fs::path file = module.scratch.file("m/go.mod", "module m\n\ngo 1.24\n\ntoolchain go1.25.3\n");
  CHECK(module.version() == "1.25.3");
  CHECK(module.why() == file.string() + " says toolchain go1.25.3");
  CHECK(module.floor() == "1.24");
  CHECK(module.project().module->file == file);
}

TEST_CASE("a go line alone means its line's newest patch, and one with a patch that one") {
  Module module;
  module.scratch.file("m/go.mod", "module m\ngo 1.25\n");
  CHECK(module.version() == "1.25.3");
  module.scratch.file("m/go.mod", "module m\ngo 1.25.1\n");
  CHECK(module.version() == "1.25.1");
}

TEST_CASE("go.work comes before go.mod, unless GOWORK is off or names another") {
  Module module;
  module.scratch.file("m/a/go.mod", "module m\ngo 1.24.1\n");
  module.scratch.file("go.work", "go 1.25.1\n");
  CHECK(module.version() == "1.25.1");
  module.environment = {{"GOWORK", "off"}};
  CHECK(module.version() == "1.24.1");
  module.environment = {{"GOWORK", module.scratch.file("other.work", "go 1.27.1\n").string()}};
  CHECK(module.version() == "1.27.1");
}

TEST_CASE("gostrap.lock comes before all that the project says otherwise") {
  Module module;
  module.scratch.file("m/go.mod", "module m\ngo 1.24.1\n");
  const Lock lock{*parse_version("1.25.1"), {}, sha256("the source"), {}};
  const fs::path file = module.scratch.file("m/gostrap.lock", to_text(to_json(lock)));
  module.environment = {{"GOTOOLCHAIN", "go1.24.4"}};
  CHECK(module.version() == "1.25.1");
  CHECK(module.why() == file.string() + " says 1.25.1");
  CHECK(module.project().lock->lock == lock);
  CHECK(module.floor() == "1.24.1");
}

TEST_CASE("what the project chooses must meet its go line") {
  Module module;
  const std::string file = module.scratch.file("m/go.mod", "module m\ngo 1.25\n").string();
  module.environment = {{"GOTOOLCHAIN", "go1.24.4"}};
  CHECK(contains(module.refusal(), "use go1.24.4 here: it is older than go 1.25, which " + file + " needs"));
  CHECK(contains(module.refusal(), "GOTOOLCHAIN is go1.24.4: unset it, and the file chooses."));
  const Lock lock{*parse_version("1.24.4"), {}, sha256("the source"), {}};
  module.scratch.file("m/gostrap.lock", to_text(to_json(lock)));
  CHECK(contains(module.refusal(), "`gostrap use PORT` writes "));
}

TEST_CASE("a lock that go.mod has outgrown is obeyed, and what go.mod asks for is said") {
  Module module;
  const std::string file =
      module.scratch.file("m/go.mod", "module m\ngo 1.24\ntoolchain go1.25.3\n").string();
  const Lock lock{*parse_version("1.24.4"), {}, sha256("the source"), {}};
  module.scratch.file("m/gostrap.lock", to_text(to_json(lock)));
  CHECK(module.version() == "1.24.4");
  CHECK(contains(module.why(), "gostrap.lock says 1.24.4, and " + file + " asks for 1.25.3"));
  CHECK(is_outgrown(module.project()));
  for (const std::string lines : {"go 1.24\n", "go 1.24.4\n", "go 1.24\ntoolchain go1.24.1\n", "\n"}) {
    CAPTURE(lines);
    module.scratch.file("m/go.mod", "module m\n" + lines);
    CHECK_FALSE(is_outgrown(module.project()));
  }
}

TEST_CASE("a project is read where it asks for what is not here: what it asks for may not matter") {
  Module module;
  module.scratch.file("m/go.mod", "module m\ngo 1.24\ntoolchain go1.99.1\n");
  CHECK(contains(module.refusal(), "go.mod asks for Go 1.99.1, and no release here is that"));
  require_new_enough(*parse_version("1.24.4"), module.project());
}

TEST_CASE("a lock lies beside go.work or go.mod, else in the directory itself") {
  Module module;
  CHECK(place_of_lock(module.here, {}) == module.here / "gostrap.lock");
  module.scratch.file("m/a/go.mod", "module m\n");
  CHECK(place_of_lock(module.here, {}) == module.scratch / "m/a/gostrap.lock");
  module.scratch.file("m/go.work", "go 1.24\n");
  CHECK(place_of_lock(module.here, {}) == module.scratch / "m/gostrap.lock");
  module.scratch.file("m/a/gostrap.lock", "");
  CHECK(place_of_lock(module.here, {}) == module.scratch / "m/a/gostrap.lock");
}

TEST_CASE("GOTOOLCHAIN chooses where it names a release") {
  Module module;
  module.scratch.file("m/go.mod", "module m\ngo 1.24\ntoolchain go1.25.3\n");
  for (const std::string names_none : {"auto", "local", "path", "local+auto", ""}) {
    CAPTURE(names_none);
    module.environment = {{"GOTOOLCHAIN", names_none}};
    CHECK(module.version() == "1.25.3");
  }
  module.environment = {{"GOTOOLCHAIN", "go1.24.4"}};
  CHECK(module.version() == "1.24.4");
  CHECK(module.why() == "GOTOOLCHAIN is go1.24.4");
  for (const std::string none : {"1.24.4", "nonsense", "1.24.4+auto"}) {
    CAPTURE(none);
    module.environment = {{"GOTOOLCHAIN", none}};
    CHECK(contains(module.refusal(), "GOTOOLCHAIN is " + none + ", and"));
  }
  module.environment = {{"GOTOOLCHAIN", "go1.24.4-ours"}};
  CHECK(module.version() == "1.24.4");
  module.environment = {{"GOTOOLCHAIN", "golang"}};
  CHECK(contains(module.refusal(), "GOTOOLCHAIN is golang, and golang is no release of Go's"));
}

TEST_CASE("GOTOOLCHAIN=goV+auto is the least, and go.mod may ask for more") {
  Module module;
  module.scratch.file("m/go.mod", "module m\ngo 1.25.3\n");
  module.environment = {{"GOTOOLCHAIN", "go1.24.4+auto"}};
  CHECK(module.version() == "1.25.3");
  module.environment = {{"GOTOOLCHAIN", "go1.27.1+path"}};
  CHECK(module.version() == "1.27.1");
}

TEST_CASE(".go-version speaks where no module does") {
  Module module;
  const fs::path file = module.scratch.file("m/.go-version", "# ours\n\n  1.24 \n");
  CHECK(module.version() == "1.24.4");
  CHECK(module.why() == file.string() + " says 1.24");
  for (const char* word : {"1.24.x", "latest"}) {  // as version managers write them
    module.scratch.file("m/.go-version", std::string(word) + "\n");
    CHECK(module.version() == (word == std::string("latest") ? "1.27.1" : "1.24.4"));
    CHECK(module.why() == file.string() + " says " + word);
  }
  module.scratch.file("m/.go-version", "go1.25.1\n");
  CHECK(module.version() == "1.25.1");
  module.scratch.file("m/go.mod", "module m\ngo 1.27\n");
  CHECK(module.version() == "1.27.1");
  module.scratch.file("m/go.mod", "module m\n");
  CHECK(module.version() == "1.25.1");
}

TEST_CASE("what asks for a release that is not here is refused, whoever asks") {
  Module module;
  module.scratch.file("m/.go-version", "1.24.9\n");
  CHECK(contains(module.refusal(), ".go-version asks for Go 1.24.9, and no release here is that"));
  module.scratch.file("m/.go-version", "system\n");
  CHECK(contains(module.refusal(), "\"system\" is not a Go version"));
  module.scratch.file("m/go.mod", "module m\ngo 1.99\n");
  CHECK(contains(module.refusal(), "go.mod asks for Go 1.99, and no release here is that"));
  module.environment = {{"GOTOOLCHAIN", "go1.24.5"}};
  module.scratch.file("m/go.mod", "module m\ngo 1.24\n");
  CHECK(contains(module.refusal(), "GOTOOLCHAIN=go1.24.5 asks for Go 1.24.5"));
}
