// Files and trees of them: reading, atomic writing, staging beside the destination, linking, sealing.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd();

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release();

 private:
  int fd_ = -1;
};

/// Opens a regular file for reading; an Error names it. Fifos, devices and directories are refused.
Fd open_for_reading(const fs::path& file);

/// The first bytes of a file, at most `most`.
std::string first_bytes(const Fd& file, std::size_t most);
/// The whole of a file; refused when it is larger than `limit` bytes.
std::string read_file(const fs::path& file, std::size_t limit = std::size_t{64} << 20U);
/// Calls `take` with the pieces of a file, in order.
void read_in_pieces(const fs::path& file, const std::function<void(std::string_view)>& take);
/// All of `text` to `fd`; `doing` names the place in an error.
void write_all(int fd, std::string_view text, const std::string& doing);
/// Replaces `file`, which is gostrap's own, by `text` at once (a temporary beside it, then a rename). What a
/// user named is written by write_output (output_file.hpp).
void write_file(const fs::path& file, std::string_view text);
/// Creates `file`, which must not be there yet, with `text` in it.
void create_file(const fs::path& file, std::string_view text, bool executable = false);

/// All that follows in the file open at `from`, to the end of what `to` has; an Error says which of the two
/// failed.
void copy_bytes(int from, int to, const std::string& reading, const std::string& writing);

/// Makes a directory and its parents; an Error says where it failed.
void make_directories(const fs::path& dir);

/// What a tree holds, in the order of a NAR: depth first, names by byte value, a directory before what is in
/// it.
struct TreeEntry {
  enum class Type { directory, file, symlink };
  std::string path;  ///< relative to the root, with '/'; the root itself is ""
  Type type;
};
/// Refuses devices, fifos and sockets.
std::vector<TreeEntry> list_tree(const fs::path& root);

/// Removes a tree, also one made read-only; nothing is said when it is not there.
void remove_tree(const fs::path& root);

enum class Place { copy, link_if_possible };
/// Puts `from` at `to` (not there yet): a hard link where asked for and possible, else a copy with the same x
/// bit.
void place_file(const fs::path& from, const fs::path& to, Place how);
/// The same for a whole tree. `keep(relative path)` false leaves an entry, and all below it, out.
void place_tree(const fs::path& from, const fs::path& to, Place how,
                const std::function<bool(const std::string&)>& keep = {});

/// Makes every file and directory read-only (0444 or 0555).
void seal_tree(const fs::path& root);

/// True when both are regular files with the same bytes and the same x bit.
bool same_file(const fs::path& a, const fs::path& b);

/// The bytes that a tree takes on disk; a file with several links counts once.
std::uint64_t disk_usage(const fs::path& root);

/// A new directory ".NAME.partial-…" (held_name.hpp) that is removed with the object. It is locked as long as
/// its process lives, so that what killed runs left is known as such, in whatever container they ran; remains
/// of the same name are removed when it is made.
class HeldDirectory {
 public:
  HeldDirectory(const fs::path& parent, const std::string& name, unsigned mode);
  ~HeldDirectory();
  HeldDirectory(const HeldDirectory&) = delete;
  HeldDirectory& operator=(const HeldDirectory&) = delete;

  const fs::path& path() const { return path_; }
  /// It is no longer removed with the object.
  void give_up() { given_up_ = true; }

 private:
  fs::path path_;
  Fd held_;
  bool given_up_ = false;
};

/// An output in the making: a directory beside its destination, renamed into it by commit(), removed
/// otherwise.
class Stage {
 public:
  explicit Stage(const fs::path& destination);

  /// Where to write. Exists and is empty at first.
  const fs::path& path() const { return directory_->path(); }
  /// Renames it into place; an Error if something is there already.
  void commit();

 private:
  struct Replaced {
    unsigned mode, user, group;
  };

  fs::path destination_;
  std::optional<Replaced> replaced_;  ///< an empty directory that was there
  std::optional<HeldDirectory> directory_;
};

/// Whose a directory is: a user's may hold anything, gostrap's own (a store) what gostrap made.
enum class Ground { shared, own };
/// Removes what killed processes left of their held directories in `dir`.
void remove_stale_stages(const fs::path& dir, Ground ground = Ground::shared);

/// $TMPDIR, else /tmp.
fs::path temporary_place();

/// A private directory under `parent` that is gone with the object.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const fs::path& parent = temporary_place());
  const fs::path& path() const { return directory_->path(); }

 private:
  std::optional<HeldDirectory> directory_;
};

}  // namespace gostrap
