#include "cli/candidates.hpp"

#include "program/expectations.hpp"
#include "release/setting_table.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

/// As a shell would have it, which has not looked at the line yet.
fs::path without_tilde(const std::string& path) {
  const auto home = home_directory();
  return home && path.starts_with("~/") ? *home / path.substr(2) : fs::path(path);
}

std::optional<std::string> value_of_option(const LineSoFar& line, const std::string& name) {
  const auto found = line.values.find(name);
  return found == line.values.end() ? std::nullopt : std::optional(found->second);
}

/// What stands before the part that is being typed: "GOGC=200," of "GOGC=200,GOAM".
std::string before_last_part(const std::string& typed) {
  return typed.substr(0, typed.find_last_of(',') + 1);
}

std::vector<Port> ports_on(const LineSoFar& line) {
  std::vector<Port> ports;
  for (const std::string& word : line.arguments) {
    try {
      ports.push_back(parse_port(word));
    } catch (const UsageError&) {  // a pattern, which may be any
      return {};
    }
  }
  return ports;
}

std::string architectures_of(const Setting& setting) {
  if (setting.kind == SettingKind::runtime_default) return "a default that programs start with";
  return setting.architectures.empty() ? "how programs are compiled"
                                       : "programs for " + join(setting.architectures, ", ");
}

bool concerns(const Setting& setting, const std::vector<Port>& ports) {
  if (setting.architectures.empty() || ports.empty()) return true;
  return std::any_of(ports.begin(), ports.end(), [&](const Port& port) {
    return std::find(setting.architectures.begin(), setting.architectures.end(), port.goarch) !=
           setting.architectures.end();
  });
}

std::vector<std::string> values_of(const std::string& name, const Version& release) {
  if (name == "GOGC" || name == "GOMEMLIMIT") return {"off"};
  if (name != "GOEXPERIMENT") return setting_values(name, release);
  const auto experiments = known_experiments(release);
  return experiments ? std::vector<std::string>(experiments->begin(), experiments->end())
                     : std::vector<std::string>{};
}

}  // namespace

std::string short_name(const Port& port) {
  if (port.goos == "linux") return port.goarch;
  if (port.text() == "js/wasm") return "wasm";
  return port.text() == "wasip1/wasm" ? "wasi" : "";
}

std::vector<Candidate> profile_candidates(const std::string& typed, const std::vector<Port>& ports,
                                          const Version& release) {
  std::vector<Candidate> candidates;
  const std::string before = before_last_part(typed);
  const std::size_t equals = typed.find('=', before.size());
  if (equals != std::string::npos) {
    const std::string name = typed.substr(before.size(), equals - before.size());
    for (const std::string& value : values_of(name, release))
      candidates.push_back({before + name + "=" + value, ""});
    return candidates;
  }
  if (!before.empty()) {  // what may follow the value before the comma, as in GOARM64=v8.0,lse
    const std::size_t last = before.find_last_of('=');
    if (last == std::string::npos) return {};
    const std::size_t start = before.find_last_of(',', last) + 1;  // 0 where there is none
    const std::string name = before.substr(start, last - start);
    const std::vector<std::string> more =
        name == "GOEXPERIMENT" ? values_of(name, release) : setting_suffixes(name, release);
    for (const std::string& each : more) candidates.push_back({before + each, name});
  }
  for (const Setting& setting : settings()) {
    const bool is_set = (',' + before).find("," + setting.name + "=") != std::string::npos;
    if (!is_set && setting.since <= release.minor && concerns(setting, ports))
      candidates.push_back({before + setting.name + "=", architectures_of(setting)});
  }
  return candidates;
}

const Releases& MachineCandidates::releases(const LineSoFar& line) {
  if (!releases_) {
    const auto named = value_of_option(line, "releases");
    try {
      const bool has_place = named || base_directory(BaseDirectory::config);
      releases_ = Releases::load(named       ? without_tilde(*named)
                                 : has_place ? user_releases_file()
                                             : fs::path());
    } catch (const Error&) {  // whoever runs the command is told
      releases_ = Releases::load({});
    }
  }
  return *releases_;
}

const Release& MachineCandidates::release(const LineSoFar& line) {
  const Releases& all = releases(line);
  std::string name = environment_value("GOSTRAP_RELEASE").value_or("");
  if (const auto named = value_of_option(line, "release")) name = *named;
  try {
    return all.get(name);
  } catch (const UsageError&) {  // a file, or not yet a release
    return all.default_release();
  }
}

const std::vector<StoreEntry>& MachineCandidates::entries(const LineSoFar& line) {
  if (entries_) return *entries_;
  entries_.emplace();
  try {
    const auto named = value_of_option(line, "store");
    const Store store(named ? without_tilde(*named) : default_store());
    store_root_ = fs::absolute(store.root()).lexically_normal().string();
    entries_ = store.entries();
  } catch (const Error&) {
    // no place for a store (no HOME), or one that may not be read
  }
  return *entries_;
}

