#include "source/git_tree.hpp"

#include "archive/untrusted_name.hpp"
#include "source/canonical.hpp"
#include "support/interrupt.hpp"
#include "support/thread_pool.hpp"

#include <atomic>
#include <vector>

namespace gostrap::git {
namespace {

constexpr std::size_t files_in_a_job = 64;

constexpr std::uint64_t longest_target = 4096;
constexpr std::uint64_t files_in_all = 8;  // so many of the largest files, at least, make all that is allowed

struct Blob {
  std::string path;
  git_oid id;
};

class SourceTree {
 public:
  SourceTree(git_repository& repository, const PackStore* objects, TreeWriter& writer)
      : repository_(repository), objects_(objects), writer_(writer), limits_(writer.limits()) {
    odb_ = made<Odb>(writer.doing(), [&](git_odb** out) { return git_repository_odb(out, &repository_); });
  }

  /// Makes the directories and links at once, and lists the files.
  void walk(const git_tree& tree, const std::string& prefix, std::uint64_t depth) {
    if (depth > limits_.depth) {
      throw over_limit(writer_.doing(), "directories, one in the other, in one path", depth, limits_.depth,
                       "--max-depth");
    }
    const std::size_t count = git_tree_entrycount(&tree);
    for (std::size_t at = 0; at < count; ++at) {
      const git_tree_entry* const entry = git_tree_entry_byindex(&tree, at);
      const std::string name = git_tree_entry_name(entry);
      const std::string path = prefix + name;
      if (at % 1024 == 0) check_interrupt();
      if (name.find('/') != std::string::npos) writer_.refuse(path, "has a slash in its name");
      if (!is_in_source(path)) continue;
      switch (git_tree_entry_filemode_raw(entry) & 0170000U) {
        case 0040000U:
          writer_.directory(path);
          walk(*lookup(*git_tree_entry_id(entry)), path + "/", depth + 1);
          break;
        case 0100000U:
          if ((git_tree_entry_filemode_raw(entry) & 07000U) != 0) writer_.refuse(path, "has a set-uid bit");
          if (blobs_.size() >= limits_.entries) {
            throw over_limit(writer_.doing(), "entries", blobs_.size() + 1, limits_.entries, "--max-entries");
          }
          blobs_.push_back({path, *git_tree_entry_id(entry)});
          break;
        case 0120000U: {
          const OdbObject target = read(*git_tree_entry_id(entry), longest_target, "a link's target");
          writer_.symlink(path, content(*target));
          break;
        }
        default:
          writer_.refuse(path, "is a submodule, or of no known kind");
      }
    }
  }

  /// Writes the files that walk() listed.
  void write(Progress& progress) {
    std::atomic<std::uint64_t> written{0};
    ThreadPool pool(useful_threads(), 16);  // counted in jobs
    for (std::size_t first = 0; first < blobs_.size(); first += files_in_a_job) {
      pool.add(1, [this, first, &written] {
        const std::size_t last = std::min(first + files_in_a_job, blobs_.size());
        for (std::size_t at = first; at < last; ++at) {
          write_file(blobs_[at]);
          ++written;
        }
      });
      progress.amount(written.load(), blobs_.size(), "files");
    }
    pool.finish();
    progress.amount(written.load(), blobs_.size(), "files");
  }

 private:
  void write_file(const Blob& blob) {
    const bool executable = is_executable_in_source(blob.path);
    if (objects_ != nullptr) {
      writer_.file(blob.path, objects_->read(blob.id).content, executable);
    } else {
      writer_.file(blob.path, content(*read(blob.id, limits_.bytes / files_in_all, "one file")), executable);
    }
  }
  Tree lookup(const git_oid& id) {
    require_size(*odb_, id, largest_object, "one directory", writer_.doing());
    return made<Tree>(writer_.doing(),
                      [&](git_tree** out) { return git_tree_lookup(out, &repository_, &id); });
  }
  OdbObject read(const git_oid& id, std::uint64_t most, const char* what) {
    require_size(*odb_, id, most, what, writer_.doing());
    return made<OdbObject>(writer_.doing(),
                           [&](git_odb_object** out) { return git_odb_read(out, odb_.get(), &id); });
  }
  static std::string_view content(git_odb_object& object) {
    return {static_cast<const char*>(git_odb_object_data(&object)), git_odb_object_size(&object)};
  }

  git_repository& repository_;
  const PackStore* objects_;
  TreeWriter& writer_;
  const Limits& limits_;
  Odb odb_;
  std::vector<Blob> blobs_;
};

}  // namespace

void require_size(git_odb& odb, const git_oid& id, std::uint64_t most, const std::string& what,
                  const std::string& doing) {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  git_error_clear();
  const int result = git_odb_read_header(&size, &type, &odb, &id);
  if (result == GIT_ENOTFOUND) throw Error(doing, what + " is missing: the object " + text(id));
  check(result, doing);
  if (size > most)
    throw over_limit(doing, "bytes in " + what + " (" + text(id) + ")", size, most, "--max-bytes");
}

std::string write_source(git_repository& repository, const PackStore* objects,
                         const std::string& commit_digits, TreeWriter& writer, Progress& progress) {
  progress.phase("Writing the source");
  const std::string& doing = writer.doing();
  const git_oid id = parse_id(commit_digits);
  const Odb odb = made<Odb>(doing, [&](git_odb** out) { return git_repository_odb(out, &repository); });
  require_size(*odb, id, largest_object, "its commit", doing);
  const Commit commit =
      made<Commit>(doing, [&](git_commit** out) { return git_commit_lookup(out, &repository, &id); });
  require_size(*odb, *git_commit_tree_id(commit.get()), largest_object, "one directory", doing);
  const Tree root = made<Tree>(doing, [&](git_tree** out) { return git_commit_tree(out, commit.get()); });
  SourceTree source(repository, objects, writer);
  source.walk(*root, "", 1);
  source.write(progress);
  return text(*git_commit_tree_id(commit.get()));
}

}  // namespace gostrap::git
