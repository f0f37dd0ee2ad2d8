// Git's tree objects, as a server sends them: names, modes and ids. The input is the tree of the commit; the
// pack that holds it has a file, a link that leads out and a small tree for it to name.
#include "source/git_tree.hpp"

#include "fuzz.hpp"
#include "source/packed.hpp"
#include "support/stage.hpp"

#include <git2.h>
#include <git2/sys/repository.h>

using namespace gostrap;

namespace {

std::string raw(const ObjectId& id) {
  return {id.begin(), id.end()};
}

std::string digits(const ObjectId& id) {
  git_oid oid{};
  std::copy(id.begin(), id.end(), std::begin(oid.id));
  return git::text(oid);
}

git_repository& repository() {
  static const TemporaryDirectory place;
  static const git::Repository made = [] {
    git::start();
    git_repository* opened = nullptr;
    git::check(git_repository_init(&opened, place.path().c_str(), 1), "make a repository");
    return git::Repository(opened);
  }();
  return *made;
}

}  // namespace

FUZZ(input) {
  const std::string file = "x", link = "../../etc/passwd";
  const std::string below = "100644 x" + std::string(1, '\0') + raw(testing::object_id("blob", file));
  const std::string commit = "tree " + digits(testing::object_id("tree", input)) +
                             "\nauthor a <a@x> 1 +0000\ncommitter a <a@x> 1 +0000\n\nm\n";
  testing::Packed pack;
  pack.object(1, commit);
  pack.object(2, input);
  pack.object(2, below);
  pack.object(3, file);
  pack.object(3, link);

  const fuzz::Box box;
  Silent progress;
  fuzz::accepted([&] {
    git::PackStore store(fuzz::small_limits(), "fetch");
    store.install(repository());
    const git::Odb odb =
        git::made<git::Odb>("fetch", [](git_odb** out) { return git_repository_odb(out, &repository()); });
    git_odb_writepack* writer = nullptr;
    git::check(git_odb_write_pack(&writer, odb.get(), nullptr, nullptr), "fetch");
    git_indexer_progress stats = {};
    const std::string bytes = pack.bytes();
    fuzz::require(writer->append(writer, bytes.data(), bytes.size(), &stats) == 0, "the pack is good");
    fuzz::require(writer->commit(writer, &stats) == 0, "the pack is good");
    TreeWriter tree(box.destination(), "fetch", fuzz::small_limits());
    git::write_source(repository(), &store, digits(testing::object_id("commit", commit)), tree, progress);
  });
  // the repository may not keep what is gone
  const git::Odb nothing = git::made<git::Odb>("forget", [](git_odb** out) { return git_odb_new(out); });
  git_repository_set_odb(&repository(), nothing.get());
  box.check();
}
