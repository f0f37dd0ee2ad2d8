#include "source/git.hpp"

#include "source/git_fetch.hpp"
#include "source/git_handles.hpp"
#include "source/git_tree.hpp"
#include "source/pinned_commit.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"
#include "support/url.hpp"

namespace gostrap {

using namespace git;

namespace {
constexpr unsigned most_tags = 8;
}

GitSource fetch_source(const Release& release, const std::string& url, const SourceRequest& request,
                       const fs::path& destination, Progress& progress) {
  start();
  const std::string doing = "fetch " + release.tag + " from " + without_secrets(url);
  const TemporaryDirectory clone(request.scratch);
  const Transfer transfer{request.limits, request.patience, doing, progress};
  const Fetched fetched = fetch_commit(release, url, clone.path(), transfer);
  TreeWriter writer(destination, doing, request.limits);
  const std::string tree =
      write_source(*fetched.repository, fetched.objects.get(), fetched.commit, writer, progress);
  return {fetched.commit, tree};
}

GitSource read_source(const Release& release, const fs::path& directory, const fs::path& destination,
                      const Limits& limits, Progress& progress) {
  start();
  const std::string doing = "read " + release.tag + " from " + directory.string();
  const Repository repository = made<Repository>(doing, [&](git_repository** out) {
    return git_repository_open_ext(out, directory.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  });
  git_oid id;
  git_error_clear();
  const int found = git_reference_name_to_id(&id, repository.get(), ("refs/tags/" + release.tag).c_str());
  if (found == GIT_ENOTFOUND) throw tag_missing(release, doing);
  check(found, doing);
  const Odb odb = made<Odb>(doing, [&](git_odb** out) { return git_repository_odb(out, repository.get()); });
  Object commit;
  for (unsigned tags = 0; true; ++tags) {  // a tag may be of a tag
    require_size(*odb, id, largest_object, "its tag", doing);
    commit = made<Object>(doing, [&](git_object** out) {
      return git_object_lookup(out, repository.get(), &id, GIT_OBJECT_ANY);
    });
    if (git_object_type(commit.get()) != GIT_OBJECT_TAG) break;
    if (tags == most_tags) throw Error(doing, "its tag is of a tag, and so on, without end");
    id = *git_tag_target_id(reinterpret_cast<const git_tag*>(commit.get()));
  }
  const std::string on = text(*git_object_id(commit.get()));
  require_pinned_commit(release, on, doing);
  TreeWriter writer(destination, doing, limits);
  return {on, write_source(*repository, nullptr, on, writer, progress)};
}

std::map<std::string, std::string> tags_of(const std::string& origin, const SourceRequest& request,
                                           Progress& progress) {
  start();
  const std::string doing = "list the tags of " + without_secrets(origin);
  const TemporaryDirectory place(request.scratch);
  return git::tags_of(origin, place.path(), {request.limits, request.patience, doing, progress});
}

bool git_has_depth() {
  return LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7;
}

bool is_git_repository(const fs::path& directory) {
  if (fs::exists(directory / ".git")) return true;
  return fs::is_regular_file(directory / "HEAD") && fs::is_directory(directory / "objects");
}

}  // namespace gostrap
