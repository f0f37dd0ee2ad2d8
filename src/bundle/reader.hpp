// What is in a bundle, in the order in which it comes. The index and its signature are there before anything
// else is read; from then on every member has to be the one that the index foretells.
#pragma once

#include "bundle/index.hpp"
#include "bundle/signature.hpp"
#include "bundle/stream.hpp"

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
struct BlobPlace {
  std::size_t entry = 0;  ///< its index
  std::string path;       ///< below the entry
};

/// Is told of one entry after the other. The bytes of files are not checked yet: blob by blob, it is the
/// visitor who hashes them.
class BundleVisitor {
 public:
  virtual ~BundleVisitor() = default;
  /// False: what is in it is not wanted, and nothing more is told of this entry.
  virtual bool begin(std::size_t entry, const Contents& contents, const std::string& provenance) = 0;
  virtual void directory(const Item& item) = 0;
  virtual void symlink(const Item& item) = 0;
  virtual void begin_file(const Item& item) = 0;
  virtual void piece(std::string_view bytes) = 0;
  virtual void end_file() = 0;
  /// A file whose bytes came before.
  virtual void same_file(const Item& item, const BlobPlace& first) = 0;
  virtual void end() = 0;
};

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
  void walk(BundleVisitor& visitor);

  const std::string& name() const { return stream_.name(); }
  std::uint64_t bytes_read() const { return stream_.bytes_read(); }

 private:
  std::string part(const std::string& path, const BundlePart& expected);
  void next(const std::string& path, TarMember::Type type);
  Contents read_contents(const BundleEntry& entry);
  void walk_entry(std::size_t number, BundleVisitor& visitor);
  void file(std::size_t number, const Item& item, BundleVisitor* visitor);

  TarStream stream_;
  Limits limits_;
  std::string index_text_;
  BundleIndex index_;
  std::optional<PublicKey> signed_by_;
  TarMember member_;
  bool at_hand_ = false;  ///< member_ was read already
  std::uint64_t names_ = 0;
  std::map<std::string, BlobPlace> blobs_;  ///< ordered: a stranger chooses the keys
};

}  // namespace gostrap
