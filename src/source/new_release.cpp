#include "source/new_release.hpp"

#include "source/archive.hpp"
#include "source/archive_fetch.hpp"
#include "source/directory.hpp"
#include "source/git.hpp"
#include "source/survey.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/stage.hpp"
#include "support/url.hpp"

namespace gostrap {
namespace {

/// What is known before its source is looked at.
Release published_release(const NewRelease& named) {
  Release release;
  release.version = named.version;
  release.tag = release.name();
  release.commit = named.commit;
  release.source_archive = named.published.source_archive;
  release.archives = named.published.archives;
  release.origins = upstreams_origins();
  return release;
}

/// An archive that is not the published one is told, since no pin says yet what the source has to be.
void tell_unpublished(const Release& release, const std::string& from, const Digest& digest,
                      Progress& progress) {
  if (digest == release.source_archive) return;
  progress.note(from + " has SHA-256 " + hex(digest) + ", so it is not the published source archive (" +
                hex(*release.source_archive) + "): its content is taken all the same.");
}

/// Puts the source into `tree`. Gives the commit that it is of, where it comes from git.
std::string obtain(const Release& release, const std::string& from, const SourceRequest& request,
                   const fs::path& tree, Progress& progress) {
  switch (kind_of_origin(from)) {
    case OriginKind::network:
      return fetch_source(release, from, request, tree, progress).commit;
    case OriginKind::download:
      tell_unpublished(release, without_secrets(from), fetch_archive(release, from, request, tree, progress),
                       progress);
      return {};
    case OriginKind::repository:
      return read_source(release, from, tree, request.limits, progress).commit;
    case OriginKind::directory:
      copy_source(from, tree, request.limits, progress);
      return {};
    case OriginKind::archive:
      tell_unpublished(release, from, sha256_file(from), progress);
      unpack_source(from, tree, request.limits, progress);
      return {};
    case OriginKind::missing:
      break;
  }
  throw UsageError("--from " + from + " is not there");
}

/// The same into a directory that is made, and again where the network is to blame.
std::string obtain_patiently(const Release& release, const std::string& from, const SourceRequest& request,
                             const fs::path& tree, Progress& progress) {
  return patiently(request.patience, progress, [&] {
    remove_tree(tree);
    make_directories(tree);
    return obtain(release, from, request, tree, progress);
  });
}

}  // namespace

const std::vector<std::string>& upstreams_origins() {
  static const std::vector<std::string> origins = {"https://go.googlesource.com/go",
                                                   "https://github.com/golang/go"};
  return origins;
}

Release pinned_release(const NewRelease& named, SourceRequest request, Progress& progress) {
  Release release = published_release(named);
  const std::string doing = "add " + release.name();
  const std::string from = local_path(named.from).string();
  const TemporaryDirectory scratch;
  const fs::path tree = scratch.path() / "tree";
  request.scratch = scratch.path() / "git";
  make_directories(request.scratch);
  const std::string commit = obtain_patiently(release, from, request, tree, progress);
  if (release.commit.empty()) release.commit = commit;
  if (!fs::is_regular_file(tree / "VERSION")) {
    throw Error(doing, from + " is no source of a Go release: it has no file VERSION",
                "Name what has the release itself: " + release.name() +
                    ".src.tar.gz, its tree, or a git repository with the tag " + release.tag + ".");
  }
  const Survey survey = survey_source(tree);
  if (survey.version != named.version)
    throw Error(doing, named.from + " is the source of go" + survey.version.text());
  release.source = nar_hash(tree).digest;
  release.bootstrap = survey.bootstrap;
  release.ports = survey.ports;
  return release;
}

}  // namespace gostrap
