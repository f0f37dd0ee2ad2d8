#include "road/rebuild.hpp"

#include "road/count_as_built.hpp"
#include "sdk/layout.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"

#include <sys/stat.h>

#include <chrono>
#include <map>
#include <thread>
#include <utility>

namespace gostrap {
namespace {

constexpr auto another_day = std::chrono::year(2001) / 9 / 9;
constexpr unsigned another_user = 54321;

/// Another umask as long as it lives: for us, and for what we start.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

Conditions other_conditions() {
  Conditions conditions;
  conditions.environment = {{"LC_ALL", "C.UTF-8"}, {"LANG", "C.UTF-8"},    {"TZ", "XYZ-14"},
                            {"USER", "another"},   {"LOGNAME", "another"}, {"GOGC", "50"}};
  conditions.reversed = true;
  conditions.written =
      fs::file_time_type::clock::from_sys(std::chrono::sys_seconds(std::chrono::sys_days(another_day)));
  if (user_can_be_changed()) conditions.user = another_user;
  return conditions;
}

/// A host that was unpacked from upstream's archive: it has no packer.
bool is_unpacked(const StoreEntry* entry, const Manifest& manifest) {
  return entry != nullptr && entry->kind == Kind::host && !manifest.files.contains(packer_place);
}

Goal goal_of(const Manifest& manifest, const Release& release, const StoreEntry* entry) {
  if (is_cross(manifest.kind)) return {manifest.kind, release.at(manifest.port)};
  const bool is_host = is_unpacked(entry, manifest) ||
                       (manifest.kind == Kind::toolchain && manifest.files.contains(packer_place));
  return {is_host ? Kind::host : manifest.kind, release.at(manifest.hosted_on)};
}

/// A release's own origins stay behind what the store has.
void take_sources_from(const Store& store, const Releases& releases, RealiseOptions& options) {
  for (const Release& release : releases_in(store.entries(), releases)) {
    if (options.sources.origins.contains(release.version)) continue;
    const auto there = store.find(Kind::source, release, own_port());
    if (!there) continue;
    std::vector<std::string>& origins = options.sources.origins[release.version];
    origins = options.sources.every_origin.empty() ? release.origins : options.sources.every_origin;
    origins.insert(origins.begin(), there->path.string());
  }
}

/// Every entry of a tree and what it is, in one line.
std::map<std::string, std::string> contents(const fs::path& root) {
  std::map<std::string, std::string> contents;
  for (const TreeEntry& entry : list_tree(root)) {
    const fs::path path = root / entry.path;
    switch (entry.type) {
      case TreeEntry::Type::directory:
        contents[entry.path] = "directory";
        break;
      case TreeEntry::Type::symlink:
        contents[entry.path] = "link to " + fs::read_symlink(path).string();
        break;
      case TreeEntry::Type::file:
        contents[entry.path] = hex(sha256_file(path)) + (is_executable(path) ? " x" : "");
        break;
    }
  }
  return contents;
}

/// What an earlier gostrap laid out is held against what it would have laid out, of the host that `store`
/// has.
void lay_out_earlier(const fs::path& output, const Manifest& manifest, const Release& release,
                     const Store& store, const fs::path& to) {
  const auto host = store.find(Kind::host, release, own_port(), manifest.profile.of_host());
  if (!host) throw Error("build " + output.string() + " again", "the host toolchain that was built is gone");
  make_sdk({.at = release.at(manifest.port),
            .profile = manifest.profile.of_sdk(),
            .host = host->path,
            .layout = manifest.layout},
           CopyMode::copy, to);
}

std::string conditions_text(const fs::path& store, const RealiseOptions& options) {
  std::string text = "in " + store.string() +
                     (options.conditions.user ? ", as user " + std::to_string(*options.conditions.user)
                                              : ", as the same user (the kernel gives no user namespace)") +
                     ", umask 077, files laid out in reverse order and dated 2001-09-09, GOMAXPROCS=" +
                     std::to_string(options.jobs);
  for (const auto& [name, value] : options.conditions.environment) text += ", " + name + "=" + value;
  return text;
}

Check outcome(std::vector<std::string> differences, std::chrono::duration<double> took,
              const std::string& conditions) {
  Check check{"rebuild", Check::Result::passed, "", std::move(differences)};
  if (check.details.empty()) {
    check.says = "the same, byte for byte, built again within " +
                 std::to_string(static_cast<int>(took.count()) + 1) + " s " + conditions;
    return check;
  }
  check.result = Check::Result::failed;
  check.says = std::to_string(check.details.size()) +
               (check.details.size() == 1 ? " difference" : " differences") + " when built again " +
               conditions;
  shorten(check.details);
  return check;
}

}  // namespace

std::vector<Patch> patches_of(const Profile& profile, const fs::path& output, const Store& store) {
  std::vector<Patch> patches;
  for (const Digest& digest : profile.patches) {
    const fs::path own = patch_file(output, digest);
    Patch patch = read_patch(fs::exists(own) || !fs::exists(store.patch(digest)) ? own : store.patch(digest));
    if (patch.digest != digest)
      throw Error("use the patch " + patch.name, "its SHA-256 is " + hex(patch.digest), "It was changed.");
    patches.push_back(std::move(patch));
  }
  return patches;
}

std::vector<std::string> differences(const fs::path& ours, const fs::path& rebuilt) {
  const auto before = contents(ours);
  const auto again = contents(rebuilt);
  std::vector<std::string> words;
  for (const auto& [path, what] : before) {
    const auto there = again.find(path);
    if (there == again.end()) {
      words.push_back(path + " was not made again");
    } else if (there->second != what) {
      words.push_back(path + " is " + what + ", and " + there->second + " when built again");
    }
  }
  for (const auto& [path, what] : again) {
    if (!before.contains(path)) words.push_back(path + " is only there when built again");
  }
  return words;
}

Check check_rebuild(const fs::path& output, const Manifest& manifest, const BuildSetup& setup,
                    PlanProgress& watcher, const StoreEntry* entry) {
  const Release& release = setup.releases.get(manifest.release);
  if (release.nar() != manifest.source) {
    throw Error("build " + output.string() + " again",
                "it was made from the source " + sri(manifest.source) + ", and " + release.name() +
                    " is pinned to " + sri(release.nar()),
                "Name the releases file that it was made with: --releases FILE.");
  }
  RealiseOptions options = setup.options;
  take_sources_from(setup.store, setup.releases, options);
  options.conditions = other_conditions();
  if (options.jobs == 0) options.jobs = std::thread::hardware_concurrency() + 1;

  const auto start = std::chrono::steady_clock::now();
  const TemporaryDirectory elsewhere;
  const Umask umask(0077);
  const Store other(elsewhere.path() / "another" / "place" / "store");
  PlanRequest request;
  request.release = &release;
  request.goals = {goal_of(manifest, release, entry)};
  request.profile = manifest.profile;
  request.patches = patches_of(manifest.profile, output, setup.store);
  request.bootstrap = setup.bootstrap;
  const Realised realised = realise(make_plan(request, setup.releases, other), other, options, watcher);
  if (realised.failure) throw Error(*realised.failure);
  fs::path rebuilt = *realised.goals.front();
  if (manifest.kind == Kind::sdk && manifest.layout != layout_of(manifest.profile)) {
    rebuilt = elsewhere.path() / "earlier-layout";
    lay_out_earlier(output, manifest, release, other, rebuilt);
  }
  watcher.begin({})->phase("Comparing with what was built again");
  std::vector<std::string> found = is_unpacked(entry, manifest)
                                       ? differences(goroot_of(output), goroot_of(rebuilt))
                                       : differences(output, rebuilt);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  Check check = outcome(std::move(found), took, conditions_text(other.root(), options));
  if (check.result == Check::Result::passed && entry != nullptr && entry->is_published())
    check.says += "; " + count_as_built(setup.store, *entry, other, release);
  return check;
}

}  // namespace gostrap
