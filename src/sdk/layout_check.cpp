#include "sdk/layout_check.hpp"

#include "archive/untrusted_name.hpp"
#include "sdk/additions.hpp"
#include "sdk/layout.hpp"
#include "sdk/module.hpp"
#include "sdk/runtime_defaults.hpp"
#include "seed/seed.hpp"
#include "source/goroot.hpp"
#include "source/patch.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"

#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace gostrap {
namespace {

constexpr const char* goroot_prefix = "share/go/";
constexpr const char* kept_prefix = "share/gostrap/upstream/";

/// A file that gostrap adds. Without a text, somebody else looks at what is in it.
struct Added {
  std::optional<std::string> text;
  bool executable = false;
  bool required = true;
};

struct Expected {
  std::map<std::string, Added> files;
  std::map<std::string, std::string> links;
};

void expect_archives(const Manifest& manifest, Expected& expected) {
  if (!manifest.profile.empty()) return;  // a patched Go calls itself otherwise
  const std::string module = module_version(manifest.release, manifest.hosted_on);
  expected.files[archive_name(manifest.release, manifest.hosted_on)] = {};
  for (const char* const ending : {".zip", ".mod", ".info"})
    expected.files[module + ending] = {{}, false, false};
}

void expect_seed(const fs::path& output, Expected& expected) {
  expected.files[seed_program({}).string()] = {{}, true};
  expected.files[seed_index({}).string()] = {};
  const fs::path index = seed_index(output);
  if (!fs::is_regular_file(index)) return;
  for (const auto& [action, result] : read_seed_index(read_file(index), index.string()))
    expected.files[seed_file({}, result).string()] = {};
}

Expected expected_of(const fs::path& output, const Manifest& manifest) {
  Expected expected;
  expected.files[manifest_path({}).string()] = {};
  if (manifest.kind == Kind::archives) {
    expect_archives(manifest, expected);
    return expected;
  }
  if (manifest.kind == Kind::compiled_std) {
    expect_seed(output, expected);
    return expected;
  }
  std::vector<AddedFile> added = output_links(manifest.kind, manifest.hosted_on);
  if (manifest.kind == Kind::sdk) {
    added = added_files(manifest.port, manifest.hosted_on, *parse_version(manifest.release),
                        manifest.profile.of_sdk(), manifest.layout);
  }
  for (const AddedFile& file : added) {
    if (file.link) {
      expected.links[file.path] = file.text;
    } else {
      expected.files[file.path] = {file.text, file.executable};
    }
  }
  for (const Digest& patch : manifest.profile.patches) expected.files[patch_file({}, patch).string()] = {};
  if (manifest.kind == Kind::toolchain) {
    expected.files[packer_place] = {{}, true, false};
    return expected;
  }
  expected.files[upstream_go_env({}).string()] = {};
  if (fs::is_regular_file(upstream_go_env(output))) {
    expected.files["share/go/go.env"] = {
        sdk_go_env(read_file(upstream_go_env(output)), manifest.port, manifest.profile.of_sdk())};
  }
  return expected;
}

/// What is wrong with the bits of a file's mode, or with what the file system keeps beside it; empty when
/// nothing is.
std::string why_not_plain(const fs::path& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0) throw system_error("look at " + path.string());
  if (S_ISLNK(status.st_mode)) return {};
  if ((status.st_mode & S_IWOTH) != 0) return "may be written by everybody";
  if (!S_ISREG(status.st_mode)) return {};
  if ((status.st_mode & (S_ISUID | S_ISGID)) != 0) return "runs as another user (a set-ID bit)";
  if (::lgetxattr(path.c_str(), "security.capability", nullptr, 0) > 0) return "has capabilities";
  return {};
}

