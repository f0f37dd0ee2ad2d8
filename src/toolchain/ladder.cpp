#include "toolchain/ladder.hpp"

#include "support/error.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

namespace gostrap {
namespace {

/// All that can be rungs, the best first.
std::vector<const Release*> possible_rungs(const Releases& releases, const std::set<Version>& named) {
  std::vector<const Release*> rungs;
  for (const Release& release : releases.all()) {
    if (release.version.stage == Version::released && release.source) rungs.push_back(&release);
  }
  const auto rank = [&](const Release& release) {
    const Version& version = release.version;
    return std::tuple(!named.contains(version), version.major, version.minor, -version.patch);
  };
  std::sort(rungs.begin(), rungs.end(),
            [&](const Release* a, const Release* b) { return rank(*a) < rank(*b); });
  return rungs;
}

/// The shortest way down from `target` to something that `version` can build, the best rungs first; empty if
/// none. The result is in the order of building.
std::vector<const Release*> climb(const Version& version, const Release& target,
                                  const std::vector<const Release*>& rungs) {
  // breadth first from the top: a way is the releases from the target downwards; the first one to a rung is
  // the best
  std::vector<std::vector<const Release*>> ways{{&target}};
  std::set<const Release*> seen{&target};
  while (!ways.empty()) {
    std::vector<std::vector<const Release*>> longer;
    for (const std::vector<const Release*>& way : ways) {
      if (version >= way.back()->bootstrap) return {way.rbegin(), way.rend()};
      for (const Release* const rung : rungs) {
        const bool lower = rung->version >= way.back()->bootstrap && rung->bootstrap < way.back()->bootstrap;
        if (!lower || !seen.insert(rung).second) continue;
        longer.push_back(way);
        longer.back().push_back(rung);
      }
    }
    ways = std::move(longer);
  }
  return {};
}

[[noreturn]] void refuse(const Release& target, const BootstrapSearch& bootstraps, const Releases& releases) {
  std::string found;
  for (const Bootstrap& bootstrap : bootstraps.found) {
    found += "\n    " + bootstrap.name() + " (" + bootstrap.found + ")";
    if (bootstrap.kind == Bootstrap::Kind::gccgo) found += ", which counts as Go " + bootstrap.version.text();
  }
  for (const Rejected& rejected : bootstraps.rejected) {
    found += "\n    " + rejected.place + ": not usable, " + rejected.why;
  }
  const Release* lowest = &target;
  for (const Release& release : releases.all()) {
    if (release.bootstrap < lowest->bootstrap) lowest = &release;
  }
  throw Error(
      "plan a ladder to " + target.name(),
      "it needs Go " + target.bootstrap.text() +
          " or newer to start from, and no pinned release in between " + "can be built from what is here" +
          (found.empty() ? ": no Go and no gccgo was found" : ":" + found),
      "Install Go " + lowest->bootstrap.text() + " or newer (on Debian 12: golang-1.23-go from backports), " +
          "or name one with --bootstrap GOROOT; --bootstrap published takes upstream's own archive of one.");
}

}  // namespace

Ladder plan_ladder(const Release& target, const BootstrapSearch& bootstraps, const Releases& releases,
                   const std::set<Version>& named) {
  const std::vector<const Release*> possible = possible_rungs(releases, named);
  std::optional<Ladder> best;
  for (const Bootstrap& bootstrap : bootstraps.found) {
    const std::vector<const Release*> way = climb(bootstrap.version, target, possible);
    if (way.empty() || (best && best->rungs.size() <= way.size())) continue;
    best = Ladder{bootstrap, {}};
    std::string from = bootstrap.name() + " (" + bootstrap.found + ")";
    for (const Release* release : way) {
      best->rungs.push_back({release, release->name() + " needs Go " + release->bootstrap.text() +
                                          " or newer: built with " + from});
      from = release->name();
    }
  }
  if (!best) refuse(target, bootstraps, releases);
  return *best;
}

const Release& published_rung(const Release& target, const Port& port, const Releases& releases,
                              const std::set<Version>& named) {
  for (const Release* const rung : possible_rungs(releases, named)) {
    const bool will_do = rung->version >= target.bootstrap && rung->version != target.version;
    if (will_do && rung->archives.contains(archive_name(rung->version.text(), port))) return *rung;
  }
  throw Error("find a published Go to build " + target.name() + " with",
              "it needs Go " + target.bootstrap.text() +
                  " or newer, and no release known here pins an archive "
                  "of such a one for " +
                  port.text(),
              "`gostrap release update` looks for releases; --bootstrap GOROOT names a Go of this machine.");
}

}  // namespace gostrap
