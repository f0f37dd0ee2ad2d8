#include "archive/tree_writer.hpp"

#include "archive/untrusted_name.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t directories_kept_open = 64;

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

TreeWriter::TreeWriter(fs::path root, std::string doing, const Limits& limits)
    : root_(std::move(root)), bounds_(std::move(doing), limits) {}

void TreeWriter::refuse(std::string_view path, const std::string& why) const {
  throw Error(doing(), "the entry " + in_quotes(path) + " " + why,
              "Nothing of it was used. Name another origin: --from …");
}

void TreeWriter::add_entry(std::string_view path, std::string folded, Kind kind) {
  bounds_.count_entry();
  if (kind == Kind::directory) directories_.emplace(path);
  known_.emplace(std::move(folded), Known{std::string(path), kind});
}

/// Opens a directory that was made by this object, never through a link.
std::shared_ptr<const Fd> TreeWriter::open_directory(std::string_view path) {
  const auto found = open_.find(std::string(path));
  if (found != open_.end()) return found->second;
  const int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_RDONLY;
  std::shared_ptr<const Fd> fd;
  if (path.empty()) {
    fd = std::make_shared<const Fd>(::open(root_.c_str(), O_DIRECTORY | O_CLOEXEC | O_RDONLY));
  } else {
    const std::shared_ptr<const Fd> above = open_directory(parent_of(path));
    fd = std::make_shared<const Fd>(::openat(above->get(), std::string(name_of(path)).c_str(), flags));
  }
  if (!*fd) throw system_error("write below " + (root_ / path).string());
  if (open_.size() >= directories_kept_open) open_.clear();
  open_.emplace(path, fd);
  return fd;
}

/// Makes the directories above `path`, and refuses one that is something else or is there in another case.
void TreeWriter::make_parents(std::string_view path) {
  const std::string_view parent = parent_of(path);
  if (parent.empty() || directories_.contains(std::string(parent))) return;
  make_parents(parent);
  std::string folded = folded_case(parent);
  const auto found = known_.find(folded);
  if (found != known_.end()) {
    if (found->second.path != parent) {
      refuse(path, "and " + in_quotes(found->second.path) +
                       " differ only in case: not every file system can hold both");
    }
    refuse(path, found->second.kind == Kind::symlink
                     ? "is to be written through the link " + in_quotes(parent)
                     : "is below " + in_quotes(parent) + ", which is a file");
  }
  add_entry(parent, std::move(folded), Kind::directory);
  const std::shared_ptr<const Fd> above = open_directory(parent_of(parent));
  if (::mkdirat(above->get(), std::string(name_of(parent)).c_str(), 0755) != 0) {
    throw system_error("make " + (root_ / parent).string());
  }
}

TreeWriter::Reserved TreeWriter::reserve(std::string_view path, Kind kind) {
  const std::string unsafe = why_unsafe_path(path);
  if (!unsafe.empty()) refuse(path, unsafe);
  const auto depth = static_cast<std::uint64_t>(std::count(path.begin(), path.end(), '/')) + 1;
  bounds_.check_depth(depth);
  check_interrupt();
  const std::lock_guard lock(mutex_);
  make_parents(path);
  std::string folded = folded_case(path);
  const auto found = known_.find(folded);
  if (found != known_.end()) {
    if (found->second.path != path) {
      refuse(path, "and " + in_quotes(found->second.path) +
                       " differ only in case: not every file system can hold both");
    }
    if (kind == Kind::directory && found->second.kind == Kind::directory) return {};
    refuse(path, "is there twice");
  }
  Reserved place{open_directory(parent_of(path)), std::string(name_of(path))};
  add_entry(path, std::move(folded), kind);
  if (kind == Kind::directory && ::mkdirat(place.parent->get(), place.name.c_str(), 0755) != 0) {
    throw system_error("make " + (root_ / path).string());
  }
  return place;
}

void TreeWriter::directory(std::string_view path) {
  reserve(path, Kind::directory);
}

TreeWriter::File TreeWriter::open_file(std::string_view path, bool executable) {
  const Reserved place = reserve(path, Kind::file);
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  Fd fd(::openat(place.parent->get(), place.name.c_str(), flags, executable ? 0755 : 0644));
  if (!fd) throw system_error("write " + (root_ / path).string());
  // an unusual umask must not take away the one bit that is part of the source's identity
  if (executable && ::fchmod(fd.get(), 0755) != 0) throw system_error("write " + (root_ / path).string());
  return {*this, std::move(fd), std::string(path)};
}

void TreeWriter::file(std::string_view path, std::string_view content, bool executable) {
  File file = open_file(path, executable);
  file.write(content);
  file.close();
}

void TreeWriter::File::write(std::string_view piece) {
  if (piece.empty()) return;
  writer_->count_bytes(piece.size());
  write_all(fd_.get(), piece, "write " + (writer_->root_ / path_).string());
  size_ += piece.size();
  hole_at_end_ = false;
}

void TreeWriter::File::skip(std::uint64_t count) {
  if (count == 0) return;
  writer_->count_bytes(count);
  if (::lseek(fd_.get(), static_cast<off_t>(count), SEEK_CUR) < 0) {
    throw system_error("write " + (writer_->root_ / path_).string());
  }
  size_ += count;
  hole_at_end_ = true;
}

void TreeWriter::File::close() {
  const bool good = !hole_at_end_ || ::ftruncate(fd_.get(), static_cast<off_t>(size_)) == 0;
  if (!good || ::close(fd_.release()) != 0) throw system_error("write " + (writer_->root_ / path_).string());
}

void TreeWriter::symlink(std::string_view path, std::string_view target) {
  const std::string unsafe_path = why_unsafe_path(path);
  if (!unsafe_path.empty()) refuse(path, unsafe_path);
  const std::string unsafe = why_unsafe_link(path, target);
  if (!unsafe.empty()) refuse(path, "is a link to " + in_quotes(target) + " and " + unsafe);
  const Reserved place = reserve(path, Kind::symlink);
  if (::symlinkat(std::string(target).c_str(), place.parent->get(), place.name.c_str()) != 0) {
    throw system_error("write " + (root_ / path).string());
  }
}

void TreeWriter::hard_link(std::string_view path, std::string_view target, bool executable) {
  const std::string unsafe = why_unsafe_path(target);
  if (!unsafe.empty()) refuse(path, "is a hard link to " + in_quotes(target) + ", which " + unsafe);
  std::shared_ptr<const Fd> parent;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(folded_case(target));
    if (found == known_.end() || found->second.path != target || found->second.kind != Kind::file) {
      refuse(path, "is a hard link to " + in_quotes(target) + ", which is no file before it in the archive");
    }
    parent = open_directory(parent_of(target));
  }
  const Fd from(
      ::openat(parent->get(), std::string(name_of(target)).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!from) throw system_error("read " + (root_ / target).string());
  File copy = open_file(path, executable);
  std::string buffer(std::size_t{1} << 16U, '\0');
  while (true) {
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read " + (root_ / target).string());
    if (count == 0) break;
    copy.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
  }
  copy.close();
}

}  // namespace gostrap
