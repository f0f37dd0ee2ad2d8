#include "serve/tree.hpp"

#include "support/error.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace gostrap {
namespace {

constexpr int how_to_read = O_RDONLY | O_NONBLOCK | O_CLOEXEC;  // a fifo must not block

/// Where the kernel has no openat2: part by part, and no symbolic link is followed at all.
Fd walk(int directory, const std::string& path) {
  Fd here;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = path.find('/', begin);
    const std::string part = path.substr(begin, end - begin);
    const int from = here ? here.get() : directory;
    if (end == std::string::npos) return Fd(::openat(from, part.c_str(), how_to_read | O_NOFOLLOW));
    Fd next(::openat(from, part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next) return next;
    here = std::move(next);
    begin = end + 1;
  }
}

Fd open_beneath(int directory, const std::string& path) {
  open_how how = {};
  how.flags = how_to_read;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  Fd fd(static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how)));
  if (!fd && (errno == ENOSYS || errno == EPERM)) return walk(directory, path);
  return fd;
}

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

ServedTree::ServedTree(const fs::path& directory) : path_(fs::absolute(directory).lexically_normal()) {
  if (fs::is_directory(path_ / "cache" / "download")) path_ = path_ / "cache" / "download";
  directory_ = Fd(::open(path_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory_) throw system_error("serve " + path_.string());
}

std::optional<ServedFile> ServedTree::open(const std::string& path) const {
  if (path.empty() || path.front() == '.' || path.find("/.") != std::string::npos) return std::nullopt;
  ServedFile file{open_beneath(directory_.get(), path), 0};
  struct stat status = {};
  if (!file.fd || ::fstat(file.fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  file.size = static_cast<std::uint64_t>(status.st_size);
  return file;
}

std::optional<std::string> decoded_path(std::string_view url) {
  if (url.empty() || url.front() != '/' || url.size() > 4096) return std::nullopt;
  std::string path;
  for (std::size_t i = 1; i < url.size(); ++i) {
    char each = url[i];
    if (each == '%') {
      const int high = i + 2 < url.size() ? hex_digit(url[i + 1]) : -1;
      const int low = high < 0 ? -1 : hex_digit(url[i + 2]);
      if (low < 0) return std::nullopt;
      each = static_cast<char>(high * 16 + low);
      i += 2;
    }
    const bool empty_part = each == '/' && (path.empty() || path.back() == '/');
    if (static_cast<unsigned char>(each) < 0x20 || each == '\x7f' || each == '\\' || empty_part)
      return std::nullopt;
    path += each;
  }
  return path;
}

}  // namespace gostrap
