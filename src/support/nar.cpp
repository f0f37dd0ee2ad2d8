#include "support/nar.hpp"

#include "support/bounded_queue.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <optional>
#include <thread>
#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t piece_of_file = std::size_t{1} << 20U;
constexpr std::size_t bytes_ahead = std::size_t{32} << 20U;
constexpr std::size_t piece_weight = std::size_t{16}
                                     << 10U;  // beside its bytes: there may be many small ones

/// A part of one file's content; the first one carries the file's size and x bit, the last one its hash.
struct Piece {
  std::string bytes;
  std::uint64_t file_size = 0;
  bool executable = false;
  bool last = false;
  std::optional<Digest> content;
};

using Pieces = BoundedQueue<Piece>;

bool read_file_into(Pieces& pieces, const fs::path& file, bool with_hash) {
  const Fd fd = open_for_reading(file);
  struct stat status = {};
  ::fstat(fd.get(), &status);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  std::uint64_t left = size;
  Sha256 hash;
  while (true) {
    Piece piece;
    piece.file_size = size;
    piece.executable = (status.st_mode & S_IXUSR) != 0;
    piece.bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_of_file)));
    for (std::size_t filled = 0; filled < piece.bytes.size();) {
      const ssize_t count = ::read(fd.get(), piece.bytes.data() + filled, piece.bytes.size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw system_error("read " + file.string());
      if (count == 0) throw Error("hash " + file.string(), "it became shorter while it was read");
      filled += static_cast<std::size_t>(count);
    }
    left -= piece.bytes.size();
    piece.last = left == 0;
    if (with_hash) {
      hash.update(piece.bytes);
      if (piece.last) piece.content = hash.finish();
    }
    const bool last = piece.last;
    const std::size_t weight = piece.bytes.size() + piece_weight;
    if (!pieces.push(std::move(piece), weight)) return false;
    if (last) return true;
  }
}

class NarWriter {
 public:
  void text(std::string_view value) {
    number(value.size());
    raw(value);
    pad(value.size());
  }
  void number(std::uint64_t value) {
    std::array<char, 8> bytes{};
    for (char& byte : bytes) {
      byte = static_cast<char>(value & 255U);
      value >>= 8U;
    }
    raw({bytes.data(), bytes.size()});
  }
  void raw(std::string_view bytes) {
    size_ += bytes.size();
    if (buffer_.size() + bytes.size() > piece_of_file) flush();
    if (bytes.size() >= piece_of_file) {
      hash_.update(bytes);
    } else {
      buffer_ += bytes;
    }
  }
  void pad(std::uint64_t size) {
    static constexpr std::array<char, 8> zeros{};
    raw({zeros.data(), static_cast<std::size_t>((8 - size % 8) % 8)});
  }
  NarHash finish() {
    flush();
    return {hash_.finish(), size_};
  }

 private:
  void flush() {
    hash_.update(buffer_);
    buffer_.clear();
  }
  Sha256 hash_;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

class TreeHasher {
 public:
  TreeHasher(const fs::path& root, const FileHashed& each_file, const LinkSeen& each_link)
      : root_(root), each_file_(each_file), each_link_(each_link) {
    if (fs::is_directory(fs::symlink_status(root))) {
      entries_ = list_tree(root);
    } else {
      const bool link = fs::is_symlink(fs::symlink_status(root));
      entries_.push_back({"", link ? TreeEntry::Type::symlink : TreeEntry::Type::file});
    }
  }

  NarHash run() {
    std::thread reader([this] { read_all(); });
    try {
      nar_.text("nix-archive-1");
      std::size_t next = 0;
      node(next);
    } catch (...) {
      pieces_.close();
      reader.join();
      throw;
    }
    reader.join();
    return nar_.finish();
  }

 private:
  void read_all() {
    try {
      for (const TreeEntry& entry : entries_) {
        if (entry.type != TreeEntry::Type::file) continue;
        check_interrupt();
        if (!read_file_into(pieces_, at(entry), static_cast<bool>(each_file_))) return;
      }
    } catch (...) {
      pieces_.fail(std::current_exception());
    }
  }

  fs::path at(const TreeEntry& entry) const { return entry.path.empty() ? root_ : root_ / entry.path; }

  /// Writes the node of entries_[next] and moves `next` behind it and all that is below it.
  void node(std::size_t& next) {
    const TreeEntry& entry = entries_[next++];
    nar_.text("(");
    nar_.text("type");
    switch (entry.type) {
      case TreeEntry::Type::directory:
        directory(entry, next);
        break;
      case TreeEntry::Type::file:
        file(entry);
        break;
      case TreeEntry::Type::symlink:
        symlink(entry);
        break;
    }
    nar_.text(")");
  }

  void directory(const TreeEntry& entry, std::size_t& next) {
    nar_.text("directory");
    const std::string prefix = entry.path.empty() ? "" : entry.path + "/";
    while (next < entries_.size() && entries_[next].path.starts_with(prefix)) {
      nar_.text("entry");
      nar_.text("(");
      nar_.text("name");
      nar_.text(std::string_view(entries_[next].path).substr(prefix.size()));
      nar_.text("node");
      node(next);
      nar_.text(")");
    }
  }

  void file(const TreeEntry& entry) {
    Piece piece = pieces_.pop().value();
    nar_.text("regular");
    if (piece.executable) {
      nar_.text("executable");
      nar_.text("");
    }
    nar_.text("contents");
    nar_.number(piece.file_size);
    nar_.raw(piece.bytes);
    while (!piece.last) {
      piece = pieces_.pop().value();
      nar_.raw(piece.bytes);
    }
    nar_.pad(piece.file_size);
    if (each_file_) each_file_(entry.path, piece.content.value(), piece.executable);
  }

  void symlink(const TreeEntry& entry) {
    const std::string target = fs::read_symlink(at(entry)).string();
    nar_.text("symlink");
    nar_.text("target");
    nar_.text(target);
    if (each_link_) each_link_(entry.path, target);
  }

  fs::path root_;
  const FileHashed& each_file_;
  const LinkSeen& each_link_;
  std::vector<TreeEntry> entries_;
  Pieces pieces_{bytes_ahead};
  NarWriter nar_;
};

}  // namespace

NarHash nar_hash(const fs::path& root, const FileHashed& each_file, const LinkSeen& each_link) {
  if (!fs::exists(fs::symlink_status(root))) {
    throw Error("hash " + root.string(), "there is nothing at that path");
  }
  return TreeHasher(root, each_file, each_link).run();
}

}  // namespace gostrap
