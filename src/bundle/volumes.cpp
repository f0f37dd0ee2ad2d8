#include "bundle/volumes.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "support/stage.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>

namespace gostrap {
namespace {

/// ".007"
std::string part_ending(std::size_t number) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), ".%03zu", number);
  return text.data();
}

/// The number of "bundle.tar.zst.007"; nothing where the name has none.
std::optional<std::size_t> part_number(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || name.size() - dot < 4 || name.size() - dot > 7) return std::nullopt;
  const std::string digits = name.substr(dot + 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoul(digits);
}

class FileSink final : public ByteSink {
 public:
  FileSink(const fs::path& file, std::uint64_t part_size)
      : file_(fs::absolute(file).lexically_normal()),
        part_size_(part_size),
        stage_(parent_of(file_), file_.filename().string(), 0755) {
    require_free(part_size_ == 0 ? file_ : fs::path(file_.string() + part_ending(1)));
    if (part_size_ != 0) require_free(file_.string() + part_ending(2));
  }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (!fd_ || (part_size_ != 0 && in_part_ == part_size_)) next_part();
      const std::uint64_t room = part_size_ == 0 ? bytes.size() : part_size_ - in_part_;
      const std::string_view piece =
          bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
      write_all(fd_.get(), piece, "write " + file_.string());
      bytes.remove_prefix(piece.size());
      in_part_ += piece.size();
      size_ += piece.size();
    }
  }

  std::vector<fs::path> commit() override {
    close_part();
    std::vector<fs::path> files;
    for (std::size_t number = 1; number <= parts_; ++number) {
      files.push_back(part_size_ == 0 ? file_ : fs::path(file_.string() + part_ending(number)));
      require_free(files.back());
    }
    // one more would be taken for a part of it
    if (part_size_ != 0) require_free(file_.string() + part_ending(parts_ + 1));
    // the first one last: whoever finds it finds them all
    for (std::size_t number = parts_; number > 0; --number) {
      const fs::path from = stage_.path() / part_ending(number);
      if (::rename(from.c_str(), files[number - 1].c_str()) != 0) {
        throw system_error("write " + files[number - 1].string());
      }
    }
    return files;
  }

  std::uint64_t size() const override { return size_; }

 private:
  static fs::path parent_of(const fs::path& file) {
    if (!file.has_filename()) throw Error("write " + file.string(), "it is no name of a file");
    make_directories(file.parent_path());
    return file.parent_path();
  }
  static void require_free(const fs::path& file) {
    if (!fs::exists(fs::symlink_status(file))) return;
    throw Error("write " + file.string(), "something is there already",
                "Name another file, or remove it first.");
  }

  void close_part() {
    if (!fd_) return;
    const bool good = ::fsync(fd_.get()) == 0 || errno == EINVAL || errno == EROFS;
    if (!good || ::close(fd_.release()) != 0) throw system_error("write " + file_.string());
  }

  void next_part() {
    close_part();
    const fs::path part = stage_.path() / part_ending(++parts_);
    fd_ = Fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!fd_) throw system_error("write " + file_.string());
    in_part_ = 0;
  }

  fs::path file_;
  std::uint64_t part_size_;
  HeldDirectory stage_;
  Fd fd_;
  std::uint64_t in_part_ = 0;
  std::uint64_t size_ = 0;
  std::size_t parts_ = 0;
};

