#include "support/stage.hpp"

#include "support/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

namespace gostrap {
namespace {

Fd open_directory(const fs::path& dir) {
  return Fd(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool is_mount_point(const fs::path& directory) {
  struct statx status = {};
  return ::statx(AT_FDCWD, directory.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &status) == 0 &&
         (status.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0 &&
         (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

}  // namespace

HeldDirectory::HeldDirectory(const fs::path& parent, const std::string& name, unsigned mode) {
  remove_left(parent, name);
  for (int tries = 1; true; ++tries) {
    path_ = parent / held_name(name);
    if (::mkdir(path_.c_str(), mode) != 0) {
      if (errno == EEXIST && tries < 100) continue;
      throw system_error("make " + (parent / name).string());
    }
    held_ = open_directory(path_);
    if (!held_ && errno == ENOENT) continue;  // taken for left before it was locked, and removed
    if (!held_) {
      const Error error = system_error("make " + (parent / name).string());
      ::rmdir(path_.c_str());
      throw Error(error);
    }
    const bool locked = ::flock(held_.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    struct stat status = {};
    if (locked && ::fstat(held_.get(), &status) == 0 && status.st_nlink > 0) return;
  }
}

HeldDirectory::~HeldDirectory() {
  if (given_up_) return;
  try {
    remove_tree(path_);
  } catch (...) {
    // a destructor cannot report it, and nobody will hold it: the next run removes it
  }
}

Stage::Stage(const fs::path& destination) : destination_(fs::absolute(destination).lexically_normal()) {
  if (!destination_.has_filename()) destination_ = destination_.parent_path();
  make_directories(destination_.parent_path());
  const fs::file_status there = fs::symlink_status(destination_);
  if (fs::exists(there) && !(fs::is_directory(there) && fs::is_empty(destination_))) {
    throw Error("make " + destination_.string(), "something is there already",
                "Name another place, or remove it first.");
  }
  if (is_mount_point(destination_)) {
    throw Error("make " + destination_.string(), "it is a mount point, which nothing can take the place of",
                "Name a directory in it: " + (destination_ / "NAME").string());
  }
  struct stat status = {};
  if (fs::is_directory(there) && ::lstat(destination_.c_str(), &status) == 0)
    replaced_ = Replaced{status.st_mode & 07777U, status.st_uid, status.st_gid};
  directory_.emplace(destination_.parent_path(), destination_.filename().string(), 0755);
}

void Stage::commit() {
  const std::string doing = "make " + destination_.string();
  struct stat status = {};
  if (::stat(path().c_str(), &status) != 0) throw system_error(doing);
  // a sealed directory may be renamed, but not on every file system by a user other than root
  ::chmod(path().c_str(), 0755);
  if (::rename(path().c_str(), destination_.c_str()) != 0) throw system_error(doing);
  unsigned mode = status.st_mode & 07777U;
  if (replaced_) {
    mode &= replaced_->mode;  // what a user made private stays so
    // only root may give it back to its owner
    if (::chown(destination_.c_str(), replaced_->user, replaced_->group) != 0) errno = 0;
  }
  ::chmod(destination_.c_str(), mode);
  directory_->give_up();
}

void remove_stale_stages(const fs::path& dir, Ground ground) {
  remove_left(dir, "", ground);
}

fs::path temporary_place() {
  const char* const named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

TemporaryDirectory::TemporaryDirectory(const fs::path& parent) {
  try {
    directory_.emplace(fs::absolute(parent), "gostrap", 0700);
  } catch (const Error& error) {
    throw Error("make a private directory under " + parent.string(), error.why(),
                "Set TMPDIR to a directory that can be written.");
  }
}

}  // namespace gostrap
