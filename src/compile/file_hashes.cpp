#include "compile/file_hashes.hpp"

#include "compile/checked_text.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <sys/stat.h>

#include <charconv>
#include <chrono>

namespace gostrap {
namespace {

/// What a run did not use is forgotten once there is more than this.
constexpr std::size_t most_known = 100'000;
constexpr const char* memory_name = "hashes";

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

template <typename Number>
bool take_number(std::string_view& line, Number& number) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (error != std::errc() || end == line.data() + line.size() || *end != ' ') return false;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()) + 1);
  return true;
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{static_cast<std::uint64_t>(status.st_size), status.st_ino, nanoseconds(status.st_mtim),
                   nanoseconds(status.st_ctim)};
}

std::int64_t now_in_nanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool is_fresh(const FileStamp& stamp, std::int64_t moment) {
  // whole seconds, both: a file system that counts no parts of them, or two at a time
  constexpr std::int64_t second = 1'000'000'000;
  const bool whole = stamp.modified % second == 0 && stamp.changed % second == 0;
  const std::int64_t coarsest_clock = whole ? 2 * second + second / 10 : second / 10;
  return std::max(stamp.modified, stamp.changed) > moment - coarsest_clock;
}

FileHashes::FileHashes(fs::path memory) : memory_(std::move(memory)) {
  std::error_code hidden;
  if (!fs::is_regular_file(memory_, hidden)) return;
  const std::optional<std::string> text = without_check(memory_name, read_file(memory_));
  if (!text) return;  // damaged: all is read again
  for (std::string_view line : lines_of(*text)) {
    Known known;
    if (!take_number(line, known.stamp.size) || !take_number(line, known.stamp.inode) ||
        !take_number(line, known.stamp.modified) || !take_number(line, known.stamp.changed) ||
        line.size() < 66 || !digest_in_hex(line.substr(0, 64)))
      continue;
    known.hash = line.substr(0, 64);
    known_.emplace(line.substr(65), std::move(known));
  }
}

std::string FileHashes::of(const std::string& path) {
  return look_at(path, true).second;
}

void FileHashes::settle(std::vector<std::string> roots) {
  settled_ = std::move(roots);
}

std::pair<FileStamp, std::string> FileHashes::look_at(const std::string& path, bool remembered) {
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!stamp) throw system_error("read " + path);
  if (remembered) {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(path);
    if (known != known_.end() && known->second.stamp == *stamp) {
      known->second.used = true;
      return {*stamp, known->second.hash};
    }
  }
  const bool fresh = is_fresh(*stamp, now_in_nanoseconds());
  std::string hash = hex(sha256_file(path));
  const bool still = stamp_of(path) == stamp;
  if (remembered && !fresh && still && path.find('\n') == std::string::npos) {
    const std::lock_guard lock(mutex_);
    known_[path] = {*stamp, hash, true};
    changed_ = true;
  }
  return {*stamp, hash};
}

std::string FileHashes::of_input(const std::string& path) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto there = inputs_.find(path); there != inputs_.end()) return there->second.hash;
  }
  const bool settled = std::any_of(settled_.begin(), settled_.end(),
                                   [&](const std::string& root) { return path.starts_with(root + "/"); });
  auto [stamp, hash] = look_at(path, settled);
  const bool fresh = is_fresh(stamp, now_in_nanoseconds());
  const std::lock_guard lock(mutex_);
  return inputs_.try_emplace(path, Input{stamp, std::move(hash), fresh}).first->second.hash;
}

bool FileHashes::is_unchanged(const std::string& path) {
  Input input;
  {
    const std::lock_guard lock(mutex_);
    const auto there = inputs_.find(path);
    if (there == inputs_.end()) return true;
    input = there->second;
  }
  const std::optional<FileStamp> now = stamp_of(path);
  if (!now) return false;
  if (*now == input.stamp && !input.fresh) return true;
  // one that was replaced, even by its like, was something else for a moment; another link to it is no change
  if (now->inode != input.stamp.inode || now->size != input.stamp.size ||
      now->modified != input.stamp.modified)
    return false;
  return hex(sha256_file(path)) == input.hash;
}

std::optional<std::string> FileHashes::changed_input() {
  for (const auto& [path, stamp] : input_stamps()) {
    if (!is_unchanged(path)) return path;
  }
  return std::nullopt;
}

std::optional<std::string> FileHashes::input_later_than(std::int64_t moment) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [path, input] : inputs_) {
    if (is_fresh(input.stamp, moment)) return path;
  }
  return std::nullopt;
}

std::map<std::string, FileStamp> FileHashes::input_stamps() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, FileStamp> stamps;
  for (const auto& [path, input] : inputs_) stamps.emplace(path, input.stamp);
  return stamps;
}

void FileHashes::forget_inputs() {
  const std::lock_guard lock(mutex_);
  inputs_.clear();
}

void FileHashes::save() {
  const std::lock_guard lock(mutex_);
  if (!changed_) return;
  std::string text;
  for (const auto& [path, known] : known_) {
    if (known_.size() > most_known && !known.used) continue;
    text += std::to_string(known.stamp.size) + " " + std::to_string(known.stamp.inode) + " " +
            std::to_string(known.stamp.modified) + " " + std::to_string(known.stamp.changed) + " " +
            known.hash + " " + path + "\n";
  }
  write_file(memory_, with_check(memory_name, text));
  changed_ = false;
}

}  // namespace gostrap
