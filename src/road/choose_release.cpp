#include "road/choose_release.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

StoreHas what_is_there(const Release& release, const std::vector<StoreEntry>& entries,
                       const WantedOutput& wanted) {
  const auto has = [&](const Port& port) {
    const bool own_toolchain = wanted.kind == Kind::toolchain && port == own_port();
    const Kind kind = own_toolchain ? Kind::host : wanted.kind;
    return find_entry(entries, kind, release, port, wanted.profile) != nullptr;
  };
  if (wanted.ports.empty() && std::any_of(entries.begin(), entries.end(), [&](const StoreEntry& entry) {
        return entry.kind == wanted.kind && release.source && entry.source == release.source &&
               entry.profile == wanted.profile;
      }))
    return StoreHas::all;  // all that there is of it
  const auto count = static_cast<std::size_t>(std::count_if(wanted.ports.begin(), wanted.ports.end(), has));
  if (count > 0 && count == wanted.ports.size()) return StoreHas::all;
  const bool has_ports = std::all_of(wanted.ports.begin(), wanted.ports.end(),
                                     [&](const Port& port) { return release.has(port); });
  if (has_ports && find_entry(entries, Kind::host, release, own_port(), wanted.profile.of_host()))
    return StoreHas::host;
  if (has_ports && find_entry(entries, Kind::host, release, own_port())) return StoreHas::host;
  return count > 0 ? StoreHas::some : StoreHas::nothing;
}

std::string names(const std::vector<Port>& ports) {
  if (ports.size() > 3) return std::to_string(ports.size()) + " ports";
  return join(ports, ", ", &Port::text);
}

std::string reason(StoreHas there, const WantedOutput& wanted) {
  const bool one = wanted.ports.size() == 1;
  const std::string what = wanted.kind == Kind::sdk ? (one ? "SDK" : "SDKs") : text(wanted.kind);
  switch (there) {
    case StoreHas::all:
      return "the store has its " + what + (wanted.ports.empty() ? "" : " for " + names(wanted.ports));
    case StoreHas::some:
      return "the store has its " + what + " for some of " + names(wanted.ports);
    case StoreHas::host:
      return "the store has its host toolchain";
    case StoreHas::nothing:
      break;
  }
  return {};
}

}  // namespace

ChosenRelease choose_release(const Releases& releases, const std::string& named,
                             const std::vector<StoreEntry>& entries, const WantedOutput& wanted) {
  if (!named.empty()) return {&releases.get(named), {}, StoreHas::all};
  const Release* best = &releases.default_release();
  StoreHas most = what_is_there(*best, entries, wanted);
  for (const Release& release : releases_in(entries, releases)) {  // the newest comes first
    const StoreHas there = what_is_there(release, entries, wanted);
    if (there <= most) continue;
    most = there;
    best = &release;
  }
  return {best, best == &releases.default_release() ? std::string() : reason(most, wanted), most};
}

}  // namespace gostrap
