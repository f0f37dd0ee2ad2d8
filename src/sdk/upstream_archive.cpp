#include "sdk/upstream_archive.hpp"

#include "support/deflate.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <optional>
#include <set>
#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t block = 512;
constexpr std::size_t piece_size = 32768;  // as io.Copy has them

/// A path that archive/tar writes in its first format.
std::optional<std::pair<std::string, std::string>> split_name(const std::string& name) {
  const bool ascii =
      std::all_of(name.begin(), name.end(), [](char each) { return static_cast<signed char>(each) >= 0; });
  if (!ascii) return std::nullopt;
  if (name.size() <= 100) return std::pair(std::string(), name);
  std::size_t length = name.size();
  if (length > 156) {
    length = 156;
  } else if (name.back() == '/') {
    --length;
  }
  const std::size_t slash = name.substr(0, length).rfind('/');
  if (slash == std::string::npos || slash == 0) return std::nullopt;
  const std::size_t rest = name.size() - slash - 1;
  if (rest > 100 || rest == 0 || slash > 155) return std::nullopt;
  return std::pair(name.substr(0, slash), name.substr(slash + 1));
}

std::string without_others(const std::string& name) {
  std::string ascii;
  for (const char each : name) {
    if (static_cast<signed char>(each) > 0) ascii += each;
  }
  return ascii;
}

class Header {
 public:
  void text(std::size_t at, std::size_t size, std::string_view text) {
    std::memcpy(block_.data() + at, text.data(), std::min(size, text.size()));
  }
  /// Of `size` bytes with the NUL at the end.
  void octal(std::size_t at, std::size_t size, std::uint64_t number) {
    std::string digits;
    for (; number != 0; number >>= 3U) digits.insert(digits.begin(), static_cast<char>('0' + (number & 7U)));
    digits.insert(0, size - 1 - std::min(size - 1, digits.size()), '0');
    text(at, size - 1, digits);
  }
  std::string_view sealed() {
    text(257, 8,
         std::string_view("ustar\0"
                          "00",
                          8));
    text(148, 8, "        ");
    std::uint64_t sum = 0;
    for (const char each : block_) sum += static_cast<unsigned char>(each);
    octal(148, 7, sum);
    block_[154] = '\0';
    return {block_.data(), block_.size()};
  }

 private:
  std::array<char, block> block_{};
};

class TarGz {
 public:
  TarGz(std::uint64_t time, const std::function<void(std::string_view)>& out)
      : time_(time), out_(out), gzip_([this](std::string_view bytes) {
          hash_.update(bytes);
          if (out_) out_(bytes);
        }) {}

  void header(const std::string& name, std::uint64_t size, bool executable) {
    const bool directory = name.back() == '/';
    const auto split = split_name(name);
    if (!split) pax(name);
    Header header;
    header.text(0, 100, split ? split->second : without_others(name));
    header.octal(100, 8, executable || directory ? 0755 : 0644);
    header.octal(108, 8, 0);
    header.octal(116, 8, 0);
    header.octal(124, 12, size);
    header.octal(136, 12, time_);
    header.text(156, 1, directory ? "5" : "0");
    header.octal(329, 8, 0);
    header.octal(337, 8, 0);
    if (split) header.text(345, 155, split->first);
    gzip_.write(header.sealed());
  }
  void data(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size(); at += piece_size) gzip_.write(bytes.substr(at, piece_size));
    pad(bytes.size());
  }
  Digest finish() {
    const std::string zeros(block, '\0');
    gzip_.write(zeros);
    gzip_.write(zeros);
    gzip_.finish();
    return hash_.finish();
  }

 private:
  void pad(std::size_t size) {
    if (size % block != 0) gzip_.write(std::string(block - size % block, '\0'));
  }
  void pax(const std::string& name) {
    std::string record = " path=" + name + "\n";
    std::size_t length = record.size() + std::to_string(record.size()).size();
    if (std::to_string(length).size() != std::to_string(record.size()).size())
      length = record.size() + std::to_string(length).size();
    record.insert(0, std::to_string(length));
    const std::size_t slash = name.rfind('/');
    std::string place = name.substr(0, slash + 1) + "PaxHeaders.0/" + name.substr(slash + 1);
    place = without_others(place).substr(0, 100);
    while (place.ends_with('/')) place.pop_back();
    Header header;
    header.text(0, 100, place);
    for (const std::size_t at : {100U, 108U, 116U}) header.octal(at, 8, 0);
    header.octal(124, 12, record.size());
    header.octal(136, 12, 0);
    header.text(156, 1, "x");
    gzip_.write(header.sealed());
    data(record);
  }

  std::uint64_t time_;
  const std::function<void(std::string_view)>& out_;
  Sha256 hash_;
  GoGzip gzip_;
};

