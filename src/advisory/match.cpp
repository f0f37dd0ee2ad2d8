#include "advisory/match.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

std::vector<AdvisoryMatch> matches(const std::vector<Advisory>& advisories, const std::string& module,
                                   const std::string& shown, const Semver& version,
                                   const std::optional<Port>& port) {
  std::vector<AdvisoryMatch> found;
  for (const Advisory& advisory : advisories) {
    if (const auto affected = is_affected(advisory, module, version, port))
      found.push_back({advisory, module, shown, affected->fixed});
  }
  return found;
}

/// What stands in for it, where it was replaced.
const BuildModule& as_built(const BuildModule& module) {
  return module.replacement.empty() ? module : module.replacement.front();
}

/// "go1.24.4 X:boringcrypto" too; nothing of one between two releases ("devel go1.25-…").
std::optional<Version> release_named(const std::string& go_version) {
  return go_version.starts_with("go") ? find_version(go_version) : std::nullopt;
}

void add(std::vector<AdvisoryMatch>& all, std::vector<AdvisoryMatch> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

std::vector<AdvisoryMatch> matches_of_module(const std::vector<Advisory>& advisories,
                                             const std::string& module, const std::string& version,
                                             const std::optional<Port>& port) {
  const std::optional<Semver> semver = parse_semver(version);
  return semver ? matches(advisories, module, version, *semver, port) : std::vector<AdvisoryMatch>();
}

std::vector<AdvisoryMatch> matches_of_release(const std::vector<Advisory>& advisories,
                                              const Version& release) {
  std::vector<AdvisoryMatch> found;
  for (const char* const module : {stdlib_module, commands_module})
    add(found, matches(advisories, module, release.text(), semver_of(release), {}));
  return found;
}

std::set<std::string> modules_of(const BuildInfo& build) {
  std::set<std::string> modules{stdlib_module};
  if (build.main) modules.insert(as_built(*build.main).path);
  for (const BuildModule& module : build.dependencies) modules.insert(as_built(module).path);
  return modules;
}

ProgramMatches matches_of_program(const std::vector<Advisory>& advisories, const ProgramFacts& facts) {
  ProgramMatches program;
  if (!facts.build) {
    program.not_known.push_back("it has no build information: neither its Go nor its modules are known");
    return program;
  }
  const Port port{facts.goos, facts.goarch};
  if (const std::optional<Version> release = release_named(facts.build->go_version)) {
    program.knows_go = true;
    add(program.found, matches(advisories, stdlib_module, release->text(), semver_of(*release), port));
  } else {
    program.not_known.push_back("the standard library is that of \"" + facts.build->go_version +
                                "\", which is no release");
  }
  const auto look_at = [&](const BuildModule& module) {
    const BuildModule& built = as_built(module);
    if (parse_semver(built.version)) {
      add(program.found, matches_of_module(advisories, built.path, built.version, port));
    } else if (&built != &module) {
      program.not_known.push_back(module.path + " is replaced by " + built.path + ", which has no version");
    } else {
      program.not_known.push_back(module.path + " has no version that could be compared");
    }
  };
  if (facts.build->main) look_at(*facts.build->main);
  for (const BuildModule& module : facts.build->dependencies) look_at(module);
  return program;
}

std::string in_short(const std::vector<AdvisoryMatch>& matches, const std::string& module,
                     const std::string& called) {
  struct Fixes {
    std::size_t number = 0;
    std::optional<Semver> last;
    std::string text;

    void count(const Semver& version, const std::string& as_written) {
      ++number;
      if (last && *last >= version) return;
      last = version;
      text = as_written;
    }
  };
  std::size_t number = 0;
  Fixes all, of_line;
  for (const AdvisoryMatch& each : matches) {
    if (each.module != module) continue;
    ++number;
    const std::optional<Semver> version = parse_semver(each.fixed);
    if (!version) continue;
    all.count(*version, each.fixed);
    // "1.24." of 1.24.4 and of 1.24rc1
    const std::optional<Version> now = parse_version(each.version);
    const std::optional<Version> then = parse_version(each.fixed);
    if (now && then && same_line(*now, *then)) of_line.count(*version, each.fixed);
  }
  if (number == 0) return {};
  std::string text = counted(number, "advisory", "advisories") + " of " + called;
  if (all.number == 0) return text + ", not fixed yet";
  if (of_line.number != 0 && of_line.number != all.number)
    text += ", " + std::to_string(of_line.number) + " fixed in " + of_line.text + ",";
  else
    text += ",";
  if (all.number != number) return text + " " + std::to_string(all.number) + " fixed in " + all.text;
  return text + (of_line.number != 0 && of_line.number != all.number ? " all in " : " fixed in ") + all.text;
}

}  // namespace gostrap
