// Git's pack files, read as they come off the network, into memory, within the bounds that a stranger's bytes
// have here. libgit2's own indexer has none on what deltas unpack to: of a pack of 5 kB with 40 deltas of
// 1 GiB each it was still hashing after 60 s, where this refuses at Limits::bytes, after 4.6 s and 1.15 GB
// (measured with libgit2 1.8.4). For Go's own source it costs less
// CPU than the indexer and more memory: 0.83 against 1.67 s, 160 against 89 MB. Ids only have to link commit,
// trees and files, since the NAR hash of what comes of them is checked against a pinned SHA-256.
#pragma once

#include "archive/tree_writer.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct z_stream_s;
struct evp_md_ctx_st;

namespace gostrap {

using ObjectId = std::array<std::uint8_t, 20>;

/// The objects of one self-contained pack (version 2, SHA-1), such as a shallow fetch into nothing gives.
class PackReader {
 public:
  enum class Type { commit = 1, tree = 2, blob = 3, tag = 4 };
  struct Object {
    Type type;
    std::string content;
  };

  /// The pack comes from a stranger: its objects may have Limits::bytes together, and be twice
  /// Limits::entries (files and directories are objects alike). `doing` stands in errors.
  PackReader(const Limits& limits, std::string doing);
  ~PackReader();
  PackReader(const PackReader&) = delete;
  PackReader& operator=(const PackReader&) = delete;

  /// Takes the next bytes of the pack. Throws Error for what is no pack, and over the limits.
  void append(std::string_view bytes);
  /// Says that it was all. Throws Error when it was not, or when deltas lack what they are based on.
  void finish();

  /// Nothing when the pack does not have it, or is not finished. May be called from several threads after
  /// finish().
  const Object* find(const ObjectId& id) const;

  std::uint32_t total() const { return total_; }
  std::uint32_t received() const {
    return static_cast<std::uint32_t>(entries_.size()) - (in_object() ? 1 : 0);
  }

 private:
  enum class State { header, object_header, base_offset, base_id, data, trailer, complete };
  struct Entry {
    std::uint64_t offset = 0;  ///< in the pack
    bool by_offset = false, by_id = false, resolved = false;
    std::uint64_t base_offset = 0;
    ObjectId base_id{};
    ObjectId id{};  ///< once resolved
    Object object{};
  };

  [[noreturn]] void refuse(const std::string& why) const;
  bool in_object() const {
    return shift_ != 0 || state_ == State::base_offset || state_ == State::base_id || state_ == State::data;
  }
  void take_byte(std::uint8_t byte);
  void take_header();
  void begin_object(std::uint8_t byte);
  void begin_data();
  std::size_t inflate_some(std::string_view bytes);
  void end_object();
  void count(std::uint64_t size);
  void hash_pack(std::string_view bytes);
  void name(std::size_t index);
  void resolve_deltas();
  std::string apply_delta(std::string_view base, std::string_view delta);

  Limits limits_;
  std::string doing_;
  State state_ = State::header;
  std::string field_;  ///< bytes of a header or trailer that are there so far
  std::uint32_t total_ = 0;
  std::uint64_t position_ = 0;  ///< in the pack
  std::uint64_t unpacked_ = 0;  ///< bytes of all objects so far
  std::uint64_t size_ = 0;      ///< of the current object, as it says
  std::uint64_t produced_ = 0;  ///< of the current object, so far
  unsigned shift_ = 0;
  std::vector<Entry> entries_;
  std::map<ObjectId, std::size_t> by_id_;  ///< ordered: a server can make ids that begin alike

  struct FreeInflater {
    void operator()(z_stream_s* stream) const;
  };
  struct FreeHash {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<z_stream_s, FreeInflater> inflater_;
  std::unique_ptr<evp_md_ctx_st, FreeHash> whole_, one_;
};

}  // namespace gostrap
