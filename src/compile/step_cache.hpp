// What steps made, by the hash of all that went into them. A blob is stored by its own hash, so that steps
// which make the same share it; it is written beside its place and renamed. Nothing is forced to the disk, so
// a power cut may leave anything: what is read is held against its hash, and what is not as it should be is
// made again.
#pragma once

#include "compile/file_hashes.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace gostrap {

struct StepResult {
  std::string output;       ///< hash of what it made
  std::string export_data;  ///< hash of the part that dependents' compilations read
  std::string log;          ///< what its commands printed
  double seconds = 0;
};

class StepCache {
 public:
  /// `root` is made when something is written.
  explicit StepCache(fs::path root);

  const fs::path& root() const { return root_; }
  /// Makes what a run needs and returns the directory for work; an Error says what to do where it cannot be
  /// had.
  fs::path prepare() const;
  /// Nothing when it is not known, or its output is gone or damaged.
  std::optional<StepResult> find(const std::string& key, FileHashes& hashes) const;
  /// Takes the file `output` (by a link where possible; it becomes read-only) and remembers the step. What
  /// was there of it is replaced.
  void store(const std::string& key, const StepResult& result, const fs::path& output) const;
  /// Removes a blob that proved to be damaged.
  void drop(const std::string& hash) const;
  fs::path blob(const std::string& hash) const;

  /// A text by name, such as what go list printed.
  std::optional<std::string> note(const std::string& key) const;
  void write_note(const std::string& key, const std::string& text) const;

  /// Removes what was not used for longest until it takes at most `bytes`; done by itself now and then.
  /// Returns what was freed.
  std::uint64_t prune(std::uint64_t bytes) const;
  /// prune(limit), unless that was done within a day.
  void prune_sometimes(std::uint64_t limit) const;

 private:
  fs::path place(const char* kind, const std::string& name) const;

  fs::path root_;
};

/// The same error with what helps where the compile cache cannot be written.
Error cache_error(const Error& error, const fs::path& root);

/// $GOSTRAP_COMPILE_CACHE, else $XDG_CACHE_HOME/gostrap/compile.
fs::path default_compile_cache();

/// Hash of the member of an archive that compilations of dependents read: __.PKGDEF, which is the first.
std::string export_data_hash(const fs::path& archive);

}  // namespace gostrap
