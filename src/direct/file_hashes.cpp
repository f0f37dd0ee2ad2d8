#include "direct/file_hashes.hpp"

#include "support/error.hpp"
#include "support/hash.hpp"

#include <sys/stat.h>

#include <charconv>
#include <chrono>

namespace gostrap {
namespace {

/// What a run did not use is forgotten once there is more than this.
constexpr std::size_t most_known = 100'000;

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

bool is_fresh(const FileStamp& stamp) {
  const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  constexpr std::int64_t coarsest_clock = 100'000'000;
  return std::max(stamp.modified, stamp.changed) > now - coarsest_clock;
}

FileHashes::FileHashes(fs::path memory) : memory_(std::move(memory)) {
  std::error_code hidden;
  if (!fs::is_regular_file(memory_, hidden)) return;
  const std::string text = read_file(memory_);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    Known known;
    if (!take_number(line, known.stamp.size) || !take_number(line, known.stamp.inode) ||
        !take_number(line, known.stamp.modified) || !take_number(line, known.stamp.changed) ||
        line.size() < 66 || !is_hex_digest(line.substr(0, 64)))
      continue;
    known.hash = line.substr(0, 64);
    known_.emplace(line.substr(65), std::move(known));
  }
}

std::string FileHashes::of(const std::string& path) {
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!stamp) throw system_error("read " + path);
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(path);
    if (known != known_.end() && known->second.stamp == *stamp) {
      known->second.used = true;
      return known->second.hash;
    }
  }
  const bool fresh = is_fresh(*stamp);
  std::string hash = hex(sha256_file(path));
  if (!fresh && path.find('\n') == std::string::npos) {
    const std::lock_guard lock(mutex_);
    known_[path] = {*stamp, hash, true};
    changed_ = true;
  }
  return hash;
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
  write_file(memory_, text);
  changed_ = false;
}

}  // namespace gostrap
