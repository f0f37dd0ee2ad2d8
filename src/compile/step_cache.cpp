#include "compile/step_cache.hpp"

#include "compile/checked_text.hpp"
#include "support/atomic_file.hpp"
#include "support/directories.hpp"
#include "support/hash.hpp"
#include "support/process.hpp"
#include "support/random.hpp"

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace gostrap {
namespace {

/// Marks a file as used, for prune(): its time of access would do, but mounts without it are common.
void touch_if_old(const fs::path& file) {
  std::error_code hidden;
  const fs::file_time_type now = fs::file_time_type::clock::now();
  const fs::file_time_type then = fs::last_write_time(file, hidden);
  if (!hidden && now - then > std::chrono::hours(1)) fs::last_write_time(file, now, hidden);
}

}  // namespace

StepCache::StepCache(fs::path root) : root_(std::move(root)) {}

fs::path StepCache::place(const char* kind, const std::string& name) const {
  return root_ / kind / name.substr(0, 2) / name.substr(2);
}

fs::path StepCache::blob(const std::string& hash) const {
  return place("blobs", hash);
}

fs::path StepCache::prepare() const {
  const fs::path work = root_ / "work";
  try {
    make_directories(work);
    if (::access(work.c_str(), W_OK | X_OK) != 0) throw system_error("write to " + work.string());
  } catch (const Error& error) {
    throw cache_error(error, root_);
  }
  return work;
}

std::optional<StepResult> StepCache::find(const std::string& key, FileHashes& hashes) const {
  const fs::path file = place("steps", key);
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden)) return std::nullopt;
  const std::optional<std::string> text = without_check(key, read_file(file));
  if (!text) return std::nullopt;
  // three words and, from the second line on, the log: this is read for every package of every run
  const std::size_t end = text->find('\n');
  const std::string line = text->substr(0, end);
  if (end == std::string::npos || line.size() < 130) return std::nullopt;
  StepResult result{line.substr(0, 64), line.substr(65, 64), text->substr(end + 1), 0};
  std::from_chars(line.data() + 130, line.data() + line.size(), result.seconds);
  if (!digest_in_hex(result.output) || !digest_in_hex(result.export_data)) return std::nullopt;
  const fs::path made = blob(result.output);
  if (::access(made.c_str(), R_OK) != 0 || !fs::is_regular_file(made, hidden) ||
      hashes.of(made) != result.output)
    return std::nullopt;
  touch_if_old(file);
  touch_if_old(made);
  return result;
}

void StepCache::store(const std::string& key, const StepResult& result, const fs::path& output) const {
  try {
    const fs::path there = blob(result.output);
    make_directories(there.parent_path());
    fs::permissions(output, fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write,
                    fs::perm_options::remove);
    AtomicFile made(there);
    place_file(output, made.temporary(), CopyMode::link_if_possible);
    made.commit();
    const fs::path record = place("steps", key);
    make_directories(record.parent_path());
    write_file(record, with_check(key, result.output + " " + result.export_data + " " +
                                           std::to_string(result.seconds) + "\n" + result.log));
  } catch (const Error& error) {
    throw cache_error(error, root_);
  }
}

void StepCache::drop(const std::string& hash) const {
  ::unlink(blob(hash).c_str());
}

std::optional<std::string> StepCache::note(const std::string& key) const {
  const fs::path file = place("notes", key);
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden)) return std::nullopt;
  touch_if_old(file);
  return without_check(key, read_file(file));
}

void StepCache::write_note(const std::string& key, const std::string& text) const {
  const fs::path file = place("notes", key);
  try {
    make_directories(file.parent_path());
    write_file(file, with_check(key, text));
  } catch (const Error& error) {
    throw cache_error(error, root_);
  }
}

std::uint64_t StepCache::prune(std::uint64_t bytes) const {
  struct CachedFile {
    fs::file_time_type used;
    std::uint64_t size;
    fs::path path;
  };
  std::vector<CachedFile> files;
  std::uint64_t total = 0;
  std::error_code hidden;
  for (const char* kind : {"blobs", "steps", "notes", "logs"}) {
    for (fs::recursive_directory_iterator each(root_ / kind, hidden), end; !hidden && each != end;
         each.increment(hidden)) {
      if (!each->is_regular_file(hidden)) continue;
      files.push_back({each->last_write_time(hidden), each->file_size(hidden), each->path()});
      total += files.back().size;
    }
  }
  std::sort(files.begin(), files.end(),
            [](const CachedFile& a, const CachedFile& b) { return a.used < b.used; });
  std::uint64_t freed = 0;
  for (const CachedFile& file : files) {
    if (total - freed <= bytes) break;
    if (fs::remove(file.path, hidden)) freed += file.size;
  }
  return freed;
}

void StepCache::prune_sometimes(std::uint64_t limit) const {
  const fs::path mark = root_ / "pruned";
  std::error_code hidden;
  const fs::file_time_type then = fs::last_write_time(mark, hidden);
  if (!hidden && fs::file_time_type::clock::now() - then < std::chrono::hours(24)) return;
  prune(limit);
  write_file(mark, "");
}

Error cache_error(const Error& error, const fs::path& root) {
  return {
      error.doing(), error.why(),
      "That is in the compile cache, " + root.string() +
          ": free some space there, or name another with --cache DIR or $GOSTRAP_COMPILE_CACHE. It may be "
          "removed as a whole: all in it is made again."};
}

fs::path default_compile_cache() {
  if (const auto own = environment_value("GOSTRAP_COMPILE_CACHE")) return *own;
  return need_base_directory(BaseDirectory::cache, "what is compiled already",
                             "--cache DIR, or GOSTRAP_COMPILE_CACHE=DIR") /
         "gostrap" / "compile";
}

std::string export_data_hash(const fs::path& archive) {
  const Fd fd = open_for_reading(archive);
  const std::string doing = "read the archive " + archive.string();
  std::string head(68, '\0');
  if (::pread(fd.get(), head.data(), head.size(), 0) != static_cast<ssize_t>(head.size()) ||
      !head.starts_with("!<arch>\n__.PKGDEF "))
    throw Error(doing, "it does not begin as Go's archives do");
  std::uint64_t size = 0;
  std::from_chars(head.data() + 56, head.data() + 66, size);  // padded by spaces at its end
  std::string piece(std::size_t{1} << 16U, '\0');
  Sha256 hash;
  for (std::uint64_t done = 0; done < size;) {
    const std::size_t wanted = std::min<std::uint64_t>(piece.size(), size - done);
    const ssize_t count = ::pread(fd.get(), piece.data(), wanted, static_cast<off_t>(68 + done));
    if (count <= 0) throw Error(doing, "it is shorter than it says");
    hash.update(piece.data(), static_cast<std::size_t>(count));
    done += static_cast<std::uint64_t>(count);
  }
  return hex(hash.finish());
}

}  // namespace gostrap
