#include "toolchain/build.hpp"

#include "support/error.hpp"
#include "toolchain/defaults.hpp"
#include "toolchain/distribution.hpp"
#include "toolchain/environment.hpp"

#include <unistd.h>

#include <algorithm>

namespace gostrap {
namespace {

/// linux/arm's default is GOARM=7 in a tree that make.bash prepared for another machine; upstream's archive
/// has 6.
void set_defaults(const fs::path& goroot, const Environment& baked, const Port& port) {
  const fs::path file = goroot / "src/internal/buildcfg/zbootstrap.go";
  for (const auto& [name, value] : upstream_settings(port)) {
    // the host's profile has baked another one
    const auto is_it = [&, &wanted = name](const auto& each) { return each.first == wanted; };
    if (std::any_of(baked.begin(), baked.end(), is_it)) continue;
    const std::optional<std::string> text = with_default(read_file(file), name, value);
    if (!text) {
      throw Error("set " + name + "=" + value + " for " + port.text(),
                  file.string() + " has no line \"const Default" + name + " = `…`\"",
                  "`gostrap toolchain " + port.text() + " --reference` does without the edit.");
    }
    write_file(file, *text);  // by rename: the file may be linked into the host toolchain
  }
}

/// A GOROOT that may be written to: directories of its own, files linked or copied from `host`.
fs::path working_goroot(const fs::path& host, const Workshop& workshop) {
  const fs::path goroot = workshop.work / "go";
  lay_out(host, goroot, workshop);
  return goroot;
}

/// A module like the one in which cmd/dist runs `go install cmd` (xinit in src/cmd/dist/build.go): its go
/// line decides the DefaultGODEBUG that is written into the programs. Since 1.24 the line is the release's
/// own, as in the tree's src; before there is none.
fs::path module_like_dists(const Version& version, const fs::path& goroot, const fs::path& work) {
  if (version >= Version{1, 24, 0, 0}) return goroot / "src";
  make_directories(work / "module");
  create_file(work / "module" / "go.mod", "module bootstrap");
  return work / "module";
}

/// `go install` for all that the toolchain at `goroot`, which runs here, has itself: `go install cmd` would
/// also compile what no toolchain is handed out with.
std::vector<std::string> install_commands(const fs::path& goroot, unsigned jobs) {
  std::vector<std::string> argv{goroot / "bin" / "go", "install"};
  if (jobs != 0) argv.insert(argv.end(), {"-p", std::to_string(jobs)});
  argv.insert(argv.end(), {"cmd/go", "cmd/gofmt"});
  for (const TreeEntry& tool : list_tree(goroot / "pkg/tool" / own_port().underscored())) {
    if (tool.type == TreeEntry::Type::file) argv.push_back("cmd/" + tool.path);
  }
  return argv;
}

struct MakeBash {
  std::string doing;
  fs::path goroot, bootstrap;
  Version runtime;  ///< the older one of the bootstrap and the release
  Environment settings;
};

BuildRun make_bash(const MakeBash& make, const Workshop& workshop) {
  BuildCommand command;
  command.doing = make.doing;
  command.argv = {"bash", "make.bash"};  // a Nix sandbox has no /usr/bin/env for its first line
  command.environment = with(
      make_bash_environment(environment_settings(workshop, make.runtime), make.bootstrap), make.settings);
  command.directory = make.goroot / "src";
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  return run_build(command, workshop.progress);
}

}  // namespace

EnvironmentSettings environment_settings(const Workshop& workshop, const Version& runtime) {
  EnvironmentSettings settings{workshop.work, workshop.jobs, workshop.conditions.environment, runtime};
  prepare(settings);
  return settings;
}

void lay_out(const fs::path& from, const fs::path& to, const Workshop& workshop) {
  const Conditions& conditions = workshop.conditions;
  if (!conditions.reversed && !conditions.written) return place_tree(from, to, workshop.copy_mode);
  const CopyMode how =
      conditions.written ? CopyMode::copy : workshop.copy_mode;  // a link would change the store's
  std::vector<TreeEntry> entries = list_tree(from);
  for (const TreeEntry& entry : entries) {
    if (entry.type == TreeEntry::Type::directory) make_directories(to / entry.path);
  }
  if (conditions.reversed) std::reverse(entries.begin(), entries.end());
  for (const TreeEntry& entry : entries) {
    const fs::path there = to / entry.path;
    if (entry.type == TreeEntry::Type::symlink) fs::copy_symlink(from / entry.path, there);
    if (entry.type != TreeEntry::Type::file) continue;
    place_file(from / entry.path, there, how);
    if (conditions.written) fs::last_write_time(there, *conditions.written);
  }
}

BuildRun build_host(const HostBuild& host, const fs::path& goroot, const Workshop& workshop) {
  const Release& release = host.release;
  const fs::path tree = workshop.work / "go";
  workshop.progress.phase("Copying the source");
  lay_out(host.source, tree, workshop);
  const BuildRun run = make_bash({"build " + release.name() + " with " + host.bootstrap.name(), tree,
                                  bootstrap_directory(host.bootstrap, workshop.work),
                                  std::min(host.bootstrap.version, release.version), host.baked},
                                 workshop);
  workshop.progress.phase("Collecting the toolchain");
  const fs::path shared = workshop.copy_mode == CopyMode::link_if_possible ? host.source : fs::path();
  place_distribution({tree, own_port(), false}, release.version, shared, workshop.copy_mode, goroot);
  return run;
}

BuildRun build_port(const HostedPort& at, const HostToolchain& host, const fs::path& goroot,
                    const Workshop& workshop) {
  const Release& release = at.release();
  const Port& port = at.port();
  if (port == own_port()) {
    place_tree(host.goroot, goroot, workshop.copy_mode);
    return {};
  }
  const fs::path tree = working_goroot(host.goroot, workshop);
  set_defaults(tree, host.baked, port);
  BuildCommand command;
  command.doing = "build " + release.name() + " for " + port.text();
  command.argv = install_commands(tree, workshop.jobs);
  EnvironmentSettings settings = environment_settings(workshop, release.version);
  if (workshop.threads != 0) settings.threads = workshop.threads;
  command.environment = with(port_environment(settings, tree, port), host.baked);
  command.directory = module_like_dists(release.version, tree, workshop.work);
  command.log = workshop.log;
  command.user = workshop.conditions.user;
  workshop.progress.phase("Compiling and linking the commands for " + port.text());
  const BuildRun run = run_build(command, workshop.progress);
  workshop.progress.phase("Collecting the toolchain");
  place_distribution({tree, port, true}, release.version, host.goroot, workshop.copy_mode, goroot);
  return run;
}

BuildRun build_port_reference(const HostedPort& at, const HostToolchain& host, const fs::path& goroot,
                              const Workshop& workshop) {
  const Release& release = at.release();
  const Port& port = at.port();
  const fs::path tree = workshop.work / "go";
  lay_out(host.goroot, tree, workshop);
  strip_to_source(tree);
  const Environment target =
      with({{"GOOS", port.goos}, {"GOARCH", port.goarch}}, with(upstream_settings(port), host.baked));
  const BuildRun run = make_bash({"build " + release.name() + " for " + port.text() + " by make.bash", tree,
                                  host.goroot, release.version, target},
                                 workshop);
  workshop.progress.phase("Collecting the toolchain");
  place_distribution({tree, port, port != own_port()}, release.version, host.goroot, workshop.copy_mode,
                     goroot);
  return run;
}

}  // namespace gostrap
