#include "support/output_file.hpp"

#include "support/error.hpp"
#include "support/held_name.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gostrap {
namespace {

/// What a name leads to.
struct OutputTarget {
  enum class Kind { absent, file, stream, descriptor };
  Kind kind = Kind::absent;
  fs::path path;        ///< without links, but for a stream: that is opened by its own name
  int descriptor = -1;  ///< one of ours that was handed to us
  struct stat status = {};
};

std::string doing_to(const fs::path& named) {
  return "write " + named.string();
}

/// The number of an open descriptor that `path` stands for: /dev/stdout leads to /proc/self/fd/1. Opening
/// that again would be another file, from its beginning.
std::optional<int> descriptor_of(const fs::path& path) {
  const std::string number = path.filename().string();
  if (number.empty() || number.size() > 9 || number.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  std::error_code failed;
  const std::string parent = fs::canonical(path.parent_path(), failed).string();
  const std::string own = "/proc/" + std::to_string(::getpid());
  if (failed || !parent.starts_with(own + "/") || !parent.ends_with("/fd")) return std::nullopt;
  return std::stoi(number);
}

OutputTarget stream_of_descriptor(int number, const std::string& doing) {
  const int flags = ::fcntl(number, F_GETFL);
  // what we opened ourselves is closed on exec, and nobody meant it
  const bool handed = flags >= 0 && (::fcntl(number, F_GETFD) & FD_CLOEXEC) == 0;
  if (!handed || (flags & O_ACCMODE) == O_RDONLY)
    throw Error(doing, "that descriptor is not open for writing");
  OutputTarget target;
  target.kind = OutputTarget::Kind::descriptor;
  target.descriptor = number;
  return target;
}

OutputTarget target_of(const fs::path& named) {
  const std::string doing = doing_to(named);
  if (named.empty()) throw Error("write a file", "its name is empty");
  OutputTarget target;
  target.path = fs::absolute(named);
  for (int links = 0; true; ++links) {
    if (links == 40) throw Error(doing, errno_text(ELOOP));
    if (const std::optional<int> number = descriptor_of(target.path))
      return stream_of_descriptor(*number, doing);
    if (::lstat(target.path.c_str(), &target.status) != 0) {
      if (errno != ENOENT) throw system_error(doing);
      if (!target.path.has_filename())
        throw Error(doing, "there is no such directory", "Name a file, or make the directory first.");
      return target;
    }
    if (!S_ISLNK(target.status.st_mode)) break;
    std::error_code failed;
    const fs::path next = fs::read_symlink(target.path, failed);
    if (failed) throw Error(doing, failed.message());
    target.path = target.path.parent_path() / next;  // an absolute one takes its place
  }
  if (S_ISDIR(target.status.st_mode)) throw Error(doing, "it is a directory", "Name a file in it.");
  target.kind = S_ISREG(target.status.st_mode) ? OutputTarget::Kind::file : OutputTarget::Kind::stream;
  // what another process has open has no name that could be replaced
  if (target.path.string().starts_with("/proc/")) target.kind = OutputTarget::Kind::stream;
  return target;
}

/// Waits for the reader of a fifo, unless it is interrupted.
Fd open_stream(const fs::path& path, int flags, const std::string& doing) {
  while (true) {
    Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666));
    if (fd) return fd;
    if (errno != EINTR) throw system_error(doing);
    check_interrupt();
  }
}

bool is_no_place_for_new_files(int number) {
  return number == EACCES || number == EPERM || number == EROFS;
}

}  // namespace

OutputFile::OutputFile(const fs::path& named, FileUse kind) : doing_(doing_to(named)) {
  const OutputTarget target = target_of(named);
  if (target.kind == OutputTarget::Kind::descriptor) {
    fd_ = Fd(::fcntl(target.descriptor, F_DUPFD_CLOEXEC, 3));
    if (!fd_) throw system_error(doing_);
    return;
  }
  if (target.kind == OutputTarget::Kind::stream) {
    fd_ = open_stream(named, 0, doing_);
    return;
  }
  place_ = target.path;
  is_there_ = target.kind == OutputTarget::Kind::file;
  keeps_mode_ = is_there_ && kind == FileUse::data;
  mode_ = keeps_mode_ ? target.status.st_mode & 0777U : kind == FileUse::program ? 0777U : 0666U;
  remove_left(place_.parent_path(), place_.filename().string());
  if (make_beside()) return;
  // nothing new can be there, but what is there may be ours to write to, as cp does
  const Error error = system_error(doing_);
  if (!is_there_ || !is_no_place_for_new_files(errno)) throw Error(error);
  fd_ = Fd(::open(place_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
  if (!fd_) throw Error(error);
  place_.clear();
}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

bool OutputFile::make_beside() {
  const std::string name = place_.filename().string();
  for (int tries = 0; tries < 100; ++tries) {
    const fs::path beside = place_.parent_path() / held_name(name);
    Fd fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_));
    if (!fd && errno != EEXIST) return false;
    if (!fd) continue;
    struct stat status = {};
    // held as long as we live; another run may have taken it for left before that
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) continue;
    if (::fstat(fd.get(), &status) != 0 || status.st_nlink == 0) continue;
    temporary_ = beside;
    // root writes for the file's owner; nobody else can give it away
    if (keeps_mode_) {
      if (::stat(place_.c_str(), &status) == 0) [[maybe_unused]]
        const int kept = ::fchown(fd.get(), status.st_uid, status.st_gid);
      ::fchmod(fd.get(), mode_);
    }
    fd_ = std::move(fd);
    return true;
  }
  errno = EEXIST;
  return false;
}

