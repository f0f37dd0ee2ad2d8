#include "source/patch.hpp"

#include "archive/untrusted_name.hpp"
#include "source/canonical.hpp"
#include "source/git_handles.hpp"
#include "source/patch_moves.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace gostrap {
namespace {

using namespace git;

constexpr std::size_t largest_patch = std::size_t{16} << 20U;
constexpr std::size_t most_files = 10'000;

using Diff = std::unique_ptr<git_diff, Free<git_diff_free>>;
using Index = std::unique_ptr<git_index, Free<git_index_free>>;
using Blob = std::unique_ptr<git_blob, Free<git_blob_free>>;

std::string doing(const Patch& patch) {
  return "apply the patch " + printable(patch.name);
}

bool names_git(std::string_view path) {
  for (const std::string_view each : split(path, "/")) {
    const std::string component = folded_case(each);
    if (component == ".git" || component == ".gitmodules") return true;
  }
  return false;
}

std::string why_not_touched(const std::string& path) {
  if (on_one_line(path, path.size()) != path) return "there are control characters in its name";
  if (const std::string unsafe = why_unsafe_path(path); !unsafe.empty()) return "it " + unsafe;
  if (names_git(path) || !is_in_source(path)) return "git's own files are not part of a source";
  const std::string top = path.substr(0, path.find('/'));
  if (top == "bin" || top == "pkg") return "make.bash puts there what it builds";
  if (folded_case(path) == "version") return "gostrap writes there that this Go is patched";
  return {};
}

void check_side(const git_diff_file& side, const Patch& patch) {
  if (side.path == nullptr) return;
  const std::string path = side.path;
  std::string why = why_not_touched(path);
  // a patch that only renames says nothing of modes
  const bool plain = side.mode == GIT_FILEMODE_BLOB || side.mode == GIT_FILEMODE_BLOB_EXECUTABLE ||
                     side.mode == GIT_FILEMODE_UNREADABLE;
  if (why.empty() && !plain) {
    why = side.mode == GIT_FILEMODE_LINK ? "it is a symbolic link, and Go's source has none"
                                         : "it is no plain file";
  }
  if (!why.empty()) throw Error(doing(patch), in_quotes(path) + ": " + why);
}

/// A NUL as git quotes it in a name: "a\000b". What stands before it would be taken for the name.
bool has_quoted_nul(std::string_view line) {
  const std::size_t quote = line.find('"');
  for (std::size_t at = quote; at < line.size(); ++at) {
    if (line[at] != '\\') continue;
    ++at;
    const std::string_view digits = line.substr(std::min(at, line.size()));
    std::size_t zeros = 0;
    while (zeros < 3 && zeros < digits.size() && digits[zeros] == '0') ++zeros;
    const bool more =
        zeros > 0 && zeros < 3 && zeros < digits.size() && digits[zeros] >= '0' && digits[zeros] <= '7';
    if (zeros > 0 && !more) return true;
  }
  return false;
}

/// libgit2 takes slashes together, and so would put an absolute path below the tree: nobody meant that.
void check_names(const Patch& patch) {
  constexpr std::array heads{"diff --git ", "rename from ", "rename to ", "copy from ",
                             "copy to ",    "--- \"a/",     "+++ \"b/"};
  for (const std::string_view line : lines_of(patch.text)) {
    const bool names =
        std::any_of(heads.begin(), heads.end(), [&](const char* head) { return line.starts_with(head); });
    if (names && has_quoted_nul(line))
      throw Error(doing(patch), in_quotes(line) + ": a name in it has a NUL byte");
    if (line.starts_with("diff --git ") && line.find("//") != std::string::npos)
      throw Error(doing(patch), in_quotes(line) + ": a path in it is absolute, or has an empty component");
  }
}

/// libgit2's reading of the patch, with everything in it checked.
Diff parsed(const Patch& patch) {
  start();
  check_names(patch);
  git_diff* raw = nullptr;
  if (git_diff_from_buffer(&raw, patch.text.data(), patch.text.size()) < 0) {
    throw Error("read the patch " + printable(patch.name), last_error(),
                "A patch is what `git diff` or `git format-patch` writes.");
  }
  Diff diff(raw);
  const std::size_t files = git_diff_num_deltas(diff.get());
  if (files == 0) {
    throw Error("read the patch " + printable(patch.name),
                "there is no change in it that begins with \"diff --git\"",
                "Make it with `git diff` or `git format-patch`.");
  }
  if (files > most_files) {
    throw Error("read the patch " + printable(patch.name), "it changes " + std::to_string(files) +
                                                               " files, and " + std::to_string(most_files) +
                                                               " is the limit");
  }
  for (std::size_t i = 0; i < files; ++i) {
    const git_diff_delta& delta = *git_diff_get_delta(diff.get(), i);
    if (delta.status != GIT_DELTA_ADDED) check_side(delta.old_file, patch);
    if (delta.status != GIT_DELTA_DELETED) check_side(delta.new_file, patch);
    const std::string path = delta.new_file.path != nullptr ? delta.new_file.path : delta.old_file.path;
    if ((delta.flags & GIT_DIFF_FLAG_BINARY) != 0)
      throw Error(doing(patch), in_quotes(path) + ": it is a binary change",
                  "Only changes of text are taken.");
    // a few bytes of a patch would make as many copies of a large file as it likes
    if (delta.status == GIT_DELTA_COPIED)
      throw Error(doing(patch), in_quotes(path) + ": it is a copy of another file",
                  "Make the patch without copies: git diff --no-renames.");
  }
  return diff;
}

/// The files of a tree as the patches so far have left them.
class State {
 public:
  State(const fs::path& tree, PatchedFiles& files) : tree_(tree), files_(files) {}

