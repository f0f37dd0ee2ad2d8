// A release that is pinned by its commit or by its published archive alone: its source is looked at before
// anything is planned, since all keys and manifests tell the NAR hash of the source.
#pragma once

#include "release/release.hpp"
#include "source/request.hpp"
#include "support/progress.hpp"
#include "support/stage.hpp"

namespace gostrap {

/// The source that was looked at. It lies in a directory of its own until this goes.
class SeenSource {
 public:
  /// Gets it from an origin that the release's pins can be held against. Throws Error as obtain_source does.
  SeenSource(const Release& release, const SourceSettings& settings, Progress& progress);

  const Digest& nar() const { return nar_; }
  std::filesystem::path tree() const { return place_.path() / "tree"; }

 private:
  TemporaryDirectory place_;
  Digest nar_;
};

}  // namespace gostrap