void OutputFile::write(std::string_view text) {
  check_interrupt();
  write_all(fd_.get(), text, doing_);
}

void OutputFile::copy_from(const fs::path& file) {
  const Fd from = open_for_reading(file);
  copy_bytes(from.get(), fd_.get(), "copy " + file.string(), doing_);
}

void OutputFile::commit() {
  // where the disk is another machine's, closing tells that it is full; what is held must stay open until it
  // is renamed, or another run takes it for left
  const int twin = ::dup(fd_.get());
  if (twin < 0 || ::close(twin) != 0) throw system_error(doing_);
  if (temporary_.empty()) {
    fd_ = Fd();
    return;
  }
  if (::rename(temporary_.c_str(), place_.c_str()) != 0) {
    // the file is mounted there by itself, as containers do it: its content can be written all the same
    if (!is_there_ || (errno != EBUSY && errno != EXDEV && !is_no_place_for_new_files(errno)))
      throw system_error(doing_);
    write_over(temporary_);
    ::unlink(temporary_.c_str());
  }
  temporary_.clear();
  fd_ = Fd();
}

void OutputFile::write_over(const fs::path& from) {
  const Fd to(::open(place_.c_str(), O_WRONLY | O_CLOEXEC));
  if (!to) throw system_error(doing_);
  const Fd content = open_for_reading(from);
  struct stat before = {}, wanted = {};
  if (::fstat(to.get(), &before) != 0 || ::fstat(content.get(), &wanted) != 0) throw system_error(doing_);
  // on a full disk what is there stays as it is
  if (wanted.st_size > before.st_size) {
    const int result = ::posix_fallocate(to.get(), before.st_size, wanted.st_size - before.st_size);
    if (result == ENOSPC || result == EDQUOT || result == EFBIG) {
      if (::ftruncate(to.get(), before.st_size) != 0) throw system_error(doing_);
      errno = result;
      throw system_error(doing_);
    }
  }
  copy_bytes(content.get(), to.get(), "copy " + from.string(), doing_);
  if (::ftruncate(to.get(), wanted.st_size) != 0) throw system_error(doing_);
  // executable for whom the new file is
  if (!keeps_mode_) ::fchmod(to.get(), (before.st_mode | (wanted.st_mode & 0111U)) & 0777U);
}

void write_output(const fs::path& named, std::string_view text, FileUse kind) {
  OutputFile file(named, kind);
  file.write(text);
  file.commit();
}

void require_output_place(const fs::path& named) {
  const OutputTarget target = target_of(named);
  if (target.kind == OutputTarget::Kind::file && ::access(target.path.c_str(), W_OK) == 0) return;
  if (target.kind != OutputTarget::Kind::absent && target.kind != OutputTarget::Kind::file) return;
  struct stat status = {};
  const fs::path parent = target.path.parent_path();
  if (::stat(parent.c_str(), &status) != 0) throw system_error(doing_to(named));
  if (::access(parent.c_str(), W_OK | X_OK) != 0) throw system_error(doing_to(named));
}

bool is_stream(const fs::path& named) {
  try {
    const OutputTarget target = target_of(named);
    return target.kind == OutputTarget::Kind::stream || target.kind == OutputTarget::Kind::descriptor;
  } catch (const Error&) {
    return false;
  }
}

bool is_standard_output(const fs::path& named) {
  try {
    const OutputTarget target = target_of(named);
    if (target.kind == OutputTarget::Kind::descriptor) return target.descriptor == STDOUT_FILENO;
    struct stat out = {};
    return target.kind == OutputTarget::Kind::stream && ::fstat(STDOUT_FILENO, &out) == 0 &&
           S_ISFIFO(out.st_mode) && out.st_ino == target.status.st_ino && out.st_dev == target.status.st_dev;
  } catch (const Error&) {
    return false;
  }
}

Fd begin_log(const fs::path& named) {
  const std::string doing = "write the log " + named.string();
  const OutputTarget target = target_of(named);
  if (target.kind == OutputTarget::Kind::descriptor) {
    Fd fd(::fcntl(target.descriptor, F_DUPFD_CLOEXEC, 3));
    if (!fd) throw system_error(doing);
    return fd;
  }
  if (target.kind == OutputTarget::Kind::absent) {
    require_output_place(named);
    return Fd();  // whoever has something to say makes it
  }
  return open_stream(named, target.kind == OutputTarget::Kind::stream ? 0 : O_TRUNC, doing);
}

}  // namespace gostrap
