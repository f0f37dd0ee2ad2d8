// Makes libgit2 hand the pack that it fetches to a PackReader, and read commits and trees from there.
#pragma once

#include "source/git_handles.hpp"
#include "source/pack.hpp"

#include <git2/sys/odb_backend.h>

#include <exception>
#include <string>

namespace gostrap::git {

/// Must outlive the repository it is installed in.
class PackStore {
 public:
  PackStore(const Limits& limits, std::string doing);
  PackStore(const PackStore&) = delete;
  PackStore& operator=(const PackStore&) = delete;

  /// From now on it is the only object database of the repository.
  void install(git_repository& repository);

  /// The object's content, valid as long as the store is. Throws Error when the server did not send it.
  const PackReader::Object& read(const git_oid& id) const;

  /// What went wrong while libgit2 handed over the pack, to be thrown once its code is left.
  std::exception_ptr failure;

 private:
  struct Backend : git_odb_backend {
    PackStore* store;
  };
  struct Writer : git_odb_writepack {
    PackStore* store;
    git_indexer_progress_cb progress;
    void* payload;
  };
  static PackStore& of(git_odb_backend* backend) { return *static_cast<Backend*>(backend)->store; }
  const PackReader::Object* find(const git_oid& id) const;
  int guarded(git_indexer_progress* stats, bool last, std::string_view bytes) noexcept;

  std::string doing_;
  PackReader reader_;
  Backend backend_{};
  Writer writer_{};
};

}  // namespace gostrap::git
