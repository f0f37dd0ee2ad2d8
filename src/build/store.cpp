#include "build/store.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

std::optional<StoreEntry> read_entry(const fs::path& provenance) {
  try {
    const JsonDocument json(read_file(provenance), provenance.string());
    const JsonView view = json.view();
    const JsonView inputs = view.at("inputs");
    const std::optional<StepKind> kind = step_kind(inputs.text("step"));
    if (!kind) return std::nullopt;
    StoreEntry entry;
    entry.entry = provenance.stem().string();
    entry.kind = *kind;
    if (entry.kind != StepKind::modules) {
      entry.release = inputs.text("release");
      entry.source = inputs.text("source");
    }
    if (inputs.has("port")) entry.port = parse_port(inputs.text("port"));
    entry.reference = inputs.has("reference");
    if (inputs.has("profile")) entry.profile = profile_from_json(inputs.at("profile"));
    entry.made = view.text("made");
    std::error_code ignored;
    entry.written = fs::last_write_time(provenance, ignored);
    return entry;
  } catch (const Error&) {
    return std::nullopt;  // half written by hand, or by a newer gostrap: not ours to judge
  }
}

}  // namespace

std::string StoreEntry::what() const {
  if (kind == StepKind::modules) return text(kind) + " " + name();
  std::string what = text(kind) + " go" + release;
  if (has_port(kind)) what += " " + port.text();
  return reference ? what + " (reference)" : what;
}

Json to_json(const StoreEntry& entry) {
  Json json = Json::object();
  json["kind"] = text(entry.kind);
  json["name"] = entry.name();
  if (!entry.release.empty()) json["release"] = entry.release;
  if (has_port(entry.kind)) json["port"] = entry.port.text();
  json["made"] = entry.made;
  json["path"] = entry.path.string();
  return json;
}

Store::Store(fs::path root) : root_(fs::absolute(root).lexically_normal()) {}

bool Store::has(const Step& step) const {
  return fs::is_directory(path(step));
}

void Store::prepare() const {
  for (const char* directory : {"logs", "provenance", "locks", "work"}) make_directories(root_ / directory);
  remove_stale_stages(root_, Ground::own);
  remove_stale_stages(work(), Ground::own);
}

FileLock Store::lock(const Step& step, const std::function<void()>& waiting) const {
  return FileLock(lock_file(step.key), waiting);
}

std::optional<FileLock> Store::use(const std::string& key) const {
  try {
    return FileLock(use_file(key), {}, LockMode::shared);
  } catch (const Interrupted&) {
    throw;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<StoreEntry> Store::entries() const {
  std::vector<StoreEntry> entries;
  std::error_code failed;
  for (fs::directory_iterator each(root_ / "provenance", failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    if (each->path().extension() != ".json") continue;
    std::optional<StoreEntry> entry = read_entry(each->path());
    if (!entry) continue;
    entry->path = root_ / entry->entry;
    if (fs::is_directory(entry->path)) entries.push_back(std::move(*entry));
  }
  std::sort(entries.begin(), entries.end(), [](const StoreEntry& a, const StoreEntry& b) {
    return std::tie(b.made, b.written, a.entry) < std::tie(a.made, a.written, b.entry);
  });
  return entries;
}

std::optional<StoreEntry> Store::find(StepKind kind, const Release& release, const Port& port,
                                      const Profile& profile) const {
  const std::vector<StoreEntry> all = entries();
  const StoreEntry* const found = find_entry(all, kind, release, port, profile);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

const StoreEntry* find_entry(const std::vector<StoreEntry>& entries, StepKind kind, const Release& release,
                             const Port& port, const Profile& profile) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const StoreEntry& entry) {
    return entry.kind == kind && entry.source == release.source && !entry.reference &&
           entry.profile == profile && (!has_port(kind) || entry.port == port);
  });
  return found != entries.end() ? &*found : nullptr;
}

fs::path default_store() {
  if (const auto store = environment_value("GOSTRAP_STORE")) return *store;
  const std::optional<std::string> data = environment_value("XDG_DATA_HOME");
  const fs::path base =
      data ? fs::path(*data) : fs::path(environment_value("HOME").value_or("/")) / ".local" / "share";
  return base / "gostrap" / "store";
}

}  // namespace gostrap
