#include "source/source.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Kitchen {
  Scratch scratch;
  fs::path destination = scratch.directory("destination");
  Release release = sample_release();
  SourceRequest request;
  Heard heard;
  Kitchen() { request.scratch = scratch.directory("clones"); }

  SourceReceipt obtain(std::vector<std::string> origins) {
    request.origins = std::move(origins);
    return obtain_source(release, request, destination, heard);
  }
  std::string failure(std::vector<std::string> origins) {
    std::string error = error_of([&] { obtain(std::move(origins)); });
    CHECK(fs::is_empty(destination));
    CHECK(fs::is_empty(request.scratch));
    return error;
  }
  fs::path directory(const std::string& name) {
    for (const auto& [path, content] : sample_files()) scratch.file(name + "/" + path, content, true);
    return scratch / name;
  }
  fs::path archive(const std::string& name) {
    pack_sample(scratch / name, Pack::Form::tar_gz);
    return scratch / name;
  }
};

}  // namespace

TEST_CASE("a directory, an archive and a repository have one identity") {
  const Digest right = sample_hash();
  {
    Kitchen kitchen;
    const SourceReceipt receipt = kitchen.obtain({kitchen.directory("tree").string()});
    CHECK(receipt.kind == "directory");
    CHECK(receipt.nar == right);
    CHECK(receipt.git.commit.empty());
  }
  {
    Kitchen kitchen;
    const SourceReceipt receipt = kitchen.obtain({kitchen.archive("go.tar.gz").string()});
    CHECK(receipt.kind == "archive");
    CHECK(receipt.nar == right);
  }
  for (const bool annotated : {false, true}) {
    for (const bool bare : {false, true}) {
      for (const std::string scheme : {"", "file://"}) {
        Kitchen kitchen;
        kitchen.release.commit = make_repository(kitchen.scratch / "go repo", annotated, bare);
        const SourceReceipt receipt = kitchen.obtain({scheme + (kitchen.scratch / "go repo").string()});
        CHECK(receipt.kind == "git");
        CHECK(receipt.nar == right);
        CHECK(receipt.git.commit == kitchen.release.commit);
        CHECK(kitchen.heard.amounts > 0);
        CHECK_NOTHROW(require_source(kitchen.release, kitchen.destination));
      }
    }
  }
}

TEST_CASE("a source that nobody has seen is held against the commit of its tag") {
  Kitchen kitchen;
  kitchen.release.source = std::nullopt;
  kitchen.release.commit = make_repository(kitchen.scratch / "repo");
  CHECK(kitchen.obtain({(kitchen.scratch / "repo").string()}).nar == sample_hash());
  Kitchen moved;
  moved.release.source = std::nullopt;
  make_repository(moved.scratch / "repo");
  CHECK(contains(moved.failure({(moved.scratch / "repo").string()}), "is pinned to commit 000000"));
}

TEST_CASE("a source that nobody has seen is held against the checksum of its archive") {
  Kitchen kitchen;
  const fs::path archive = kitchen.archive("go.tar.gz");
  kitchen.release.source = std::nullopt;
  const std::string error = kitchen.failure({archive.string()});
  CHECK(contains(error, "its SHA-256 is " + hex(sha256_file(archive))));
  CHECK(contains(error, "is pinned to " + hex(*kitchen.release.source_archive)));
  kitchen.release.source_archive = sha256_file(archive);
  CHECK(kitchen.obtain({archive.string()}).nar == sample_hash());
}

TEST_CASE("an origin that no pin can be held against is refused, with one that some can") {
  Kitchen kitchen;
  kitchen.release.source = std::nullopt;
  const std::string directory = kitchen.failure({kitchen.directory("tree").string()});
  CHECK(contains(directory, "nothing that is pinned of go1.24.4 can be held against a directory"));
  kitchen.release.source_archive = std::nullopt;
  CHECK(contains(kitchen.failure({kitchen.archive("go.tar.gz").string()}), "Name a git repository: --from"));
  kitchen.release.source_archive = sha256("its archive");
  kitchen.release.commit.clear();
  make_repository(kitchen.scratch / "repo");
  CHECK(contains(kitchen.failure({(kitchen.scratch / "repo").string()}), "Name that archive: --from"));
}

