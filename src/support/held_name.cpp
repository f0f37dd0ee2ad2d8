#include "support/held_name.hpp"

#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/random.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace gostrap {
namespace {

constexpr std::string_view mark = ".partial-";
/// A file's name has at most 255 bytes, and of what is being made more must fit in.
constexpr std::size_t longest_stem = 190;

std::string check_of(const std::string& rest) {
  return hex(sha256("gostrap makes " + rest)).substr(0, 12);
}

Fd open_left(const fs::path& path) {
  return Fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
}

/// Whether it is the one that was opened, not another made meanwhile under the same name.
bool is_still(const fs::path& path, const struct stat& opened) {
  struct stat now = {};
  return ::lstat(path.c_str(), &now) == 0 && now.st_ino == opened.st_ino && now.st_dev == opened.st_dev;
}

/// Whether nobody holds it any more; it is then held by the caller, through `fd`.
bool is_left(const fs::path& path, pid_t maker, Fd& fd) {
  struct stat status = {};
  fd = open_left(path);
  if (!fd || ::fstat(fd.get(), &status) != 0 || status.st_uid != ::geteuid()) return false;
  if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) return false;
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return is_still(path, status);
  // a file system without locks: then only the process tells
  return errno != EWOULDBLOCK && ::kill(maker, 0) != 0 && errno == ESRCH;
}

/// The same of an earlier gostrap: ".NAME.partial-1234", or ".NAME.partial-1234-2" when the first was taken.
std::optional<pid_t> earlier_maker_of(const std::string& held) {
  const std::size_t at = held.rfind(mark);
  if (held.empty() || held.front() != '.' || at == std::string::npos) return std::nullopt;
  const std::string id = held.substr(at + mark.size());
  const std::string first = id.substr(0, id.find('-'));
  const bool digits = id.find_first_not_of("0123456789-") == std::string::npos;
  if (!digits || first.empty() || first.size() > 9) return std::nullopt;
  return std::stoi(first);
}

}  // namespace

std::string held_name(const std::string& name) {
  const std::string rest = "." + name.substr(0, longest_stem) + std::string(mark) +
                           std::to_string(::getpid()) + "-" + random_digits();
  return rest + "-" + check_of(rest);
}

std::optional<pid_t> maker_of(const std::string& held, const std::string& name) {
  const std::size_t at = held.rfind(mark);
  if (held.empty() || held.front() != '.' || at == std::string::npos) return std::nullopt;
  if (!name.empty() && held.substr(1, at - 1) != name.substr(0, longest_stem)) return std::nullopt;
  const std::size_t check = held.rfind('-');
  if (check < at + mark.size() || held.substr(check + 1) != check_of(held.substr(0, check)))
    return std::nullopt;
  const std::string id = held.substr(at + mark.size(), held.find('-', at + mark.size()) - at - mark.size());
  if (id.empty() || id.size() > 9 || id.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoi(id);
}

void remove_left(const fs::path& directory, const std::string& name, Ground ground) {
  std::error_code failed;
  for (fs::directory_iterator each(directory, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    const std::string held = each->path().filename().string();
    std::optional<pid_t> maker = maker_of(held, name);
    if (!maker && ground == Ground::own) maker = earlier_maker_of(held);
    Fd fd;
    if (!maker || !is_left(each->path(), *maker, fd)) continue;
    try {
      remove_tree(each->path());
    } catch (const Error&) {
      // its last processes may still be dying: the next run will do it
    }
  }
}

}  // namespace gostrap
