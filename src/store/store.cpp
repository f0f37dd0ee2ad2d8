#include "store/store.hpp"

#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/words.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <set>

namespace gostrap {
namespace {

void set_origin(const Provenance& provenance, StoreEntry& entry) {
  if (const Provenance* const host = published_host(provenance)) {
    entry.published = host->inputs->published;
    entry.origin = Origin::published;
  }
  const Installed* const strangers = strangers_part(provenance);
  const Installed* const part = strangers != nullptr   ? strangers
                                : provenance.installed ? &*provenance.installed
                                                       : nullptr;
  if (part == nullptr) return;
  entry.bundle = part->bundle;
  entry.signed_by = part->signed_by;
  entry.origin = strangers != nullptr ? Origin::stranger : Origin::vouched;
  if (strangers != nullptr && entry.kind == Kind::source && entry.profile.empty())
    entry.origin = Origin::pinned;
}

/// When it came into the store. What a bundle says of it is nobody's business here.
Time time_of(const Provenance& provenance, fs::file_time_type written) {
  const bool brought = provenance.installed && provenance.installed->made;
  const std::optional<Time> made = brought ? provenance.installed->made : provenance.made;
  return made.value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(written)));
}

constexpr std::array origin_words{
    Word{Origin::pinned, "pinned"}, Word{Origin::vouched, "vouched"},     Word{Origin::stranger, "stranger"},
    Word{Origin::built, "built"},   Word{Origin::published, "published"},
};

}  // namespace

std::optional<StoreEntry> read_entry(const fs::path& file) {
  try {
    const Provenance provenance = read_provenance(file);
    if (!provenance.inputs) return std::nullopt;
    const StepInputs& inputs = *provenance.inputs;
    if (inputs.kind != Kind::modules && (inputs.release.empty() || !inputs.source)) return std::nullopt;
    StoreEntry entry;
    entry.entry = file.stem().string();
    entry.kind = inputs.kind;
    entry.release = inputs.release;
    entry.source = inputs.source;
    entry.port = inputs.port.value_or(Port());
    entry.reference = inputs.reference;
    entry.profile = inputs.profile;
    std::error_code ignored;
    entry.written = fs::last_write_time(file, ignored);
    entry.made = time_of(provenance, entry.written);
    set_origin(provenance, entry);
    return entry;
  } catch (const Error&) {
    return std::nullopt;  // half written by hand, or by a newer gostrap: not ours to judge
  }
}

std::string text(Origin origin) {
  return word_of(origin_words, origin);
}

std::string StoreEntry::whence() const {
  const std::string by_upstream = published ? "built by upstream (" + published->file + "), not here" : "";
  if (bundle.empty() && signed_by.empty() && !is_strangers()) return by_upstream;
  const std::string from = (published ? by_upstream + "; " : "") + "from the bundle " +
                           (bundle.empty() ? "of an unknown name" : bundle);
  if (origin == Origin::pinned) return from + ", as pinned";
  if (origin == Origin::vouched) return from + ", signed by " + signed_by;
  if (signed_by.empty()) return "unsigned, " + from;
  return "signed by " + signed_by + ", whom nobody here vouched for, " + from;
}

std::string StoreEntry::what() const {
  if (kind == Kind::modules) return text(kind) + " " + name();
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
  json["made"] = utc_text(entry.made);
  json["path"] = entry.path.string();
  json["origin"] = text(entry.origin);
  if (entry.published) {
    json["published"] = Json::object();
    json["published"]["file"] = entry.published->file;
    json["published"]["sha256"] = hex(entry.published->sha256);
  }
  if (entry.origin != Origin::built && entry.origin != Origin::published) {
    json["bundle"] = entry.bundle;
    json["signedBy"] = entry.signed_by.empty() ? Json(nullptr) : Json(entry.signed_by);
  }
  return json;
}

Store::Store(fs::path root) : root_(fs::absolute(root).lexically_normal()) {}

bool Store::is_strangers(const std::string& entry) const {
  const fs::path file = provenance_file(entry);
  std::string text;
  try {
    text = read_file(file);
  } catch (const Error&) {
    return false;  // there is none, or another user keeps it to himself
  }
  try {
    const Provenance provenance = read_provenance(JsonDocument(text, file.string()).view());
    return !is_pinned_source(provenance) && strangers_part(provenance) != nullptr;
  } catch (const Error&) {
    return true;  // what says nothing vouches for nothing
  }
}

void Store::move_aside(const std::string& entry) const {
  const std::string name = entry.substr(entry.find('-') + 1);
  std::string other = entry;
  do {
    other = key_of("moved aside\n" + other) + "-" + name;
  } while (fs::exists(fs::symlink_status(root_ / other)));
  const std::string doing = "move " + (root_ / entry).string() + " aside";
  // the provenance first: what is there without one would be taken for our own
  if (::rename(provenance_file(entry).c_str(), provenance_file(other).c_str()) != 0)
    throw system_error(doing);
  ::chmod((root_ / entry).c_str(), 0755);  // or only root may move it
  if (::rename((root_ / entry).c_str(), (root_ / other).c_str()) != 0) {
    const Error error = system_error(doing);
    ::rename(provenance_file(other).c_str(), provenance_file(entry).c_str());
    throw Error(error);
  }
  ::chmod((root_ / other).c_str(), 0555);
}