class StreamSink final : public ByteSink {
 public:
  StreamSink(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  void write(std::string_view bytes) override {
    check_interrupt();
    write_all(fd_, bytes, "write to " + name_);
    size_ += bytes.size();
  }
  std::vector<fs::path> commit() override { return {}; }
  std::uint64_t size() const override { return size_; }

 private:
  int fd_;
  std::string name_;
  std::uint64_t size_ = 0;
};

/// Somebody else's stream may be silent for long; an interrupt ends the waiting.
std::size_t read_some(int fd, char* buffer, std::size_t size, const std::string& name) {
  while (true) {
    check_interrupt();
    pollfd ready{fd, POLLIN, 0};
    const int count = ::poll(&ready, 1, 200);
    if (count < 0 && errno != EINTR) throw system_error("read " + name);
    if (count <= 0) continue;
    const ssize_t got = ::read(fd, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) throw system_error("read " + name);
  }
}

class FileSource final : public ByteSource {
 public:
  FileSource(std::vector<fs::path> files, std::string next)
      : files_(std::move(files)), name_(files_.front().string()), next_(std::move(next)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    while (true) {
      if (!fd_) {
        if (at_ == files_.size()) return 0;
        fd_ = open_for_reading(files_[at_++]);
      }
      const std::size_t count = read_some(fd_.get(), buffer, size, files_[at_ - 1].string());
      if (count > 0) return count;
      fd_ = Fd();
    }
  }
  const std::string& name() const override { return name_; }
  std::string where_it_ends() const override { return next_; }

 private:
  std::vector<fs::path> files_;
  std::string name_, next_;
  Fd fd_;
  std::size_t at_ = 0;
};

class StreamSource final : public ByteSource {
 public:
  std::size_t read(char* buffer, std::size_t size) override {
    return read_some(STDIN_FILENO, buffer, size, name_);
  }
  const std::string& name() const override { return name_; }

 private:
  std::string name_ = "standard input";
};

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, bytes_.size() - at_);
    std::memcpy(buffer, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }
  const std::string& name() const override { return name_; }

 private:
  std::string bytes_, name_;
  std::size_t at_ = 0;
};

/// The parts of which `first` is number 1, as far as they lie beside it.
std::vector<fs::path> parts_beside(const fs::path& first) {
  const std::string stem = first.string().substr(0, first.string().rfind('.'));
  std::vector<fs::path> parts{first};
  while (true) {
    const fs::path next = stem + part_ending(parts.size() + 1);
    if (!fs::exists(next)) return parts;
    parts.push_back(next);
  }
}

}  // namespace

std::unique_ptr<ByteSink> file_sink(const fs::path& file, std::uint64_t part_size) {
  return std::make_unique<FileSink>(file, part_size);
}

std::optional<std::uint64_t> parse_size(const std::string& text) {
  static const std::map<std::string, std::uint64_t> units{
      {"", 1}, {"k", 1000}, {"K", 1024}, {"M", 1024 * 1024}, {"G", 1024 * 1024 * 1024}};
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto unit = units.find(text.substr(digits));
  const std::uint64_t number = digits == 0 || digits > 9 ? 0 : std::stoull(text.substr(0, digits));
  if (number == 0 || unit == units.end()) return std::nullopt;
  return number * unit->second;
}

std::unique_ptr<ByteSink> stream_sink(int fd, const std::string& name) {
  return std::make_unique<StreamSink>(fd, name);
}

std::unique_ptr<ByteSource> open_bundle(const std::vector<std::string>& words) {
  if (words.size() == 1 && words.front() == "-") return std::make_unique<StreamSource>();
  std::vector<fs::path> files(words.begin(), words.end());
  const std::optional<std::size_t> first = part_number(words.front());
  if (!first && words.size() > 1) throw UsageError("only the parts of one bundle are read together");
  if (!first) {
    open_for_reading(files.front());  // says what is wrong with it
    return std::make_unique<FileSource>(std::move(files), "");
  }
  if (*first != 1) {
    throw UsageError(
        "a bundle begins with its first part, and " + words.front() + " is number " + std::to_string(*first),
        "Name the part that ends in .001; the others are looked for beside it.");
  }
  if (files.size() == 1) files = parts_beside(files.front());
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (part_number(files[i].string()) != i + 1) {
      throw UsageError("part " + std::to_string(i + 1) +
                       " is missing, or out of order: " + files[i].string() + " stands in its place");
    }
    open_for_reading(files[i]);
  }
  const std::string next =
      files.front().string().substr(0, files.front().string().rfind('.')) + part_ending(files.size() + 1);
  return std::make_unique<FileSource>(std::move(files), next);
}

std::unique_ptr<ByteSource> memory_source(std::string bytes, const std::string& name) {
  return std::make_unique<MemorySource>(std::move(bytes), name);
}

}  // namespace gostrap
