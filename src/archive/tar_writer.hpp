// Tar streams that depend on nothing but what they hold: names in the order given, one time for all, owners
// by number, modes as asked for. Written by libarchive.
#pragma once

#include "archive/handles.hpp"
#include "archive/utf8_locale.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

class TarWriter {
 public:
  /// How a name is written that does not fit into a header, or is not in ASCII.
  enum class Form {
    gnu,  ///< as the bytes it is
    pax,  ///< in UTF-8, as POSIX has it
  };

  /// `time` (seconds since 1970) is every entry's.
  TarWriter(Sink sink, Form form, std::int64_t time);

  /// Paths are relative, without a leading "./"; owner and group are 0.
  void directory(const std::string& path, unsigned mode = 0755);
  void symlink(const std::string& path, const std::string& target);
  /// Another name of a file that was written before.
  void hard_link(const std::string& path, const std::string& target, unsigned mode);
  void file(const std::string& path, std::string_view content, unsigned mode = 0644);
  void file_from(const std::string& path, const std::filesystem::path& from, unsigned mode);
  /// The same where it was known before how many bytes there are. `also` is given them, too.
  void file_from(const std::string& path, const std::filesystem::path& from, unsigned mode,
                 std::uint64_t size, const Sink& also);
  /// A whole tree below `path`, which is a directory in the tar; modes are 0755 and 0644.
  void tree(const std::string& path, const std::filesystem::path& from);
  /// Writes the end; what was not given to the sink by then is lost without it.
  void finish();

 private:
  struct archive_entry& entry(const std::string& path, unsigned type, unsigned mode, std::uint64_t size = 0);
  void header(const std::string& path);
  void data(std::string_view piece);

  std::int64_t time_;
  std::optional<Utf8Locale> locale_;
  EntryHandle entry_;
  WritingArchive archive_;
};

}  // namespace gostrap