namespace {

/// Others read what lies in a store; whoever wants it otherwise closes a directory above it.
void make_shared_directory(const fs::path& directory) {
  make_directories(directory);
  struct stat status = {};
  if (::stat(directory.c_str(), &status) == 0 && status.st_uid == ::geteuid() &&
      (status.st_mode & 0555U) != 0555U)
    ::chmod(directory.c_str(), (status.st_mode & 07777U) | 0755U);
}

/// Whoever may not write in the store can lock what is there.
void make_use_file(const fs::path& file) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0644));
  if (fd) ::fchmod(fd.get(), 0644);
}

}  // namespace

void Store::prepare() const {
  make_shared_directory(root_);
  for (const char* directory : {"logs", "provenance", "locks", "work"})
    make_shared_directory(root_ / directory);
  for (const char* directory : {"roots", "patches"}) {
    if (fs::is_directory(root_ / directory)) make_shared_directory(root_ / directory);
  }
  remove_stale_stages(root_, Ground::own);
  remove_stale_stages(work(), Ground::own);
  std::error_code failed;
  for (fs::directory_iterator each(root_, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    const std::string name = each->path().filename().string();
    if (name.size() > 33 && name[32] == '-' && !fs::exists(use_file(name.substr(0, 32))))
      make_use_file(use_file(name.substr(0, 32)));
  }
}

FileLock Store::lock(const std::string& key, const std::function<void()>& waiting) const {
  return FileLock(lock_file(key), waiting);
}

std::optional<FileLock> Store::use(const std::string& key) const {
  try {
    return FileLock(use_file(key), {}, LockMode::shared);
  } catch (const Error& error) {
    tell("nothing keeps `gostrap prune` from " + key + " while it is used: cannot " + error.doing() + ": " +
         error.why() + " (the next `gostrap build` or `prune` of whoever owns the store makes that file)");
    return std::nullopt;
  }
}

void Store::keep_provenance(const std::string& entry, const Provenance& provenance,
                            const fs::path& work) const {
  const fs::path written = work / "provenance.json";
  const fs::path kept = provenance_file(entry);
  create_file(written, to_text(provenance));
  ::chmod(written.c_str(), 0644);  // of a sealed entry, which all may read
  if (::rename(written.c_str(), kept.c_str()) != 0) throw system_error("write " + kept.string());
  make_use_file(use_file(entry.substr(0, entry.find('-'))));
}

std::vector<StoreEntry> Store::entries() const {
  std::vector<StoreEntry> entries;
  std::error_code failed;
  for (fs::directory_iterator each(root_ / "provenance", failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    if (each->path().extension() != ".json") continue;
    std::optional<StoreEntry> entry = read_entry(each->path());
    if (!entry) {
      if (::access(each->path().c_str(), R_OK) != 0)
        tell("cannot read " + each->path().string() + ": " + errno_text() +
             ": what it tells of is left out (its owner: chmod a+r)");
      continue;
    }
    entry->path = root_ / entry->entry;
    if (fs::is_directory(entry->path)) entries.push_back(std::move(*entry));
  }
  if (failed && failed != std::errc::no_such_file_or_directory)
    tell("cannot read " + (root_ / "provenance").string() + ": " + failed.message() +
         ": what the store has is not known (its owner: chmod a+rx)");
  std::sort(entries.begin(), entries.end(), [](const StoreEntry& a, const StoreEntry& b) {
    const auto place = [](const StoreEntry& entry) {
      return entry.is_strangers() ? 2 : entry.is_published() ? 1 : 0;
    };
    const int a_last = place(a), b_last = place(b);
    return std::tie(a_last, b.made, b.written, a.entry) < std::tie(b_last, a.made, a.written, b.entry);
  });
  return entries;
}

std::optional<StoreEntry> Store::find(Kind kind, const Release& release, const Port& port,
                                      const Profile& profile) const {
  const std::vector<StoreEntry> all = entries();
  const StoreEntry* const found = find_entry(all, kind, release, port, profile);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

const StoreEntry* find_entry(const std::vector<StoreEntry>& entries, Kind kind, const Release& release,
                             const Port& port, const Profile& profile) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const StoreEntry& entry) {
    return entry.kind == kind && release.source && entry.source == release.source && !entry.reference &&
           entry.profile == profile && (!has_port(kind) || entry.port == port);
  });
  return found != entries.end() ? &*found : nullptr;
}

std::vector<std::reference_wrapper<const Release>> releases_in(const std::vector<StoreEntry>& entries,
                                                               const Releases& releases) {
  std::set<Version, std::greater<>> versions;
  for (const StoreEntry& entry : entries) {
    if (const auto version = parse_version(entry.release)) versions.insert(*version);
  }
  std::vector<std::reference_wrapper<const Release>> found;
  for (const Version& version : versions) {
    if (const Release* const release = releases.find(version)) found.emplace_back(*release);
  }
  return found;
}

fs::path default_store() {
  if (const auto store = environment_value("GOSTRAP_STORE")) return *store;
  return need_base_directory(BaseDirectory::data, "the store", "--store DIR, or GOSTRAP_STORE=DIR") /
         "gostrap" / "store";
}

}  // namespace gostrap
