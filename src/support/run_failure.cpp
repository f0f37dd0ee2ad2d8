#include "support/run_failure.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gostrap {
namespace {

constexpr const char* noexec_reason = "its file system is mounted noexec: nothing there can be run";
constexpr const char* noexec_next =
    "Use a place on another file system (--store DIR, TMPDIR), or mount it with exec.";

std::string head_of(const std::string& file) {
  std::string head(4096, '\0');
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const ssize_t count = fd ? ::read(fd.get(), head.data(), head.size()) : -1;
  head.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return head;
}

/// What the program is started by: "/bin/sh" of a script, the dynamic linker of an ELF file; "" for neither.
std::string interpreter_of(const std::string& head) {
  if (head.starts_with("#!")) {
    const std::size_t start = std::min(head.find_first_not_of(" \t", 2), head.size());
    return head.substr(start, head.find_first_of(" \t\n", start) - start);
  }
  Elf64_Ehdr elf = {};
  if (head.size() < sizeof elf || !head.starts_with(ELFMAG) || head[EI_CLASS] != ELFCLASS64) return {};
  std::memcpy(&elf, head.data(), sizeof elf);
  for (std::size_t i = 0; i < elf.e_phnum && elf.e_phoff <= head.size(); ++i) {
    Elf64_Phdr part = {};
    const std::size_t at = elf.e_phoff + i * sizeof part;
    if (at + sizeof part > head.size()) break;
    std::memcpy(&part, head.data() + at, sizeof part);
    if (part.p_type != PT_INTERP || part.p_offset >= head.size()) continue;
    return head.c_str() + part.p_offset;
  }
  return {};
}

Error of_file(const std::string& name, const std::string& file, int number) {
  const std::string doing = "run " + name;
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) {
    const int why = errno;
    return {doing, why == ENOENT ? "there is no such file" : errno_text(why),
            why == EACCES ? "A directory on the way to it may not be looked into." : ""};
  }
  if (S_ISDIR(status.st_mode)) return {doing, "it is a directory", "Name a program."};
  if (!S_ISREG(status.st_mode)) return {doing, "it is no file", "Name a program."};
  if ((status.st_mode & 0111U) == 0) {
    const bool go = file.ends_with(".go");
    return {doing, "it is not executable",
            go ? "Go source is run by: go run " + name + "." : "If it is a program: chmod +x " + name + "."};
  }
  if (is_noexec(file)) return {doing, noexec_reason, noexec_next};
  if (number == 0 && ::access(file.c_str(), X_OK) != 0) number = errno;
  const std::string head = head_of(file);
  if (number == ENOENT || number == ELIBBAD) {
    const std::string interpreter = interpreter_of(head);
    return {doing,
            interpreter.empty() ? "what starts it is not there"
                                : "it is there, but what starts it is not: " + interpreter,
            head.starts_with("#!") ? "Install that, or mend the first line of the script."
                                   : "Install that, or use a program that is linked statically."};
  }
  if (number == ENOEXEC) {
    const bool binary = head.starts_with(ELFMAG);
    return {doing,
            binary ? "it is a program for another kind of machine"
                   : "it is neither a program of this system nor a script that begins with #!",
            binary ? "QEMU's user mode runs foreign programs of linux: qemu-ARCH " + name + "." : ""};
  }
  if (number == EACCES) {
    const std::string interpreter = interpreter_of(head);
    if (head.starts_with("#!") && ::access(interpreter.c_str(), X_OK) != 0)
      return {doing, "what starts it cannot be run: " + interpreter, "Mend the first line of the script."};
    return {doing, "this user may not run it", "Its owner can allow it: chmod a+rx " + name + "."};
  }
  return {doing, number == 0 ? std::string("it cannot be run") : errno_text(number)};
}

/// The file that `name` is, or the first on PATH that has its name; empty where there is none.
std::string file_of(const std::string& name, const std::string& path) {
  if (name.find('/') != std::string::npos) return name;
  std::error_code hidden;
  for (const std::string_view directory : split(path, ":")) {
    const fs::path candidate = fs::path(directory) / name;
    if (!directory.empty() && fs::is_regular_file(candidate, hidden)) return candidate;
  }
  return {};
}

}  // namespace

Error run_failure(const std::string& name, const std::string& path, int number) {
  if (const std::string file = file_of(name, path); !file.empty()) return of_file(file, file, number);
  const bool short_enough = path.size() < 200;
  return {"run " + name,
          "there is no such program on PATH" + (short_enough ? " (" + path + ")" : std::string())};
}

Error command_failure(const std::string& name, const std::string& path, int number) {
  const Error failure = run_failure(name, path, number);
  const std::string file = file_of(name, path);
  struct stat status = {};
  // what may not be looked at could be there
  const bool none = file.empty() || (::stat(file.c_str(), &status) != 0 && errno != EACCES);
  return {failure.doing(), failure.why(), failure.next(), none ? no_command : not_runnable};
}

bool is_noexec(const fs::path& place) {
  struct statvfs status = {};
  std::error_code hidden;
  fs::path there = fs::absolute(place, hidden);
  while (::statvfs(there.c_str(), &status) != 0) {
    if (!there.has_relative_path()) return false;
    there = there.parent_path();
  }
  return (status.f_flag & ST_NOEXEC) != 0;
}

void require_exec(const fs::path& place, const std::string& doing) {
  if (is_noexec(place)) throw Error(doing + " " + place.string(), noexec_reason, noexec_next);
}

}  // namespace gostrap
