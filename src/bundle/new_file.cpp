#include "bundle/new_file.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace gostrap {
namespace {

/// Whether the umask takes something of what is part of the content. To be asked first while nobody makes
/// files.
bool umask_is_unusual() {
  static const mode_t mask = [] {
    const mode_t now = ::umask(022);
    ::umask(now);
    return now;
  }();
  return (mask & 0555U) != 0;
}

}  // namespace

NewFile::NewFile(std::shared_ptr<const Fd> parent, fs::path shown, const Item& item)
    : parent_(std::move(parent)),
      shown_(std::move(shown)),
      expected_(item.digest),
      mode_(item.executable ? 0555 : 0444),
      enforce_mode_(umask_is_unusual()) {}

void NewFile::open() {
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  fd_ = Fd(::openat(parent_->get(), shown_.filename().c_str(), flags, mode_));
  if (!fd_ || (enforce_mode_ && ::fchmod(fd_.get(), mode_) != 0))
    throw system_error("write " + shown_.string());
}

void NewFile::write(std::string_view bytes) {
  if (!fd_) open();
  hash_.update(bytes);
  write_all(fd_.get(), bytes, "write " + shown_.string());
}

void NewFile::close(const std::string& bundle) {
  if (!fd_) open();
  if (hash_.finish() != expected_) {
    throw Error("read " + bundle,
                "the content of " + in_quotes(shown_.filename().string()) + " (for " + shown_.string() +
                    ") is not what its index says",
                "Get it again from where it was made, and compare the SHA-256 of the two.");
  }
  if (::close(fd_.release()) != 0) throw system_error("write " + shown_.string());
}

}  // namespace gostrap
