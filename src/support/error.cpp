#include "support/error.hpp"

#include "support/text.hpp"
#include "support/url.hpp"

#include <cerrno>
#include <system_error>

namespace gostrap {
namespace {

constexpr std::size_t longest_doing = 8192;  // a path may have 4096 bytes

}  // namespace

Error::Error(const std::string& doing, const std::string& why, const std::string& next, ExitCode code)
    : doing_(on_one_line(without_secret_urls(doing), longest_doing)),
      why_(harmless(without_secret_urls(why))),
      next_(harmless(without_secret_urls(next))),
      text_(doing_.empty() ? why_ : "cannot " + doing_ + ": " + why_),
      code_(code) {}

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