/// The time that VERSION gives to all files of an archive; nothing where it gives none.
std::optional<std::uint64_t> time_of(const std::string& version) {
  const std::size_t at = version.find("\ntime ");
  std::tm time = {};
  if (at == std::string::npos) return std::nullopt;
  const char* const end = ::strptime(version.c_str() + at + 6, "%Y-%m-%dT%H:%M:%SZ", &time);
  if (end == nullptr || *end != '\n') return std::nullopt;
  return static_cast<std::uint64_t>(::timegm(&time));
}

Packed not_packed(const std::string& why) {
  return {{}, why};
}

}  // namespace

ArchiveStyle style_of(const Version& version) {
  const bool is_first = version.major == 1 && version.minor <= 21;
  return {!is_first || version.patch > 0, is_first};
}

bool is_program_in_archive(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto ends = [&](std::string_view ending) { return path.ends_with(ending); };
  if (path.starts_with("bin/") || path.starts_with("pkg/tool/") || ends(".bash") || ends(".sh") ||
      ends(".pl") || ends(".rc"))
    return true;
  // go_?*_?*_exec
  if (!name.starts_with("go_") || !name.ends_with("_exec") || name.size() < 11) return false;
  const std::string middle = name.substr(3, name.size() - 8);
  const std::size_t bar = middle.find('_', 1);
  return bar != std::string::npos && bar + 1 < middle.size();
}

namespace {

/// "share/go/x/ is an empty directory": what no archive of upstream's has, or "".
std::string why_no_archive(const std::vector<TreeEntry>& entries, const fs::path& goroot) {
  std::string waiting;  // a directory in which nothing was yet
  for (const TreeEntry& entry : entries) {
    if (!waiting.empty() && !entry.path.starts_with(waiting)) break;
    waiting.clear();
    if (entry.path.empty()) continue;
    const std::string place = "share/go/" + entry.path;
    if (entry.type == TreeEntry::Type::symlink) return place + " is a symbolic link";
    if (entry.type == TreeEntry::Type::directory) {
      waiting = entry.path + "/";
      continue;
    }
    const bool executable = is_executable(goroot / entry.path);
    if (executable != is_program_in_archive(entry.path))
      return place + (executable ? " is a program, and none of upstream's" : " should be a program");
  }
  return waiting.empty() ? "" : "share/go/" + waiting + " is an empty directory";
}

}  // namespace

Packed pack_upstream_archive(const fs::path& goroot, const Originals& originals,
                             const std::function<void(std::string_view)>& out) {
  const fs::path version_file = goroot / "VERSION";
  if (!fs::is_regular_file(fs::symlink_status(version_file))) return not_packed("it has no VERSION");
  const std::string version = read_file(version_file, 4096);
  const std::optional<std::uint64_t> time = time_of(version);
  if (!time) return not_packed("VERSION gives no time");
  std::vector<TreeEntry> entries = list_tree(goroot);
  if (std::string why = why_no_archive(entries, goroot); !why.empty()) return not_packed(why);
  const ArchiveStyle style = style_of(parse_version(first_line(version)).value_or(Version{1, 99}));
  if (style.by_bytes) {
    std::sort(entries.begin(), entries.end(),
              [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  }
  TarGz archive(*time, out);
  std::set<std::string> made;
  const auto directories = [&](const std::string& path) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
      const std::string directory = path.substr(0, slash + 1);
      if (made.insert(directory).second) archive.header(directory, 0, true);
    }
  };
  for (const TreeEntry& entry : entries) {
    check_interrupt();
    if (entry.type != TreeEntry::Type::file) continue;
    const auto original = originals.find(entry.path);
    const std::string text = original != originals.end()
                                 ? original->second
                                 : read_file(goroot / entry.path, std::size_t{1} << 30U);
    const std::string name = "go/" + entry.path;
    if (style.directories) directories(name);
    archive.header(name, text.size(), is_program_in_archive(entry.path));
    archive.data(text);
  }
  return {archive.finish(), {}};
}

}  // namespace gostrap
