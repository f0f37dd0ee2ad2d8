#include "support/startable.hpp"

#include <sys/statvfs.h>

#include <algorithm>

namespace gostrap {
namespace fs = std::filesystem;
namespace {

/// For a file that is there.
Error not_executable(const std::string& name, const fs::path& file) {
  std::error_code hidden;
  if (fs::is_directory(file, hidden)) return Error("run " + name, "it is a directory", "Name a program.");
  const bool has_bit =
      (fs::status(file, hidden).permissions() &
       (fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec)) != fs::perms::none;
  if (has_bit && is_mounted_noexec(file)) {
    return Error("run " + name, file.string() + " lies on a file system that is mounted noexec",
                 "Mount it without noexec, or name a store elsewhere: --store DIR, or GOSTRAP_STORE=DIR.");
  }
  return Error("run " + name, file.string() + " is not executable for you",
               "chmod +x it, or name what runs it.");
}

}  // namespace

bool is_mounted_noexec(const fs::path& place) {
  std::error_code hidden;
  fs::path there = fs::absolute(place, hidden);
  while (!fs::exists(there, hidden) && there.has_relative_path()) there = there.parent_path();
  struct statvfs info = {};
  return ::statvfs(there.c_str(), &info) == 0 && (info.f_flag & ST_NOEXEC) != 0;
}

Error not_startable(const std::string& name, const std::string& path) {
  std::error_code hidden;
  if (name.find('/') != std::string::npos) {
    if (fs::exists(name, hidden)) return not_executable(name, name);
    return Error("run " + name, "there is no such file");
  }
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find(':', start), path.size());
    const fs::path candidate = fs::path(path.substr(start, end - start)) / name;
    if (end > start && fs::is_regular_file(candidate, hidden)) return not_executable(name, candidate);
    start = end + 1;
  }
  return Error("run " + name, "there is no such program on PATH");
}

}  // namespace gostrap
