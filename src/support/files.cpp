#include "support/files.hpp"

#include "support/atomic_file.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "support/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <set>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t piece_size = std::size_t{256} << 10U;

void list_below(const fs::path& root, const std::string& prefix, std::vector<TreeEntry>& entries) {
  std::vector<std::pair<std::string, TreeEntry::Type>> children;
  std::error_code failed;
  fs::directory_iterator each(root / prefix, failed);
  if (failed) throw Error("list " + (root / prefix).string(), failed.message());
  for (; each != fs::directory_iterator(); each.increment(failed)) {
    // by what the directory says: no call to the system for each entry, as symlink_status() makes
    TreeEntry::Type type{};
    if (each->is_symlink()) {
      type = TreeEntry::Type::symlink;
    } else if (each->is_directory()) {
      type = TreeEntry::Type::directory;
    } else if (each->is_regular_file()) {
      type = TreeEntry::Type::file;
    } else {
      throw Error("use the tree at " + root.string(),
                  each->path().string() + " is neither a file, a directory nor a symbolic link");
    }
    children.emplace_back(each->path().filename().string(), type);
  }
  if (failed) throw Error("list " + (root / prefix).string(), failed.message());
  std::sort(children.begin(), children.end());
  for (auto& [name, type] : children) {
    entries.push_back({prefix.empty() ? name : prefix + "/" + name, type});
    if (type == TreeEntry::Type::directory) {
      const std::string below = entries.back().path;  // the vector moves while it grows
      list_below(root, below, entries);
    }
  }
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}
int Fd::release() {
  return std::exchange(fd_, -1);
}

Fd open_for_reading(const fs::path& file) {
  Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a fifo without a writer must not block
  if (!fd) throw system_error("read " + file.string());
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0) throw system_error("read " + file.string());
  if (!S_ISREG(status.st_mode)) throw Error("read " + file.string(), "it is not a regular file");
  return fd;
}

void read_in_pieces(const fs::path& file, const std::function<void(std::string_view)>& take) {
  const Fd fd = open_for_reading(file);
  // most files are small: what they do not fill is never touched
  const auto buffer = std::make_unique_for_overwrite<char[]>(piece_size);
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer.get(), piece_size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read " + file.string());
    if (count == 0) return;
    take({buffer.get(), static_cast<std::size_t>(count)});
  }
}

std::string first_bytes(const Fd& file, std::size_t most) {
  std::string bytes(most, '\0');
  const ssize_t count = ::pread(file.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

std::string read_file(const fs::path& file, std::size_t limit) {
  std::string text;
  read_in_pieces(file, [&](std::string_view piece) {
    if (text.size() + piece.size() > limit) {
      throw Error("read " + file.string(), "it is larger than " + std::to_string(limit) + " bytes");
    }
    text += piece;
  });
  return text;
}

void write_all(int fd, std::string_view text, const std::string& doing) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error(doing);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void copy_bytes(int from, int to, const std::string& reading, const std::string& writing) {
  constexpr std::size_t most = std::size_t{128} << 20U;  // at a time, so that an interrupt is seen
  bool first = true;
  while (true) {
    check_interrupt();
    const ssize_t count = ::copy_file_range(from, nullptr, to, nullptr, most, 0);
    if (count > 0) {
      first = false;
      continue;
    }
    if (count == 0 && !first) return;
    if (count < 0 && errno == EINTR) continue;
    // full is full; all else may only mean that these two file systems cannot do it (a pipe, /proc, FUSE)
    if (count < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) throw system_error(writing);
    break;
  }
  const auto buffer = std::make_unique_for_overwrite<char[]>(piece_size);
  while (true) {
    check_interrupt();
    const ssize_t count = ::read(from, buffer.get(), piece_size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error(reading);
    if (count == 0) return;
    write_all(to, {buffer.get(), static_cast<std::size_t>(count)}, writing);
  }
}

void create_file(const fs::path& file, std::string_view text, bool executable) {
  const std::string doing = "write " + file.string();
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, executable ? 0755 : 0644));
  if (!fd) throw system_error(doing);
  write_all(fd.get(), text, doing);
}

void write_file(const fs::path& file, std::string_view text) {
  AtomicFile whole(file);
  whole.write(text);
  whole.commit();
}

void make_directories(const fs::path& dir) {
  std::error_code failed;
  fs::create_directories(dir, failed);
  if (failed) {
    errno = failed.value();
    throw system_error("make the directory " + dir.string());
  }
}

std::vector<TreeEntry> list_tree(const fs::path& root) {
  std::vector<TreeEntry> entries;
  const fs::file_status status = fs::symlink_status(root);
  if (!fs::exists(status)) throw Error("list " + root.string(), "there is nothing at that path");
  if (!fs::is_directory(status)) throw Error("list " + root.string(), "it is not a directory");
  entries.push_back({"", TreeEntry::Type::directory});
  list_below(root, "", entries);
  return entries;
}

void remove_tree(const fs::path& root) {
  std::error_code failed;
  fs::remove_all(root, failed);
  if (!failed) return;
  // read-only directories refuse to lose their entries, unless one is root
  if (!fs::is_directory(fs::symlink_status(root))) throw Error("remove " + root.string(), failed.message());
  for (const TreeEntry& entry : list_tree(root)) {
    if (entry.type == TreeEntry::Type::directory) ::chmod((root / entry.path).c_str(), 0755);
  }
  fs::remove_all(root, failed);
  if (failed) throw Error("remove " + root.string(), failed.message());
}

void place_file(const fs::path& from, const fs::path& to, CopyMode how) {
  if (how == CopyMode::link_if_possible && ::link(from.c_str(), to.c_str()) == 0) return;
  const std::string doing = "copy " + from.string() + " to " + to.string();
  const Fd source = open_for_reading(from);
  const bool executable = is_executable(from);
  const Fd copy(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, executable ? 0755 : 0644));
  if (!copy) throw system_error(doing);
  copy_bytes(source.get(), copy.get(), doing, doing);
  ::fchmod(copy.get(), executable ? 0755 : 0644);
}

