// What is in a bundle, in the order in which it comes. The index and its signature are there before anything
// else is read; from then on every member has to be the one that the index foretells.
#pragma once

#include "archive/each_entry.hpp"
#include "bundle/index.hpp"
#include "bundle/signature.hpp"
#include "bundle/stream.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// Bounds on a bundle that holds whatever one may want to carry.
Limits bundle_limits();

/// Where a file's bytes came the first time.
struct BlobLocation {
  std::size_t entry = 0;  ///< its index
  std::string path;       ///< below the entry
};

/// Is told what one entry holds.
class EntryVisitor {
 public:
  virtual ~EntryVisitor() = default;
  virtual void directory(const Item& item) = 0;
  virtual void symlink(const Item& item) = 0;
  /// The bytes are not checked yet: blob by blob, it is the visitor who hashes them.
  virtual void file(const Item& item, const ReadContent& read) = 0;
  /// A file whose bytes came before.
  virtual void same_file(const Item& item, const BlobLocation& first) = 0;
  /// All was told.
  virtual void end() = 0;
};
/// Who is told of the entry of that number in the index; nobody: what is in it is not wanted. The contents
/// stay as long as the visitor.
using BeginEntry = std::function<std::unique_ptr<EntryVisitor>(std::size_t number, const Contents& contents,
                                                               const std::string& provenance)>;

class BundleReader {
 public:
  /// Reads the index and, where there is one, its signature; a signature that does not fit is an Error.
  BundleReader(std::unique_ptr<ByteSource> source, const Limits& limits);

  const BundleIndex& index() const { return index_; }
  const std::string& index_text() const { return index_text_; }
  const std::optional<PublicKey>& signed_by() const { return signed_by_; }
  /// Throws Error unless one of the keys signed it.
  void require_signature(const std::vector<PublicKey>& keys) const;

  /// To be called in this order, each once.
  std::string read_sbom();
  std::string read_releases();
  void walk(const BeginEntry& begin);

  const std::string& name() const { return stream_.name(); }
  std::uint64_t bytes_read() const { return stream_.bytes_read(); }

 private:
  std::string part(const std::string& path, const BundlePart& expected);
  void next(const std::string& path, TarMember::Type type);
  Contents read_contents(const BundleEntry& entry);
  void walk_entry(std::size_t number, const BeginEntry& begin);
  void file(std::size_t number, const Item& item, EntryVisitor* visitor);

  TarStream stream_;
  Limits limits_;
  std::string index_text_;
  BundleIndex index_;
  std::optional<PublicKey> signed_by_;
  TarMember member_;
  bool at_hand_ = false;  ///< member_ was read already
  std::uint64_t names_ = 0;
  std::map<std::string, BlobLocation> blobs_;  ///< ordered: a stranger chooses the keys
};

}  // namespace gostrap