TEST_CASE("a repository is no worse where the tree is pinned, and the commit is not known") {
  Kitchen kitchen;
  kitchen.release.commit.clear();
  const std::string commit = make_repository(kitchen.scratch / "repo");
  CHECK(kitchen.obtain({(kitchen.scratch / "repo").string()}).git.commit == commit);
}

TEST_CASE("a moved tag shows both commits") {
  Kitchen kitchen;
  const std::string found = make_repository(kitchen.scratch / "repo");
  const std::string error = kitchen.failure({(kitchen.scratch / "repo").string()});
  CHECK(contains(error, found));
  CHECK(contains(error, kitchen.release.commit));
  CHECK(contains(error, "go1.24.4"));
}

TEST_CASE("a moved tag at one origin is still told when the others fail too") {
  Kitchen kitchen;
  const std::string found = make_repository(kitchen.scratch / "repo");
  const std::string error = kitchen.failure({(kitchen.scratch / "repo").string(), "/not/there"});
  CHECK(contains(error, found));
  CHECK(contains(error, "/not/there"));
}

TEST_CASE("a missing tag names tag and origin") {
  Kitchen kitchen;
  make_repository(kitchen.scratch / "repo");
  kitchen.release.tag = "go1.99";
  const std::string error = kitchen.failure({(kitchen.scratch / "repo").string()});
  CHECK(contains(error, "no tag go1.99"));
  CHECK(contains(error, (kitchen.scratch / "repo").string()));
}

TEST_CASE("the next origin is tried, with a word") {
  Kitchen kitchen;
  const fs::path tree = kitchen.directory("tree");
  fs::path wrong = kitchen.directory("wrong");
  kitchen.scratch.file("wrong/VERSION", "go1.24.5\n");
  const SourceReceipt receipt = kitchen.obtain(
      {"http://127.0.0.1:1/go", (kitchen.scratch / "nothing").string(), wrong.string(), tree.string()});
  CHECK(receipt.origin == tree.string());
  REQUIRE(kitchen.heard.notes.size() == 3);
  CHECK(contains(kitchen.heard.notes[0], "127.0.0.1:1"));
  CHECK(contains(kitchen.heard.notes[1], "nothing at that path"));
  CHECK(contains(kitchen.heard.notes[2], "NAR hash"));
  CHECK(nar_hash(kitchen.destination).digest == sample_hash());
}

TEST_CASE("wrong bits show the pinned and the found hash") {
  Kitchen kitchen;
  const fs::path tree = kitchen.directory("tree");
  kitchen.scratch.file("tree/src/main.go", "backdoor");
  const std::string error = kitchen.failure({tree.string()});
  CHECK(contains(error, sri(kitchen.release.nar())));
  CHECK(contains(error, "its NAR hash is sha256-"));
  const std::string checked = error_of([&] { require_source(kitchen.release, tree); });
  CHECK(contains(checked, sri(kitchen.release.nar())));
}

TEST_CASE("when all fail, each is told, and what to do by hand") {
  Kitchen kitchen;
  const std::string error = kitchen.failure({"/not/here", "/nor/here"});
  CHECK(contains(error, "/not/here"));
  CHECK(contains(error, "/nor/here"));
  CHECK(contains(error, "--from go1.24.4.src.tar.gz"));
  CHECK(contains(error, hex(*kitchen.release.source_archive)));
  CHECK(contains(kitchen.failure({}), "no origin"));
}