void place_tree(const fs::path& from, const fs::path& to, CopyMode how,
                const std::function<bool(const std::string&)>& keep) {
  std::string left_out;  // the directory that keep() refused last
  for (const TreeEntry& entry : list_tree(from)) {
    check_interrupt();
    if (!left_out.empty() && entry.path.starts_with(left_out)) continue;
    if (keep && !entry.path.empty() && !keep(entry.path)) {
      if (entry.type == TreeEntry::Type::directory) left_out = entry.path + "/";
      continue;
    }
    const fs::path target = entry.path.empty() ? to : to / entry.path;
    switch (entry.type) {
      case TreeEntry::Type::directory:
        make_directories(target);
        break;
      case TreeEntry::Type::symlink:
        fs::copy_symlink(from / entry.path, target);
        break;
      case TreeEntry::Type::file:
        place_file(from / entry.path, target, how);
        break;
    }
  }
}

void seal_tree(const fs::path& root) {
  std::vector<TreeEntry> entries = list_tree(root);
  std::reverse(entries.begin(), entries.end());  // a directory after what is in it
  for (const TreeEntry& entry : entries) {
    const fs::path path = root / entry.path;
    if (entry.type == TreeEntry::Type::symlink) continue;
    const bool executable = entry.type == TreeEntry::Type::directory || is_executable(path);
    if (::chmod(path.c_str(), executable ? 0555 : 0444) != 0) throw system_error("seal " + path.string());
  }
}

bool is_executable(const fs::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IXUSR) != 0;
}

bool same_file(const fs::path& a, const fs::path& b) {
  struct stat first = {};
  struct stat second = {};
  if (::lstat(a.c_str(), &first) != 0 || ::lstat(b.c_str(), &second) != 0) return false;
  if (!S_ISREG(first.st_mode) || !S_ISREG(second.st_mode)) return false;
  if (first.st_dev == second.st_dev && first.st_ino == second.st_ino) return true;
  if (first.st_size != second.st_size || ((first.st_mode ^ second.st_mode) & S_IXUSR) != 0) return false;
  const Fd left = open_for_reading(a);
  const Fd right = open_for_reading(b);
  std::array<char, 65536> one{};
  std::array<char, 65536> other{};
  while (true) {
    const ssize_t count = ::read(left.get(), one.data(), one.size());
    if (count <= 0) return count == 0;
    if (::read(right.get(), other.data(), static_cast<std::size_t>(count)) != count) return false;
    if (!std::equal(one.begin(), one.begin() + count, other.begin())) return false;
  }
}

std::uint64_t disk_usage(const fs::path& root) {
  std::set<ino_t> seen;
  std::uint64_t bytes = 0;
  for (const TreeEntry& entry : list_tree(root)) {
    struct stat status = {};
    if (::lstat((root / entry.path).c_str(), &status) != 0) continue;
    if (status.st_nlink > 1 && !S_ISDIR(status.st_mode) && !seen.insert(status.st_ino).second) continue;
    bytes += static_cast<std::uint64_t>(status.st_blocks) * 512U;
  }
  return bytes;
}

}  // namespace gostrap
