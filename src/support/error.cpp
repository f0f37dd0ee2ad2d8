#include "support/error.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace gostrap {

Error::Error(std::string doing, std::string why, std::string next, ExitCode code)
    : doing_(std::move(doing)),
      why_(std::move(why)),
      next_(std::move(next)),
      text_(doing_.empty() ? why_ : "cannot " + doing_ + ": " + why_),
      code_(code) {}

Interrupted::Interrupted()
    : Error("go on", "interrupted", "What is finished is kept: the same command goes on from there.",
            ExitCode::interrupted) {}

std::string errno_text() {
  return errno_text(errno);
}

std::string errno_text(int number) {
  return std::generic_category().message(number);
}

std::string advice(int number) {
  if (number == ENOSPC || number == EDQUOT) {
    return "Free some space there, or name another place (--store DIR, --out DIR), and run the same command "
           "again.";
  }
  if (number == EROFS || number == EACCES || number == EPERM) {
    return "Name a place that can be written (--store DIR, --out DIR).";
  }
  return {};
}

Error system_error(const std::string& doing) {
  const int number = errno;
  return {doing, errno_text(number), advice(number)};
}

}  // namespace gostrap
