// The staging of outputs: see HeldDirectory and Stage in files.hpp.
#include "support/error.hpp"
#include "support/files.hpp"

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

constexpr std::string_view mark = ".partial-";

/// The id of the process that made a held directory of that name, or nothing when it is no such name.
/// ".NAME.partial-1234", or ".NAME.partial-1234-2" when the first was taken.
std::optional<pid_t> maker_of(const std::string& name, const std::string& held) {
  const std::size_t at = name.rfind(mark);
  if (name.empty() || name.front() != '.' || at == std::string::npos) return std::nullopt;
  if (!held.empty() && name.substr(1, at - 1) != held) return std::nullopt;
  const std::string id = name.substr(at + mark.size());
  const std::string first = id.substr(0, id.find('-'));
  const bool digits = id.find_first_not_of("0123456789-") == std::string::npos;
  if (!digits || first.empty() || first.size() > 9) return std::nullopt;
  return std::stoi(first);
}

Fd open_directory(const fs::path& dir) {
  return Fd(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

/// Whether `dir` is the one that was opened, not another made meanwhile under the same name.
bool is_still(const fs::path& dir, const struct stat& opened) {
  struct stat now = {};
  return ::lstat(dir.c_str(), &now) == 0 && now.st_ino == opened.st_ino && now.st_dev == opened.st_dev;
}

/// Whether nobody holds `dir` any more; it is then held by the caller, through `fd`.
bool is_left(const fs::path& dir, pid_t maker, Fd& fd) {
  struct stat status = {};
  fd = open_directory(dir);
  if (!fd || ::fstat(fd.get(), &status) != 0 || status.st_uid != ::geteuid()) return false;
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return is_still(dir, status);
  // a file system without locks on directories: then only the process tells
  return errno != EWOULDBLOCK && ::kill(maker, 0) != 0 && errno == ESRCH;
}

void remove_left(const fs::path& dir, const std::string& held) {
  std::error_code failed;
  for (fs::directory_iterator each(dir, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    const std::optional<pid_t> maker = maker_of(each->path().filename().string(), held);
    Fd fd;
    if (!maker || !is_left(each->path(), *maker, fd)) continue;
    try {
      remove_tree(each->path());
    } catch (const Error&) {
      // its last processes may still be dying: the next run will do it
    }
  }
}

}  // namespace

HeldDirectory::HeldDirectory(const fs::path& parent, const std::string& name, unsigned mode) {
  remove_left(parent, name);
  const std::string first = "." + name + std::string(mark) + std::to_string(::getpid());
  for (int number = 1; true; ++number) {
    path_ = parent / (number == 1 ? first : first + "-" + std::to_string(number));
    if (::mkdir(path_.c_str(), mode) != 0) {
      if (errno == EEXIST && number < 10'000) continue;
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
  } catch (const std::exception&) {
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
  directory_.emplace(destination_.parent_path(), destination_.filename().string(), 0755);
}

void Stage::commit() {
  const std::string doing = "make " + destination_.string();
  struct stat status = {};
  if (::stat(path().c_str(), &status) != 0) throw system_error(doing);
  // a sealed directory may be renamed, but not on every file system by a user other than root
  ::chmod(path().c_str(), 0755);
  if (::rename(path().c_str(), destination_.c_str()) != 0) throw system_error(doing);
  ::chmod(destination_.c_str(), status.st_mode & 07777U);
  directory_->give_up();
}

void remove_stale_stages(const fs::path& dir) {
  remove_left(dir, "");
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