  const std::optional<std::string>& at(const std::string& path) {
    const auto known = files_.find(path);
    if (known != files_.end()) return known->second.after;
    PatchedFile file;
    if (fs::is_regular_file(fs::symlink_status(tree_ / path))) file.before = read_file(tree_ / path);
    file.after = file.before;
    return files_.emplace(path, std::move(file)).first->second.after;
  }
  void put(const std::string& path, std::optional<std::string> text) {
    at(path);
    files_[path].after = std::move(text);
  }

 private:
  const fs::path& tree_;
  PatchedFiles& files_;
};

/// Where libgit2 is in a patch; when it fails, that is what failed.
struct PatchPosition {
  std::string file, hunk;
};

int at_file(const git_diff_delta* delta, void* payload) {
  auto& position = *static_cast<PatchPosition*>(payload);
  position.file = delta->old_file.path != nullptr ? delta->old_file.path : delta->new_file.path;
  position.hunk.clear();
  return 0;
}

int at_hunk(const git_diff_hunk* hunk, void* payload) {
  auto& position = *static_cast<PatchPosition*>(payload);
  position.hunk.assign(hunk->header, hunk->header_len);
  while (!position.hunk.empty() && position.hunk.back() == '\n') position.hunk.pop_back();
  return 0;
}

/// libgit2 applies to trees: one with the files that the patch speaks of is all that it needs.
class PatchRepository {
 public:
  explicit PatchRepository(const fs::path& scratch)
      : directory_(scratch), repository_(made<Repository>("prepare for patches", [&](git_repository** out) {
          return git_repository_init(out, directory_.path().c_str(), 1);
        })) {}

  void apply(const Patch& patch, const Diff& diff, State& state, const fs::path& tree) {
    std::set<std::string> paths;
    std::set<std::string> leaving;  // names that are free for another file once the patch is applied
    std::set<std::string> coming;
    for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
      const git_diff_delta& delta = *git_diff_get_delta(diff.get(), i);
      if (delta.status == GIT_DELTA_RENAMED || delta.status == GIT_DELTA_DELETED)
        leaving.insert(delta.old_file.path);
    }
    for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
      check_interrupt();
      const git_diff_delta& delta = *git_diff_get_delta(diff.get(), i);
      check_against(delta, patch, state, tree, leaving);
      const bool makes = delta.status == GIT_DELTA_ADDED || delta.status == GIT_DELTA_RENAMED;
      if (makes && !coming.insert(delta.new_file.path).second)
        throw Error(doing(patch), in_quotes(delta.new_file.path) + " is to be made twice");
      for (const git_diff_file* side : {&delta.old_file, &delta.new_file}) {
        if (side->path != nullptr) paths.insert(side->path);
      }
    }
    const Tree before = tree_of(paths, state, patch);
    PatchPosition position;
    git_apply_options options = GIT_APPLY_OPTIONS_INIT;
    options.delta_cb = at_file;
    options.hunk_cb = at_hunk;
    options.payload = &position;
    git_index* raw = nullptr;
    if (git_apply_to_tree(&raw, repository_.get(), before.get(), diff.get(), &options) < 0) {
      throw Error(doing(patch),
                  printable(position.file) +
                      (position.hunk.empty() ? "" : ", hunk " + printable(position.hunk)) +
                      " does not apply: " + last_error(),
                  "It has to be made from this release's source, with the patches before it.");
    }
    const Index after(raw);
    for (const std::string& path : paths) state.put(path, text_at(after, path, patch));
  }

 private:
  /// `leaving`: what the same patch deletes or calls otherwise.
  static void check_against(const git_diff_delta& delta, const Patch& patch, State& state,
                            const fs::path& tree, const std::set<std::string>& leaving) {
    if (delta.status != GIT_DELTA_ADDED && !state.at(delta.old_file.path)) {
      const std::string now = where_it_is_now(tree, delta.old_file.path, patch.text);
      throw Error(doing(patch), "there is no " + in_quotes(delta.old_file.path) + " in the source",
                  now.empty() ? "Paths in a patch begin with a/ and b/, as git writes them." : now);
    }
    if (delta.status == GIT_DELTA_ADDED || delta.status == GIT_DELTA_RENAMED)
      check_new(delta.new_file.path, patch, state, tree, leaving);
  }

  /// Nothing is overwritten, and no file is made below another: git apply takes neither.
  static void check_new(const std::string& path, const Patch& patch, State& state, const fs::path& tree,
                        const std::set<std::string>& leaving) {
    const auto is_file = [&](const std::string& place) {
      return state.at(place) && !leaving.contains(place);
    };
    if (is_file(path)) throw Error(doing(patch), in_quotes(path) + " is to be new, and is there already");
    const fs::file_status there = fs::symlink_status(tree / path);
    bool something = fs::exists(there) && !fs::is_regular_file(there);
    for (fs::path above = fs::path(path).parent_path(); !above.empty(); above = above.parent_path())
      something = something || is_file(above.string());
    if (something)
      throw Error(doing(patch), in_quotes(path) + " is to be new, and something else is in its place");
  }

  Tree tree_of(const std::set<std::string>& paths, State& state, const Patch& patch) {
    const std::string doing = gostrap::doing(patch);
    const Index index =
        made<Index>(doing, [&](git_index** out) { return git_repository_index(out, repository_.get()); });
    check(git_index_clear(index.get()), doing);
    for (const std::string& path : paths) {
      const std::optional<std::string>& text = state.at(path);
      if (!text) continue;
      git_index_entry entry = {};
      entry.path = path.c_str();
      entry.mode = GIT_FILEMODE_BLOB;
      check(git_index_add_from_buffer(index.get(), &entry, text->data(), text->size()), doing);
    }
    git_oid id;
    check(git_index_write_tree(&id, index.get()), doing);
    return made<Tree>(doing, [&](git_tree** out) { return git_tree_lookup(out, repository_.get(), &id); });
  }

  std::optional<std::string> text_at(const Index& index, const std::string& path, const Patch& patch) const {
    const git_index_entry* const entry = git_index_get_bypath(index.get(), path.c_str(), 0);
    if (entry == nullptr) return std::nullopt;
    const Blob blob = made<Blob>(gostrap::doing(patch), [&](git_blob** out) {
      return git_blob_lookup(out, repository_.get(), &entry->id);
    });
    return std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                       static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  }

  TemporaryDirectory directory_;
  Repository repository_;
};

}  // namespace

