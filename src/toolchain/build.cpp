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
fs::path working_goroot(const fs::path& host, const BuildOptions& options) {
  const fs::path goroot = options.work / "go";
  lay_out(host, goroot, options);
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

/// `runtime` is the older one of the bootstrap and the release.
BuildRun make_bash(const std::string& doing, const fs::path& goroot, const fs::path& bootstrap,
                   const Version& runtime, const Environment& port, const BuildOptions& options,
                   Progress& progress) {
  BuildCommand command;
  command.doing = doing;
  command.argv = {"bash", "make.bash"};  // a Nix sandbox has no /usr/bin/env for its first line
  command.environment = with(make_environment(place_of(options, runtime), bootstrap), port);
  command.directory = goroot / "src";
  command.log = options.log;
  command.user = options.conditions.user;
  return run_build(command, progress);
}

}  // namespace

BuildPlace place_of(const BuildOptions& options, const Version& runtime) {
  BuildPlace place{options.work, options.jobs, options.conditions.environment, runtime};
  prepare(place);
  return place;
}

void lay_out(const fs::path& from, const fs::path& to, const BuildOptions& options) {
  const Conditions& conditions = options.conditions;
  if (!conditions.reversed && !conditions.written) return place_tree(from, to, options.place);
  const Place place = conditions.written ? Place::copy : options.place;  // a link would change the store's
  std::vector<TreeEntry> entries = list_tree(from);
  for (const TreeEntry& entry : entries) {
    if (entry.type == TreeEntry::Type::directory) make_directories(to / entry.path);
  }
  if (conditions.reversed) std::reverse(entries.begin(), entries.end());
  for (const TreeEntry& entry : entries) {
    const fs::path there = to / entry.path;
    if (entry.type == TreeEntry::Type::symlink) fs::copy_symlink(from / entry.path, there);
    if (entry.type != TreeEntry::Type::file) continue;
    place_file(from / entry.path, there, place);
    if (conditions.written) fs::last_write_time(there, *conditions.written);
  }
}

void require_hosted(const Port& port) {
  if (const auto why = why_not_hosted(port)) {
    throw UsageError("no toolchain can be hosted on " + port.text() + ": " + *why,
                     "`gostrap build " + port.text() + "` makes an SDK that runs here and targets it.");
  }
}

BuildRun build_host(const Release& release, const fs::path& source, const Bootstrap& bootstrap,
                    const BuildOptions& options, const fs::path& goroot, Progress& progress) {
  const fs::path tree = options.work / "go";
  progress.phase("Copying the source");
  lay_out(source, tree, options);
  const BuildRun run =
      make_bash("build " + release.name() + " with " + bootstrap.name(), tree,
                bootstrap_directory(bootstrap, options.work), std::min(bootstrap.version, release.version),
                options.baked, options, progress);
  progress.phase("Collecting the toolchain");
  const fs::path shared = options.place == Place::link_if_possible ? source : fs::path();
  place_distribution({tree, own_port(), false}, release.version, shared, options.place, goroot);
  return run;
}

BuildRun build_port(const Release& release, const Port& port, const fs::path& host,
                    const BuildOptions& options, const fs::path& goroot, Progress& progress) {
  require_hosted(port);
  if (port == own_port()) {
    place_tree(host, goroot, options.place);
    return {};
  }
  const fs::path tree = working_goroot(host, options);
  set_defaults(tree, options.baked, port);
  BuildCommand command;
  command.doing = "build " + release.name() + " for " + port.text();
  command.argv = install_commands(tree, options.jobs);
  BuildPlace place = place_of(options, release.version);
  if (options.threads != 0) place.threads = options.threads;
  command.environment = with(port_environment(place, tree, port), options.baked);
  command.directory = module_like_dists(release.version, tree, options.work);
  command.log = options.log;
  command.user = options.conditions.user;
  progress.phase("Compiling and linking the commands for " + port.text());
  const BuildRun run = run_build(command, progress);
  progress.phase("Collecting the toolchain");
  place_distribution({tree, port, true}, release.version, host, options.place, goroot);
  return run;
}

BuildRun build_port_reference(const Release& release, const Port& port, const fs::path& host,
                              const BuildOptions& options, const fs::path& goroot, Progress& progress) {
  require_hosted(port);
  const fs::path tree = options.work / "go";
  lay_out(host, tree, options);
  strip_to_source(tree);
  const Environment target =
      with({{"GOOS", port.goos}, {"GOARCH", port.goarch}}, with(upstream_settings(port), options.baked));
  const BuildRun run = make_bash("build " + release.name() + " for " + port.text() + " by make.bash", tree,
                                 host, release.version, target, options, progress);
  progress.phase("Collecting the toolchain");
  place_distribution({tree, port, port != own_port()}, release.version, host, options.place, goroot);
  return run;
}

}  // namespace gostrap
