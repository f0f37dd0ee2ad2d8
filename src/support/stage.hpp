// Staging: what is being made lies in a directory of its own beside its destination until it is whole, and
// what is only needed for a while in one that is gone afterwards.
#pragma once

#include "support/files.hpp"
#include "support/held_name.hpp"

#include <optional>
#include <string>

namespace gostrap {

/// A new directory ".NAME.partial-…" (held_name.hpp) that is removed with the object. It is locked as long as
/// its process lives, so that what killed runs left is known as such, in whatever container they ran; remains
/// of the same name are removed when it is made.
class HeldDirectory {
 public:
  HeldDirectory(const fs::path& parent, const std::string& name, unsigned mode);
  ~HeldDirectory();
  HeldDirectory(const HeldDirectory&) = delete;
  HeldDirectory& operator=(const HeldDirectory&) = delete;

  const fs::path& path() const { return path_; }
  /// It is no longer removed with the object.
  void give_up() { given_up_ = true; }

 private:
  fs::path path_;
  Fd held_;
  bool given_up_ = false;
};

/// An output in the making: a directory beside its destination, renamed into it by commit(), removed
/// otherwise.
class Stage {
 public:
  explicit Stage(const fs::path& destination);

  /// Where to write. Exists and is empty at first.
  const fs::path& path() const { return directory_->path(); }
  /// Renames it into place; an Error if something is there already.
  void commit();

 private:
  struct Replaced {
    unsigned mode, user, group;
  };

  fs::path destination_;
  std::optional<Replaced> replaced_;  ///< an empty directory that was there
  std::optional<HeldDirectory> directory_;
};

/// Removes what killed processes left of their held directories in `dir`.
void remove_stale_stages(const fs::path& dir, Ground ground = Ground::shared);

/// $TMPDIR, else /tmp.
fs::path temporary_place();

/// A private directory under `parent` that is gone with the object.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const fs::path& parent = temporary_place());
  const fs::path& path() const { return directory_->path(); }

 private:
  std::optional<HeldDirectory> directory_;
};

}  // namespace gostrap