TEST_CASE("offline leaves out the network and says so") {
  Kitchen kitchen;
  kitchen.request.offline = true;
  const std::string error = kitchen.failure({"https://go.example/go", "git@go.example:go"});
  CHECK(contains(error, "https://go.example/go"));
  CHECK(contains(error, "--offline"));
  CHECK(contains(error, "--from go1.24.4.src.tar.gz"));
  CHECK(contains(kitchen.failure({"https://go.example/go.tar.gz"}), "--offline"));
  CHECK(kitchen.heard.phases.empty());
  CHECK(kitchen.obtain({"https://go.example/go", kitchen.directory("tree").string()}).kind == "directory");
}

TEST_CASE("origins are told apart") {
  Kitchen kitchen;
  make_repository(kitchen.scratch / "bare", false, true);
  make_repository(kitchen.scratch / "repo");
  const fs::path tree = kitchen.directory("tree");
  const fs::path archive = kitchen.archive("go.tar.gz");
  CHECK(kind_of_origin((kitchen.scratch / "bare").string()) == OriginKind::repository);
  CHECK(kind_of_origin((kitchen.scratch / "repo").string()) == OriginKind::repository);
  CHECK(kind_of_origin("file://" + (kitchen.scratch / "repo").string()) == OriginKind::repository);
  CHECK(kind_of_origin(tree.string()) == OriginKind::directory);
  CHECK(kind_of_origin(archive.string()) == OriginKind::archive);
  CHECK(kind_of_origin("file://localhost" + archive.string()) == OriginKind::archive);
  CHECK(kind_of_origin("file://" + (kitchen.scratch / "go%2etar.gz").string()) == OriginKind::archive);
  for (const std::string url :
       {"https://x/go", "http://x/go", "ssh://git@x/go", "git://x/go", "git@x:go", "x:go/go"}) {
    CHECK_MESSAGE(kind_of_origin(url) == OriginKind::network, url);
  }
  for (const std::string url :
       {"https://x/go.tar.gz", "http://x/go.tgz", "https://x/a/go.zip?a=b#c", "https://x/go.tar"})
    CHECK_MESSAGE(kind_of_origin(url) == OriginKind::download, url);
  for (const std::string url :
       {"ssh://x/go.tar.gz", "https://x/.zip", "https://x/go.git?a=go.zip", "x:go.tar.gz"})
    CHECK_MESSAGE(kind_of_origin(url) == OriginKind::network, url);
  for (const std::string path :
       {"/not/there", "./not/there", "not-there.tar.gz", "file:///not/there", "./a:b", "-x:y"}) {
    CHECK_MESSAGE(kind_of_origin(path) == OriginKind::missing, path);
  }
}

TEST_CASE("what cannot be fetched is said before it is tried") {
  Kitchen kitchen;
  CHECK(contains(kitchen.failure({"ftp://x/go"}), "ftp://"));
  CHECK(contains(kitchen.failure({"ftp://x/go1.24.4.src.tar.gz"}), "ftp://"));
}

TEST_CASE("passwords in origins are not repeated") {
  Kitchen kitchen;
  const std::string error = kitchen.failure({"http://me:secret@127.0.0.1:1/go"});
  CHECK(!contains(error, "secret"));
  CHECK(contains(error, "http://***@127.0.0.1:1/go"));
}

TEST_CASE("an archive on the network that cannot be had is tried as often as any origin") {
  Kitchen kitchen;
  kitchen.request.patience.retries = 1;
  kitchen.request.patience.timeout = std::chrono::milliseconds(10);
  const std::string error = kitchen.failure({"http://me:secret@127.0.0.1:1/go1.24.4.src.tar.gz"});
  CHECK(
      contains(error, "cannot download http://***@127.0.0.1:1/go1.24.4.src.tar.gz: there is no connection"));
  CHECK(kitchen.heard.notes.size() == 1);
}

TEST_CASE("a destination that is not empty is left alone") {
  Kitchen kitchen;
  kitchen.scratch.file("destination/mine", "x");
  kitchen.request.origins = {kitchen.directory("tree").string()};
  CHECK(contains(
      error_of([&] { obtain_source(kitchen.release, kitchen.request, kitchen.destination, kitchen.heard); }),
      "not an empty directory"));
  CHECK(read_file(kitchen.destination / "mine") == "x");
}