Patch checked_patch(std::string name, std::string text) {
  if (text.size() > largest_patch) {
    throw Error("read the patch " + printable(name),
                "it is larger than " + std::to_string(largest_patch) + " bytes");
  }
  // libgit2 1.8 copies a line up to its first NUL, and reads it as if it were whole
  if (text.find('\0') != std::string::npos) {
    throw Error("read the patch " + printable(name), "it has a NUL byte in it",
                "Only changes of text are taken.");
  }
  Patch patch{std::move(name), sha256(text), std::move(text)};
  parsed(patch);
  return patch;
}

Patch read_patch(const fs::path& file) {
  return checked_patch(file.filename().string(), read_file(file, largest_patch));
}

std::set<std::string> touched_paths(const std::vector<Patch>& patches) {
  std::set<std::string> paths;
  for (const Patch& patch : patches) {
    const Diff diff = parsed(patch);
    for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
      const git_diff_delta& delta = *git_diff_get_delta(diff.get(), i);
      if (delta.status != GIT_DELTA_ADDED) paths.insert(delta.old_file.path);
      if (delta.status != GIT_DELTA_DELETED) paths.insert(delta.new_file.path);
    }
  }
  return paths;
}

std::string patched_version(const Release& release, const std::vector<Patch>& patches) {
  std::string all;
  for (const Patch& patch : patches) all += hex(patch.digest);
  return release.name() + "-patched." + hex(sha256(all)).substr(0, 8);
}

PatchedFiles apply_patches(const Release& release, const std::vector<Patch>& patches, const fs::path& tree,
                           const fs::path& scratch) {
  PatchedFiles files;
  State state(tree, files);
  start();
  PatchRepository repository(scratch);
  for (const Patch& patch : patches) repository.apply(patch, parsed(patch), state, tree);
  const std::string version = read_file(tree / "VERSION");
  if (!version.starts_with(release.name() + "\n"))
    throw Error("patch the source of " + release.name(), "its VERSION says something else");
  state.put("VERSION", patched_version(release, patches) + version.substr(release.name().size()));
  for (auto each = files.begin(); each != files.end();)
    each = each->second.before == each->second.after ? files.erase(each) : std::next(each);
  if (files.size() == 1) throw Error("patch the source of " + release.name(), "the patches change nothing");
  return files;
}

void write_patched(const PatchedFiles& files, const fs::path& tree) {
  for (const auto& [path, file] : files) {
    const fs::path place = tree / path;
    if (file.before) fs::remove(place);  // never into a file that others share
    if (!file.after) continue;
    make_directories(place.parent_path());
    create_file(place, *file.after, is_executable_in_source(path));
  }
}

}  // namespace gostrap