/// What the profile changes of the source, and an output therefore keeps as it was: paths below kept_prefix.
/// What cannot be found out, check_profile says.
std::set<std::string> may_be_kept(const fs::path& output, const Manifest& manifest) {
  std::set<std::string> paths;
  std::vector<Patch> patches;
  for (const Digest& digest : manifest.profile.patches) {
    try {
      patches.push_back(read_patch(patch_file(output, digest)));
    } catch (const Error&) {
      // then what it changed is not known
    }
  }
  paths = touched_paths(patches);
  if (!patches.empty()) paths.insert("VERSION");
  if (!manifest.profile.defaults.empty()) paths.merge(runtime_default_files());
  return paths;
}

class LayoutComparison {
 public:
  LayoutComparison(const fs::path& output, const Manifest& manifest, const Release* release)
      : output_(output), manifest_(manifest), release_(release), expected_(expected_of(output, manifest)) {}

  std::vector<std::string> run() {
    for (const TreeEntry& entry : list_tree(output_)) {
      check_interrupt();
      const std::string wrong = why_not_plain(output_ / entry.path);
      if (!wrong.empty())
        words_.push_back((entry.path.empty() ? output_.string() : printable(entry.path)) + " " + wrong);
      look_at(entry);
    }
    for (const auto& [path, file] : expected_.files) {
      if (file.required) words_.push_back(printable(path) + " is missing");
    }
    for (const auto& [path, target] : expected_.links) words_.push_back(printable(path) + " is missing");
    compare_claims();
    return std::move(words_);
  }

 private:
  bool leads_to_kept(const std::string& path) const {
    const auto below = [&](const std::string& each) { return (kept_prefix + each).starts_with(path + "/"); };
    return std::any_of(may_be_kept_.begin(), may_be_kept_.end(), below);
  }

  /// A patched Go calls itself otherwise, and so does its archive: one, with the files of its module.
  bool is_patched_archive(const std::string& path) {
    if (manifest_.kind != Kind::archives || manifest_.profile.of_host().empty() ||
        path.find('/') != std::string::npos)
      return false;
    const std::string ending = fs::path(path).extension().string();
    if (is_module_file(path))
      return (ending == ".zip" || ending == ".mod" || ending == ".info") && archives_.insert(ending).second;
    return (path.ends_with(".tar.gz") || ending == ".zip") && archives_.insert("").second;
  }

  bool is_parent(const std::string& path) const {
    const std::string below = path + "/";
    const auto leads = [&](const auto& each) { return each.first.starts_with(below); };
    return std::any_of(parents_.files.begin(), parents_.files.end(), leads) ||
           std::any_of(parents_.links.begin(), parents_.links.end(), leads);
  }

  void look_at(const TreeEntry& entry) {
    const bool in_goroot = facts_of(manifest_.kind).has_goroot && entry.path.starts_with(goroot_prefix);
    switch (entry.type) {
      case TreeEntry::Type::directory: {
        const bool known = entry.path.empty() || in_goroot || entry.path == "share/go" ||
                           is_parent(entry.path) || leads_to_kept(entry.path);
        if (!known) words_.push_back(printable(entry.path) + " is not gostrap's");
        break;
      }
      case TreeEntry::Type::symlink: {
        const auto link = expected_.links.find(entry.path);
        if (link == expected_.links.end()) {
          words_.push_back(printable(entry.path) + " is a link, and not gostrap's");
        } else {
          const std::string target = fs::read_symlink(output_ / entry.path).string();
          if (target != link->second)
            words_.push_back(printable(entry.path) + " leads to " + printable(target) + ", not to " +
                             link->second);
          expected_.links.erase(link);
        }
        break;
      }
      case TreeEntry::Type::file:
        file(entry.path, in_goroot);
        break;
    }
  }

