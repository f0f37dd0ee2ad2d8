#include "project/lock.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

constexpr int format = 1;

[[noreturn]] void refuse(const FoundLock& found, const std::string& what, const std::string& why,
                         const std::string& port = "PORT", const std::string& first = {}) {
  throw Error("use " + what + " here", why,
              first + "`gostrap use " + port + "` writes " + found.file.string() +
                  " anew, with what is chosen then (--release, --profile, --cgo).");
}

Port port_named(const std::string& name, const JsonView& value) {
  if (name.find('/') == std::string::npos) value.refuse("it should be of GOOS/GOARCH");
  return parse_port(name);
}

std::string with(const Profile& profile) {
  return profile.empty() ? "no profile" : profile.text();
}

}  // namespace

Json to_json(const Lock& lock) {
  Json json = Json::object();
  json["lock"] = format;
  json["release"] = lock.release.text();
  if (!lock.commit.empty()) json["commit"] = lock.commit;
  json["source"] = sri(lock.source);
  json["sdks"] = Json::object();
  for (const auto& [port, sdk] : lock.sdks) {
    Json& entry = json["sdks"][port.text()] = Json::object();
    entry["nar"] = Json::object();
    for (const auto& [host, nar] : sdk.nars) entry["nar"][host.text()] = sri(nar);
    if (!sdk.profile.empty()) entry["profile"] = to_json(sdk.profile);
  }
  return json;
}

Lock lock_from_json(const JsonView& json) {
  if (json.at("lock").raw() != format) json.at("lock").refuse("a newer gostrap wrote it");
  Lock lock;
  lock.release = version_in(json.at("release"));
  if (json.has("commit")) lock.commit = json.string("commit");
  lock.source = sri_in(json.at("source"));
  for (const auto& [name, entry] : json.at("sdks").members()) {
    LockedSdk& sdk = lock.sdks[port_named(name, entry)];
    for (const auto& [host, nar] : entry.at("nar").members()) sdk.nars[port_named(host, nar)] = sri_in(nar);
    if (entry.has("profile")) sdk.profile = profile_from_json(entry.at("profile"));
  }
  return lock;
}

Lock read_lock(const fs::path& file) {
  try {
    const JsonDocument document(read_file(file, largest_project_file), file.string());
    return lock_from_json(document.view());
  } catch (const Error& error) {
    throw Error(error.doing(), error.why(),
                "Have the lock back as it was, or remove it and write another: gostrap use PORT --release V");
  }
}

Release locked_release(const FoundLock& found, const Release& release) {
  if (release.version != found.lock.release) {
    refuse(found, release.name(), found.file.string() + " says go" + found.lock.release.text());
  }
  if (!found.lock.commit.empty() && !release.commit.empty() && found.lock.commit != release.commit) {
    refuse(found, release.name(),
           "it is pinned to commit " + release.commit + ", and " + found.file.string() + " says " +
               found.lock.commit);
  }
  if (release.source && *release.source != found.lock.source) {
    refuse(found, release.name(),
           "its source is pinned to " + sri(*release.source) + ", and " + found.file.string() + " says " +
               sri(found.lock.source));
  }
  Release locked = release;
  locked.source = found.lock.source;
  return locked;
}

const LockedSdk& locked_sdk(const FoundLock& found, const Port& port) {
  const auto there = found.lock.sdks.find(port);
  if (there != found.lock.sdks.end()) return there->second;
  std::string all;
  for (const auto& [each, sdk] : found.lock.sdks) append(all, ", ", each.text());
  refuse(found, "an SDK for " + port.text(),
         found.file.string() + " has none" + (all.empty() ? "" : ": it has those for " + all), port.text());
}

void require_locked_sdk(const FoundLock& found, const Port& port, const LockedSdk& used) {
  const LockedSdk& locked = locked_sdk(found, port);
  const std::string what = "the SDK for " + port.text();
  if (used.profile != locked.profile) {
    refuse(found, what,
           "it has " + with(used.profile) + ", and " + found.file.string() + " says " + with(locked.profile),
           port.text());
  }
  for (const auto& [host, nar] : used.nars) {
    const auto there = locked.nars.find(host);
    if (there == locked.nars.end() || there->second == nar) continue;
    refuse(found, what,
           "the NAR hash of its share/go is " + sri(nar) + ", and " + found.file.string() + " says " +
               sri(there->second),
           port.text(), "`gostrap verify PATH` tells whether the SDK was changed. ");
  }
}

}  // namespace gostrap
