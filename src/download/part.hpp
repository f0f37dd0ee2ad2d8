// What there is of a file that is being downloaded: FILE.part, and beside it FILE.part.json, which says what
// it is a part of. It outlives a download that failed, where the server can go on from there.
#pragma once

#include "download/http_answer.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/lock.hpp"
#include "support/progress.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gostrap {

/// Where a part comes from.
struct PartOrigin {
  std::string url;                      ///< without secrets
  std::string validator;                ///< see validator_of(); without one nothing can be added later
  std::optional<std::uint64_t> size{};  ///< of the whole, where the server said it
};

/// Whether a 206 is just what is missing of the first `size` bytes.
bool continues(const HttpAnswer& answer, const PartOrigin& origin, std::uint64_t size);

/// A lock on a file of its own, which goes with the object.
class PassingLock {
 public:
  PassingLock(fs::path file, const std::function<void()>& waiting)
      : file_(std::move(file)), lock_(file_, waiting) {}
  ~PassingLock();
  PassingLock(const PassingLock&) = delete;
  PassingLock& operator=(const PassingLock&) = delete;

 private:
  fs::path file_;
  FileLock lock_;
};

class Part {
 public:
  /// Waits, with a word, while another process or thread downloads the same file (FILE.part.lock).
  Part(const fs::path& file, Progress& progress);
  /// Leaves a part that can be added to, and nothing else.
  ~Part();
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  /// Whether something of that URL is there that can be added to.
  bool is_of(const std::string& url) const;
  bool is_whole() const { return origin_.size && *origin_.size == size_; }
  const PartOrigin& origin() const { return origin_; }
  std::uint64_t size() const { return size_; }

  /// Throws away what is there. Nothing comes from anywhere until begin() says from where.
  void discard();
  void begin(PartOrigin origin);
  void append(std::string_view bytes);

  /// Of all bytes, also those that an earlier process left.
  Digest digest();
  bool looks_like_a_page() const;
  /// Puts it in the file's place at once.
  void commit();

 private:
  void read_note();
  void hash_what_is_there();

  fs::path file_, path_, note_;
  std::string doing_;
  PassingLock lock_;
  Fd fd_;
  PartOrigin origin_;
  std::uint64_t size_ = 0;
  std::optional<Sha256> hash_;  ///< of all bytes; nothing where they were not read yet
};

}  // namespace gostrap