  void file(const std::string& path, bool in_goroot) {
    const auto added = expected_.files.find(path);
    if (added == expected_.files.end()) {
      if (path.starts_with(kept_prefix) &&
          may_be_kept_.contains(path.substr(std::string_view(kept_prefix).size()))) {
        kept_.insert(path.substr(std::string_view(kept_prefix).size()));
        if (is_executable(output_ / path)) words_.push_back(printable(path) + " is a program");
      } else if (!in_goroot && !is_patched_archive(path)) {
        words_.push_back(printable(path) + " is not gostrap's");
      }
      return;
    }
    const fs::path place = output_ / path;
    const bool as_expected = is_executable(place) == added->second.executable &&
                             (!added->second.text || read_file(place) == *added->second.text);
    if (!as_expected) words_.push_back(printable(path) + " is not what gostrap lays out");
    if (path.ends_with(".patch") && hex(sha256_file(place)) != fs::path(path).stem().string())
      words_.push_back(printable(path) + " is another patch than its name says");
    expected_.files.erase(added);
  }

  void compare_claims() {
    const Profile& profile = manifest_.profile;
    if (manifest_.canonical != profile.leaves_toolchain_alone())
      words_.emplace_back("the manifest says the wrong thing about canonical");
    if (!is_cross(manifest_.kind) && manifest_.port != manifest_.hosted_on)
      words_.emplace_back("the manifest names two ports of one toolchain");
    if (!is_cross(manifest_.kind) && !profile.of_sdk().empty())
      words_.emplace_back("the manifest says of a " + text(manifest_.kind) +
                          " what only an SDK can be made with");
    compare_release();
    std::set<std::string> differences;
    if (manifest_.kind == Kind::sdk) differences.insert("go.env");
    differences.insert(kept_.begin(), kept_.end());
    if (!profile.of_host().empty()) return;  // bin and what it was made from: check_profile knows
    if (std::set<std::string>(manifest_.differences.begin(), manifest_.differences.end()) != differences)
      words_.emplace_back("the manifest says the wrong thing about what differs from upstream's");
  }

  /// What the manifest says of the release, which decides what it will be held against.
  void compare_release() {
    if (release_ == nullptr) return;
    if (release_->version.text() != manifest_.release)
      words_.push_back(printable(manifest_.release) + ", as the manifest has it, is no release");
    const bool other_commit =
        !release_->commit.empty() && !manifest_.commit.empty() && release_->commit != manifest_.commit;
    if (other_commit || (release_->source && *release_->source != manifest_.source))
      words_.push_back("the manifest names another source than " + release_->name() + " is pinned to");
    if (!release_->has(manifest_.port) || !release_->has(manifest_.hosted_on) ||
        why_not_hosted(manifest_.hosted_on))
      words_.push_back("the manifest names a port that " + release_->name() + " has not, or does not run on");
    if (!facts_of(manifest_.kind).has_goroot || !manifest_.profile.patches.empty()) return;
    if (version_line(goroot_of(output_)) != release_->name())
      words_.push_back("share/go/VERSION is not " + release_->name() + "'s");
  }

  const fs::path& output_;
  const Manifest& manifest_;
  const Release* release_;
  Expected expected_;
  const Expected parents_ = expected_;  ///< what is found goes from the other
  const std::set<std::string> may_be_kept_ = may_be_kept(output_, manifest_);
  std::set<std::string> kept_, archives_;
  std::vector<std::string> words_;
};

}  // namespace

Check check_layout(const fs::path& output, const Manifest& manifest, const Release* release) {
  Check check{"layout", Check::Result::passed, "all beside share/go is as gostrap lays it out", {}};
  check.details = LayoutComparison(output, manifest, release).run();
  if (check.details.empty()) {
    if (manifest.kind != Kind::sdk || manifest.layout == layout_of(manifest.profile)) return check;
    check.says += " of layout " + std::to_string(manifest.layout) +
                  ", which an earlier one made; now it is " + std::to_string(layout_of(manifest.profile)) +
                  ", laid out in seconds by: gostrap build " + manifest.port.text() + " --release " +
                  manifest.release;
    return check;
  }
  check.result = Check::Result::failed;
  const std::size_t count = check.details.size();
  check.says = counted(count, "thing is", "things are") + " not as gostrap lays out";
  shorten(check.details);
  return check;
}

}  // namespace gostrap
