// Reading a bundle as a stream: the members of the tar, one by one. Nothing is believed: modes, owners,
// sizes, the end mark and what stands behind it are checked here, names and contents by whoever knows what is
// expected.
#pragma once

#include "archive/entry_reader.hpp"
#include "bundle/zstd_stream.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gostrap {

struct TarMember {
  enum class Type { directory, file, symlink, hard_link };
  Type type = Type::file;
  std::string path;    ///< without a '/' at its end
  std::string target;  ///< of a link
  std::uint64_t size = 0;
  bool executable = false;
};

class TarStream {
 public:
  TarStream(std::unique_ptr<ByteSource> source, const Limits& limits);
  TarStream(const TarStream&) = delete;
  TarStream& operator=(const TarStream&) = delete;

  /// The next member; false at the end, when nothing but padding stands behind it. Throws Error for a device,
  /// a set-uid bit and whatever else cannot be a TarMember.
  bool next(TarMember& member);
  /// The bytes of the file that next() found, in pieces; exactly as many as it said.
  void read(const std::function<void(std::string_view)>& take);
  /// The same as one text.
  std::string text(std::uint64_t limit);

  const std::string& name() const { return bytes_.name(); }
  /// "read BUNDLE", for errors
  const std::string& doing() const { return bytes_.doing(); }
  std::uint64_t bytes_read() const { return bytes_.bytes_read(); }  ///< of the compressed stream, so far
  /// Throws an Error that says where to get the bundle again.
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  std::string_view give();
  Error damage(const std::string& says) const;
  void require_plain(const TarMember& member) const;
  void require_end();

  ZstdStream bytes_;
  std::string block_;
  bool ended_ = false;
  struct archive_entry* entry_ = nullptr;
  std::uint64_t size_ = 0;  ///< of the file at hand
  EntryReader entries_;     // last: it uses what stands above
};

}  // namespace gostrap
