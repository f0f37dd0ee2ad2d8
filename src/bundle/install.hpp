// Unpacking a bundle as it streams by: every file is hashed while it is written, an entry appears when all of
// it is there and right, and what a run that was cut short has finished is not done again.
#pragma once

#include "bundle/reader.hpp"
#include "release/release.hpp"
#include "store/store.hpp"
#include "support/lock.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Where entries are put.
class InstallPlace {
 public:
  virtual ~InstallPlace() = default;
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

/// Whether the bundle has the signature of a key that the user named.
enum class Voucher { none, named_key };

/// The entry under the key and name that it gets here. Of what nobody vouches for, no claim is believed: its
/// key is the hash of its contents, and that of a source, which its pin proves, the one that build computes.
BundleEntry as_installed(const BundleEntry& entry, Voucher voucher, const Releases& releases);

/// The entries become the store's own, found by build, list and exec.
std::unique_ptr<InstallPlace> place_in_store(const Store& store, Voucher voucher);
/// Each entry as DIRECTORY/NAME, its provenance beside it.
std::unique_ptr<InstallPlace> place_in_directory(const std::filesystem::path& directory);

struct InstalledEntry {
  std::filesystem::path path;
  std::string store_name;  ///< "KEY-NAME"
  bool was_there = false;
};

/// Walks the rest of the bundle, whose head was read. What its releases are, `releases` has to know already.
/// In the order of the index.
std::vector<InstalledEntry> install_bundle(BundleReader& reader, const InstallPlace& place, Voucher voucher,
                                           const Releases& releases, Progress& progress);

/// Throws Error for a bundle whose SDKs run elsewhere: a store's are expected to run here.
void require_runs_here(const BundleIndex& index);

}  // namespace gostrap
