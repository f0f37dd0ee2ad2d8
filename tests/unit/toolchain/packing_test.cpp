#include "toolchain/packing.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A toolchain of two files, and a distpack that is a script: what it makes is written in pkg/distpack.
struct Bench {
  Scratch scratch;
  Release release;
  Silent silent;
  Workshop workshop{scratch.directory("work"), scratch / "log", silent};
  BuildRun run;

  Bench() {
    release.version = {1, 99, 0};
    release.source_archive = sha256("source");
    release.ports = {{"linux", "arm"}, {"linux", "riscv64"}, {"linux", "amd64"}, {"linux", "arm64"}};
    scratch.file("toolchain/bin/go", "go", true);
    scratch.file("toolchain/VERSION", "go1.99.0\n");
    scratch.directory("out");
  }
  /// Packs for a port with a distpack that makes these files ("NAME TEXT"), and runs `more` before.
  void pack(const Port& port, const std::vector<std::pair<std::string, std::string>>& files,
            const std::string& more = "true") {
    std::string script = "#!/bin/sh\n" + more + "\nmkdir -p pkg/distpack\n";
    for (const auto& [name, text] : files)
      script += "printf %s '" + text + "' >'pkg/distpack/" + name + "'\n";
    const fs::path distpack = scratch.file("distpack", script, true);
    run = build_archives({HostedPort(release.at(port)), distpack, scratch / "toolchain"}, scratch / "out",
                         workshop);
  }
  std::vector<std::string> packed() const {
    std::vector<std::string> names;
    for (const TreeEntry& entry : list_tree(scratch / "out")) {
      if (!entry.path.empty()) names.push_back(entry.path);
    }
    return names;
  }
};

using Names = std::vector<std::string>;

/// A port that is not the machine's.
Port foreign() {
  return own_port() == Port{"linux", "riscv64"} ? Port{"linux", "arm64"} : Port{"linux", "riscv64"};
}

}  // namespace

TEST_CASE("what distpack makes is the output: the archive and its module") {
  Bench bench;
  const std::string archive = "go1.99.0." + foreign().dashed() + ".tar.gz";
  const std::string module = "v0.0.1-go1.99.0." + foreign().dashed() + ".zip";
  bench.pack(foreign(), {{archive, "archive"}, {module, "module"}});
  CHECK(bench.packed() == Names{archive, module});
  CHECK(read_file(bench.scratch / "out" / archive) == "archive");
}

TEST_CASE("where distpack says arm upstream's archive says armv6l, and the module's files do not") {
  Bench bench;
  bench.pack({"linux", "arm"}, {{"go1.99.0.linux-arm.tar.gz", ""}, {"v0.0.1-go1.99.0.linux-arm.zip", ""}});
  CHECK(bench.packed() == Names{"go1.99.0.linux-armv6l.tar.gz", "v0.0.1-go1.99.0.linux-arm.zip"});
}

TEST_CASE("the source's archive is held against its pin, and left out") {
  Bench bench;
  bench.pack(foreign(), {{"go1.99.0.src.tar.gz", "source"}, {"x.zip", ""}});
  CHECK(bench.packed() == Names{"x.zip"});
}

TEST_CASE("a toolchain that was not made from the release's source is refused with both hashes") {
  Bench bench;
  const std::string error = error_of([&] { bench.pack(foreign(), {{"go1.99.0.src.tar.gz", "another"}}); });
  CHECK(contains(error, "pack go1.99.0 for " + foreign().text()));
  CHECK(contains(error, hex(sha256("another")) + ", but the pin is " + hex(sha256("source"))));
  CHECK(bench.packed().empty());
}

TEST_CASE("the source of a patched Go has another name, and is held against nothing") {
  Bench bench;
  bench.pack(foreign(), {{"go1.99.0-patched.1a2b3c4d.src.tar.gz", "another"}});
  CHECK(bench.packed() == Names{"go1.99.0-patched.1a2b3c4d.src.tar.gz"});
}

TEST_CASE(
    "programs of another port lie where distpack looks for them, those of this machine where they are") {
  Bench bench;
  bench.pack(foreign(), {{"found", ""}},
             "test -x bin/" + foreign().underscored() + "/go && ! test -e bin/go || exit 1");
  CHECK(bench.packed() == Names{"found"});
  if (!bench.release.has(own_port())) return;
  Bench own;
  own.pack(own_port(), {{"found", ""}}, "test -x bin/go || exit 1");
  CHECK(own.packed() == Names{"found"});
}

TEST_CASE("the toolchain itself is left as it was") {
  Bench bench;
  bench.pack(foreign(), {});
  CHECK(fs::exists(bench.scratch / "toolchain/bin/go"));
  CHECK_FALSE(fs::exists(bench.scratch / "toolchain/pkg"));
}

TEST_CASE("distpack is told of the directory that ports share, where there is one") {
  Bench bench;
  bench.pack(foreign(), {}, "test -z \"${GOSTRAP_DEFLATED-}\" || exit 1");
  Bench sharing;
  sharing.workshop.deflated = "/shared";
  sharing.pack(foreign(), {}, "test \"$GOSTRAP_DEFLATED\" = /shared || exit 1");
  CHECK(std::count(sharing.run.environment.begin(), sharing.run.environment.end(),
                   std::pair<std::string, std::string>("GOSTRAP_DEFLATED", "/shared")) == 1);
}

TEST_CASE("a distpack that fails is told with its log") {
  Bench bench;
  const std::string error = error_of([&] { bench.pack(foreign(), {}, "echo 'fatal: no luck'; exit 3"); });
  CHECK(contains(error, "cannot pack go1.99.0 for " + foreign().text() + ": exit status 3"));
  CHECK(contains(error, "fatal: no luck"));
}
