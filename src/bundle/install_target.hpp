// Where a bundle's entries are put: into a store, or a plain directory.
#pragma once

#include "bundle/contents.hpp"
#include "bundle/index.hpp"
#include "bundle/voucher.hpp"
#include "store/store.hpp"
#include "support/lock.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace gostrap {

class InstallTarget {
 public:
  virtual ~InstallTarget() = default;
  virtual void prepare() = 0;
  virtual std::filesystem::path path(const BundleEntry& entry) const = 0;
  /// Held while the entry is made; nothing where nobody else makes the same.
  virtual std::optional<FileLock> lock(const BundleEntry& entry, Progress& progress) const = 0;
  /// Whether all of it is there. An Error when something else is.
  virtual bool has(const BundleEntry& entry, const Contents& contents) const = 0;
  virtual void write_provenance(const BundleEntry& entry, const Provenance& provenance) const = 0;
  /// Of what is there: whether this bundle's word, which the user trusts, makes more of it than it was.
  virtual bool is_raised(const BundleEntry& entry) const = 0;
  /// Whether directories lose their write bits, as files do.
  virtual bool seals_directories() const = 0;
};

/// The entries become the store's own, found by build, list and exec.
std::unique_ptr<InstallTarget> store_target(const Store& store, Voucher voucher);
/// Each entry as DIRECTORY/NAME, its provenance beside it.
std::unique_ptr<InstallTarget> directory_target(const std::filesystem::path& directory);

}  // namespace gostrap