std::vector<Candidate> MachineCandidates::ports(const LineSoFar& line, const std::string& typed,
                                                bool only_usable) {
  std::map<Port, std::string> in_store;
  for (const StoreEntry& entry : entries(line)) {
    if (entry.kind != Kind::sdk) continue;
    std::string& releases = in_store[entry.port];
    if (("," + releases + ",").find(", " + entry.release + ",") == std::string::npos &&
        releases != entry.release)
      append(releases, ", ", entry.release);
  }
  std::vector<Candidate> candidates;
  const auto add = [&](const Port& port, const std::string& what) {
    candidates.push_back({port.text(), what});
    const std::string name = short_name(port);
    // an empty word gets each port once
    if (!typed.empty() && !name.empty()) candidates.push_back({name, what.empty() ? port.text() : what});
  };
  for (const auto& [port, releases] : in_store) add(port, "in the store: " + releases);
  if (only_usable && !in_store.empty()) return candidates;
  for (const Port& port : release(line).ports) {
    if (!in_store.contains(port)) add(port, "");
  }
  return candidates;
}

std::vector<Candidate> MachineCandidates::patterns(const LineSoFar& line, const std::string& typed) {
  if (typed.empty()) return {};  // there are many, and ports are what most want
  std::set<std::string> systems, architectures;
  for (const Port& port : release(line).ports) {
    systems.insert(port.goos);
    architectures.insert(port.goarch);
  }
  std::vector<Candidate> candidates;
  for (const std::string& each : systems) candidates.push_back({each + "/*", "all ports of " + each});
  for (const std::string& each : architectures) candidates.push_back({"*/" + each, "all ports of " + each});
  return candidates;
}

std::vector<Candidate> MachineCandidates::versions(const LineSoFar& line) {
  std::vector<Candidate> candidates;
  const Releases& all = releases(line);
  const Version standard = all.default_release().version;
  for (const Version& version : all.versions())
    candidates.push_back({version.text(), version == standard ? "the default" : ""});
  candidates.push_back({"latest", "the newest"});
  return candidates;
}

std::vector<Candidate> MachineCandidates::ports_at_releases(const LineSoFar& line, const std::string& typed) {
  const std::size_t at = typed.find('@');
  if (at == std::string::npos) return ports(line, typed, false);
  std::vector<Candidate> candidates;
  for (Candidate& each : versions(line))
    candidates.push_back({typed.substr(0, at + 1) + each.word, std::move(each.what)});
  return candidates;
}

/// A path that is typed leads anywhere: entries come into it where nothing is typed, or the way to the store.
std::vector<Candidate> MachineCandidates::entry_paths(const LineSoFar& line, const std::string& typed,
                                                      std::optional<Kind> kind) {
  std::vector<Candidate> candidates;
  const std::vector<StoreEntry>& all = entries(line);
  const std::string expanded = without_tilde(typed).string();
  const bool by_tilde = typed.starts_with("~/");
  if (!typed.empty() && !expanded.starts_with(store_root_)) return {};
  for (const StoreEntry& entry : all) {
    if (kind && entry.kind != *kind) continue;
    std::string path = fs::absolute(entry.path).lexically_normal().string();
    if (by_tilde) path = "~/" + path.substr(expanded.size() - (typed.size() - 2));
    candidates.push_back({std::move(path), entry.what()});
  }
  return candidates;
}

std::vector<Candidate> MachineCandidates::profile(const LineSoFar& line, const std::string& typed) {
  return profile_candidates(typed, ports_on(line), release(line).version);
}

std::vector<Candidate> MachineCandidates::operator()(ValueKind kind, const LineSoFar& line,
                                                     const std::string& typed) {
  std::vector<Candidate> candidates;
  switch (kind) {
    case ValueKind::port:
    case ValueKind::usable_port:
      return ports(line, typed, kind == ValueKind::usable_port);
    case ValueKind::pattern:
      return patterns(line, typed);
    case ValueKind::port_at_release:
      return ports_at_releases(line, typed);
    case ValueKind::release:
      return versions(line);
    case ValueKind::profile:
      return profile(line, typed);
    case ValueKind::any_entry:
      return entry_paths(line, typed, std::nullopt);
    case ValueKind::host_entry:
      return entry_paths(line, typed, Kind::host);
    case ValueKind::source_entry:
      return entry_paths(line, typed, Kind::source);
    case ValueKind::sdk_entry:
      return entry_paths(line, typed, Kind::sdk);
    case ValueKind::toolchain_entry:
      return entry_paths(line, typed, Kind::toolchain);
    case ValueKind::archives_entry:
      return entry_paths(line, typed, Kind::archives);
    case ValueKind::expectation:
      for (const std::string& word : expectation_words())
        candidates.push_back({before_last_part(typed) + word, ""});
      return candidates;
    case ValueKind::origin:
      if (typed.empty() || typed.find('=') != std::string::npos) return {};
      for (const Version& version : releases(line).versions())
        candidates.push_back({version.text() + "=", "an origin for this release"});
      return candidates;
    case ValueKind::free:
    case ValueKind::file:
    case ValueKind::directory:
    case ValueKind::words:
    case ValueKind::verb:
    case ValueKind::part:
      break;  // nothing that this machine knows
  }
  return candidates;
}

}  // namespace gostrap
