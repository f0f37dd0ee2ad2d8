#include "sdk/bazel.hpp"

#include "program/read_program.hpp"
#include "release/port.hpp"
#include "release/version.hpp"
#include "source/goroot.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>

namespace gostrap {
namespace {

using Result = Check::Result;

class BazelSdkCheck {
 public:
  explicit BazelSdkCheck(fs::path goroot) : goroot_(std::move(goroot)) {}

  std::vector<Check> check() {
    version();
    platform();
    if (port_) {
      go_command();
      tools();
      go_env();
    }
    headers();
    sources();
    packages();
    return std::move(checks_);
  }

 private:
  void say(const std::string& name, bool good, const std::string& says,
           std::vector<std::string> details = {}) {
    checks_.push_back({name, good ? Result::passed : Result::failed, says, std::move(details)});
  }

  /// _detect_sdk_version: the first line without "go"; without the file the go command is asked.
  void version() {
    if (!fs::is_regular_file(goroot_ / "VERSION")) return say("VERSION", false, "there is no such file");
    const std::string line = version_line(goroot_);
    const bool good = line.starts_with("go") && parse_version(line).has_value();
    say("VERSION", good, good ? line : "its first line is no Go version, such as go1.24.4: " + line);
  }

  /// _detect_sdk_platform: the one directory of pkg/tool with an underscore in its name.
  void platform() {
    std::vector<std::string> found;
    std::error_code failed;
    for (fs::directory_iterator each(goroot_ / "pkg" / "tool", failed);
         !failed && each != fs::directory_iterator(); each.increment(failed)) {
      const std::string name = each->path().filename().string();
      if (name.find('_') != std::string::npos) found.push_back(name);
    }
    std::sort(found.begin(), found.end());
    if (found.size() != 1) {
      return say("pkg/tool", false,
                 "it should have exactly one directory GOOS_GOARCH, and has " + std::to_string(found.size()),
                 found);
    }
    const std::size_t underscore = found[0].find('_');
    port_ = Port{found[0].substr(0, underscore), found[0].substr(underscore + 1)};
    say("pkg/tool", true, "it runs on " + port_->text());
  }

  std::string exe() const { return port_->goos == "windows" ? ".exe" : ""; }

  void go_command() {
    const fs::path go = goroot_ / "bin" / ("go" + exe());
    if (!fs::is_regular_file(go)) return say("bin/go", false, "there is none");
    if (exe().empty() && ::access(go.c_str(), X_OK) != 0) return say("bin/go", false, "it is not executable");
    const std::optional<ProgramFacts> facts = read_elf_file(go);
    if (!facts) return say("bin/go", true, "it is there (not ELF, so linkage is not looked at)");
    if (!facts->is_static()) {
      return say("bin/go", false,
                 "it is dynamic: it needs " +
                     (facts->interpreter.empty() ? "libraries" : facts->interpreter) +
                     " on every machine that runs actions",
                 facts->needed);
    }
    if (facts->goarch != port_->goarch)
      return say("bin/go", false, "it is for " + facts->goarch + ", and pkg/tool for " + port_->goarch);
    say("bin/go", true, "static, for " + port_->text());
  }

  void tools() {
    std::vector<std::string> missing;
    for (const char* name : {"asm", "cgo", "compile", "cover", "link"}) {
      if (!fs::is_regular_file(goroot_ / "pkg" / "tool" / port_->underscored() / (name + exe())))
        missing.emplace_back(name);
    }
    say("tools", missing.empty(),
        missing.empty() ? "asm, cgo, compile, cover and link" : "these are missing:", missing);
  }

  /// rules_go builds its own builder with a plain `go build` (GOENV=off, which leaves GOROOT/go.env in force)
  /// and runs it where the SDK runs.
  void go_env() {
    if (!fs::is_regular_file(goroot_ / "go.env")) {
      const std::optional<Version> version = parse_version(version_line(goroot_));
      return say("go.env", version && *version < Version{1, 21}, "there is none, as in Go 1.20 and older");
    }
    const Port builds = default_port(goroot_, *port_);
    if (builds == *port_) return say("go.env", true, "a plain go build makes what runs here");
    say("go.env", false,
        "it makes a plain go build target " + builds.text() +
            ", so rules_go's own builder would not run on " + port_->text(),
        {"Use the toolchain itself (`gostrap bazel` tells how), and target " + builds.text() + " by",
         "--platforms=@rules_go//go/toolchain:" + builds.underscored() +
             " (in a WORKSPACE: @io_bazel_rules_go)"});
  }

  void headers() {
    std::error_code failed;
    bool found = false;
    for (fs::directory_iterator each(goroot_ / "pkg" / "include", failed);
         !failed && each != fs::directory_iterator(); each.increment(failed)) {
      found = found || each->path().extension() == ".h";
    }
    say("pkg/include", found, found ? "it has headers" : "it has no *.h, and Bazel refuses an empty glob");
  }

  /// The standard library is compiled from src, and from 1.25 on so is cmd/pack.
  void sources() {
    std::vector<std::string> missing;
    for (const char* name : {"src/runtime", "src/fmt", "src/cmd/compile", "src/cmd/pack"}) {
      if (!fs::is_directory(goroot_ / name)) missing.emplace_back(name);
    }
    say("src", missing.empty(),
        missing.empty() ? "the standard library and the commands" : "these are missing:", missing);
  }

  /// A package of Bazel's own below would be left out of every glob.
  void packages() {
    static const std::set<std::string> boundaries{"BUILD",           "BUILD.bazel",  "WORKSPACE",
                                                  "WORKSPACE.bazel", "MODULE.bazel", "REPO.bazel"};
    std::vector<std::string> found;
    for (const TreeEntry& entry : list_tree(goroot_)) {
      const std::string name = fs::path(entry.path).filename().string();
      if (entry.type == TreeEntry::Type::file && boundaries.count(name) != 0 && found.size() < 10)
        found.push_back(entry.path);
    }
    say("packages", found.empty(),
        found.empty() ? "nothing that Bazel takes for a package of its own"
                      : "Bazel takes these for packages, and leaves what is beside them out:",
        found);
  }

  fs::path goroot_;
  std::optional<Port> port_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> check_for_bazel(const fs::path& path) {
  const fs::path inside = path / "share" / "go";
  const fs::path goroot = fs::is_directory(inside) ? inside : path;
  if (!fs::is_directory(goroot))
    throw Error("check " + path.string(), "it is no directory", "Name a GOROOT, or an output of gostrap.");
  return BazelSdkCheck(goroot).check();
}

}  // namespace gostrap
