#include "road/prove_source.hpp"

#include "sdk/upstream_archive.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"

#include <algorithm>

namespace gostrap {
namespace {

using Result = ProofLink::Result;

ProofLink commit_link(const Release& release, const GitSource& git) {
  ProofLink link{"tag " + release.tag, "commit", git.commit, Result::holds};
  if (release.commit.empty()) {
    link.says += ", which is not pinned";
    link.result = Result::not_shown;
  }
  return link;
}

ProofLink nar_link(const Release& release, const Digest& nar) {
  ProofLink link{"tree", "source", sri(nar) + " (NAR hash)", Result::holds};
  if (!release.source) link.says += ", seen for the first time";
  return link;
}

ProofLink archive_link(const Release& release, const fs::path& tree) {
  ProofLink link{"source", release.name() + ".src.tar.gz", {}, Result::not_shown};
  const Packed packed = pack_upstream_archive(tree, {});
  if (!packed.digest) {
    link.says = "it cannot be packed: " + packed.why_not;
  } else if (!release.source_archive) {
    link.says = hex(*packed.digest) + ", and no published checksum is known";
  } else if (*packed.digest == *release.source_archive) {
    link.says = hex(*packed.digest) + ", as published";
    link.result = Result::holds;
  } else {
    link.says = hex(*packed.digest) + ", and published is " + hex(*release.source_archive);
    link.result = Result::differs;
  }
  return link;
}

}  // namespace

std::string text(Result result) {
  return result == Result::holds ? "ok" : result == Result::differs ? "differs" : "not shown";
}

bool SourceProof::holds() const {
  return std::none_of(links.begin(), links.end(),
                      [](const ProofLink& link) { return link.result == Result::differs; });
}

SourceProof prove_source(const Release& release, const SourceSettings& settings, Progress& progress) {
  const TemporaryDirectory place;
  const fs::path tree = place.path() / "tree";
  make_directories(tree);
  make_directories(place.path() / "git");
  SourceProof proof;
  proof.receipt =
      obtain_source(release, request_for(release, settings, place.path() / "git"), tree, progress);
  if (proof.receipt.git.commit.empty()) {
    throw Error("prove the source of " + release.name(), proof.receipt.origin + " is no git repository",
                "Name one: --from URL, or a repository on this machine.");
  }
  progress.phase("Packing the source as cmd/distpack does");
  proof.links = {commit_link(release, proof.receipt.git),
                 {"commit", "tree", proof.receipt.git.tree, Result::holds},
                 nar_link(release, proof.receipt.nar),
                 archive_link(release, tree)};
  return proof;
}

}  // namespace gostrap
