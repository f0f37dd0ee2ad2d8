// Files and trees of them: reading, atomic writing, linking, sealing.
#pragma once

#include <filesystem>
#include <functional>
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
/// Replaces `file`, which is gostrap's own, by `text` at once (atomic_file.hpp). What a user named is written
/// by write_output (output_file.hpp).
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

enum class CopyMode { copy, link_if_possible };
/// Puts `from` at `to` (not there yet): a hard link where asked for and possible, else a copy with the same x
/// bit.
void place_file(const fs::path& from, const fs::path& to, CopyMode how);
/// The same for a whole tree. `keep(relative path)` false leaves an entry, and all below it, out.
void place_tree(const fs::path& from, const fs::path& to, CopyMode how,
                const std::function<bool(const std::string&)>& keep = {});

/// Makes every file and directory read-only (0444 or 0555).
void seal_tree(const fs::path& root);

/// True where its owner may run it.
bool is_executable(const fs::path& file);
/// True when both are regular files with the same bytes and the same x bit.
bool same_file(const fs::path& a, const fs::path& b);

/// The bytes that a tree takes on disk; a file with several links counts once.
std::uint64_t disk_usage(const fs::path& root);

}  // namespace gostrap
