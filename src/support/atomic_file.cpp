#include "support/atomic_file.hpp"

#include "support/error.hpp"
#include "support/held_name.hpp"
#include "support/random.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace gostrap {

AtomicFile::AtomicFile(fs::path place, std::string doing)
    : place_(std::move(place)),
      temporary_(place_.string() + "." + random_digits() + ending),
      doing_(doing.empty() ? "write " + place_.string() : std::move(doing)) {}

AtomicFile::~AtomicFile() {
  // also behind a rename: where both were links to one file already, that does nothing
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view text) {
  if (!fd_) fd_ = Fd(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!fd_) throw system_error(doing_);
  write_all(fd_.get(), text, doing_);
}

void AtomicFile::commit() {
  put_at(place_, doing_);
}

void AtomicFile::commit_as(const fs::path& place) {
  put_at(place, "write " + place.string());
}

void AtomicFile::put_at(const fs::path& place, const std::string& doing) {
  // where the disk is another machine's, closing tells that it is full
  if (fd_ && ::close(fd_.release()) != 0) throw system_error(doing);
  if (::rename(temporary_.c_str(), place.c_str()) != 0) throw system_error(doing);
}

}  // namespace gostrap
