// A file that a user named, written as cp and the go command do: what is a regular file, or nothing yet, is
// made beside its place and renamed into it; links are followed and stay links; devices, fifos and
// descriptors are written to; directories are refused. Nothing is ever removed but what was made here.
#pragma once

#include "support/files.hpp"

#include <string_view>

namespace gostrap {

enum class FileUse { data, program };

class OutputFile {
 public:
  /// Opens what is to be written. A fifo waits for its reader. `program` gives the mode 0777, `data` that of
  /// the file that was there, or 0666; both less the umask.
  explicit OutputFile(const fs::path& named, FileUse kind = FileUse::data);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int fd() const { return fd_.get(); }
  void write(std::string_view text);
  /// The content of a file.
  void copy_from(const fs::path& file);
  /// Puts it in its place; without it a regular file stays what it was.
  void commit();

 private:
  bool make_beside();
  void write_over(const fs::path& from);

  std::string doing_;
  fs::path place_;      ///< where it goes, without links; empty where `fd_` is the place itself
  fs::path temporary_;  ///< beside it; empty where `fd_` is the place itself
  unsigned mode_ = 0;
  bool keeps_mode_ = false;  ///< of the file that is there
  bool is_there_ = false;
  Fd fd_;
};

/// All of it at once.
void write_output(const fs::path& named, std::string_view text, FileUse kind = FileUse::data);

/// Throws for what could not be written in the end, such as a directory: before hours of work. Opens nothing.
void require_output_place(const fs::path& named);

/// True for a device, a fifo, a socket or one of our own descriptors: what takes bytes and is no file.
bool is_stream(const fs::path& named);

/// True for /dev/stdout and its other names: then nothing else must be printed there.
bool is_standard_output(const fs::path& named);

/// Begins a log anew: opens what is there, and empties a regular file. What appends to it by its name comes
/// after.
Fd begin_log(const fs::path& named);

}  // namespace gostrap
