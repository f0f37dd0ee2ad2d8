#include "store/store.hpp"

#include "store/strangers.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/process.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace gostrap {
namespace {

bool is_true(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

/// Short words out of a provenance; empty for anything else, which no terminal should see.
std::string word_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  const std::string word = found->get<std::string>();
  const auto plain = [](unsigned char each) {
    return std::isalnum(each) != 0 || each == ':' || each == '/' || each == '+' || each == '-' || each == '=';
  };
  return word.size() <= 100 && std::all_of(word.begin(), word.end(), plain) ? word : std::string();
}

/// "installed" of a provenance that has one and that nobody vouches for, of the entry itself or of something
/// that it was made from here.
const Json* strangers_part(const Json& provenance) {
  if (!provenance.is_object()) return nullptr;
  const auto installed = provenance.find("installed");
  if (installed != provenance.end()) {
    return installed->is_object() && is_true(*installed, "vouched") ? nullptr : &*installed;
  }
  const auto from = provenance.find("from");
  if (from == provenance.end() || !from->is_array()) return nullptr;
  for (const Json& each : *from) {
    const auto inputs = each.is_object() ? each.find("inputs") : each.end();
    // a source is what its pin says, whoever brought it
    if (each.is_object() && inputs != each.end() && inputs->is_object() &&
        inputs->value("step", Json()) == "source" && !inputs->contains("profile"))
      continue;
    if (const Json* const found = strangers_part(each)) return found;
  }
  return nullptr;
}

void read_origin(const Json& provenance, StoreEntry& entry) {
  const auto installed = provenance.find("installed");
  const Json* const strangers = strangers_part(provenance);
  const Json* const part = strangers != nullptr            ? strangers
                           : installed != provenance.end() ? &*installed
                                                           : nullptr;
  if (part == nullptr) return;
  if (part->is_object()) {
    entry.bundle = word_in(*part, "bundle");
    entry.signed_by = word_in(*part, "signedBy");
  }
  entry.origin = strangers != nullptr ? Origin::stranger : Origin::vouched;
  if (strangers != nullptr && entry.kind == Kind::source && entry.profile.empty())
    entry.origin = Origin::pinned;
}

std::string time_text(fs::file_time_type time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::file_clock::to_sys(std::chrono::floor<std::chrono::seconds>(time)));
  std::tm utc = {};
  ::gmtime_r(&seconds, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

/// When it came into the store. What a bundle says of it is nobody's business here.
std::string time_in(const Json& provenance, const StoreEntry& entry) {
  const auto installed = provenance.find("installed");
  const Json& object = installed != provenance.end() && installed->is_object() && installed->contains("made")
                           ? *installed
                           : provenance;
  const auto made = object.find("made");
  if (made != object.end() && made->is_string() && is_time(made->get<std::string>()))
    return made->get<std::string>();
  return time_text(entry.written);
}

}  // namespace

std::string key_of(const std::string& inputs) {
  return hex(sha256(inputs)).substr(0, 32);
}

bool is_time(const std::string& text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00Z";
  return text.size() == shape.size() &&
         std::equal(text.begin(), text.end(), shape.begin(), [](char each, char wanted) {
           return wanted == '0' ? std::isdigit(static_cast<unsigned char>(each)) != 0 : each == wanted;
         });
}

std::optional<StoreEntry> read_entry(const fs::path& provenance) {
  try {
    const JsonDocument json(read_file(provenance), provenance.string());
    const JsonView view = json.view();
    const JsonView inputs = view.at("inputs");
    const std::optional<Kind> kind = kind_called(inputs.text("step"));
    if (!kind) return std::nullopt;
    StoreEntry entry;
    entry.entry = provenance.stem().string();
    entry.kind = *kind;
    if (entry.kind != Kind::modules) {
      entry.release = inputs.text("release");
      entry.source = inputs.text("source");
    }
    if (inputs.has("port")) entry.port = parse_port(inputs.text("port"));
    entry.reference = inputs.has("reference");
    if (inputs.has("profile")) entry.profile = profile_from_json(inputs.at("profile"));
    std::error_code ignored;
    entry.written = fs::last_write_time(provenance, ignored);
    entry.made = time_in(view.raw(), entry);
    read_origin(view.raw(), entry);
    return entry;
  } catch (const Error&) {
    return std::nullopt;  // half written by hand, or by a newer gostrap: not ours to judge
  }
}

std::string text(Origin origin) {
  switch (origin) {
    case Origin::pinned:
      return "pinned";
    case Origin::vouched:
      return "vouched";
    case Origin::stranger:
      return "stranger";
    case Origin::built:
      break;
  }
  return "built";
}

std::string StoreEntry::whence() const {
  if (bundle.empty() && signed_by.empty() && !is_strangers()) return {};
  const std::string from = "from the bundle " + (bundle.empty() ? "of an unknown name" : bundle);
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

bool is_strangers(const Json& provenance) {
  return strangers_part(provenance) != nullptr;
}

Json to_json(const StoreEntry& entry) {
  Json json = Json::object();
  json["kind"] = text(entry.kind);
  json["name"] = entry.name();
  if (!entry.release.empty()) json["release"] = entry.release;
  if (has_port(entry.kind)) json["port"] = entry.port.text();
  json["made"] = entry.made;
  json["path"] = entry.path.string();
  json["origin"] = text(entry.origin);
  if (!entry.whence().empty()) {
    json["bundle"] = entry.bundle;
    json["signedBy"] = entry.signed_by.empty() ? Json(nullptr) : Json(entry.signed_by);
  }
  return json;
}

Store::Store(fs::path root) : root_(fs::absolute(root).lexically_normal()) {}

bool Store::is_strangers(const std::string& entry) const {
  std::string text;
  try {
    text = read_file(provenance_file(entry));
  } catch (const Error&) {
    return false;  // there is none, or another user keeps it to himself
  }
  try {
    const Json provenance = JsonDocument(text, provenance_file(entry).string()).view().raw();
    const bool source =
        provenance.is_object() && provenance.contains("inputs") && provenance["inputs"].is_object() &&
        provenance["inputs"].value("step", Json()) == "source" && !provenance["inputs"].contains("profile");
    return !source && strangers_part(provenance) != nullptr;
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

void Store::keep_provenance(const std::string& entry, const std::string& text, const fs::path& work) const {
  const fs::path written = work / "provenance.json";
  const fs::path kept = provenance_file(entry);
  create_file(written, text);
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
    const bool a_last = a.is_strangers(), b_last = b.is_strangers();
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
    return entry.kind == kind && entry.source == release.source && !entry.reference &&
           entry.profile == profile && (!has_port(kind) || entry.port == port);
  });
  return found != entries.end() ? &*found : nullptr;
}

fs::path default_store() {
  if (const auto store = environment_value("GOSTRAP_STORE")) return *store;
  return need_base_directory(BaseDirectory::data, "the store", "--store DIR, or GOSTRAP_STORE=DIR") /
         "gostrap" / "store";
}

}  // namespace gostrap
