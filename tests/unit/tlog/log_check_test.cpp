// Also of inclusion, timeline and kept: what verify --log says of a log that Go's own implementation wrote.
#include "tlog/log_check.hpp"

#include "samples.hpp"
#include "tlog/timeline.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

LoggedModule ours() {
  LoggedModule module;
  module.version = logged_version;
  module.hashes = logged_hashes;
  return module;
}

/// A copy of the log that may be spoiled, and a store.
struct Place {
  Scratch scratch;
  fs::path log = scratch / "log";
  KeptCheckpoints kept{scratch / "store", log_key};

  Place() { place_tree(log_files, log, CopyMode::copy); }
  void put(const std::string& path, const std::string& text) const { scratch.file("log/" + path, text); }
  void remove(const std::string& path) const { fs::remove(log / path); }
  LogEvidence files() const { return {{}, {source_in(log)}, {}}; }
  std::vector<Check> check(const LoggedModule& module = ours()) const {
    return check_log(module, files(), kept);
  }
  /// What is said where that file has another content; the check must have failed.
  std::string refused(const std::string& path, const std::string& text) const {
    put(path, text);
    const std::vector<Check> checks = check();
    put(path, log_file(path));
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].result == Check::Result::failed);
    return checks[0].says;
  }
};

std::string with(std::string text, const std::string& old, const std::string& now) {
  REQUIRE(contains(text, old));
  return text.replace(text.find(old), old.size(), now);
}

}  // namespace

TEST_CASE("our module is a record of the log, and its tree is kept") {
  const Place place;
  const std::vector<Check> checks = place.check();
  REQUIRE(checks.size() == 2);
  CHECK(checks[0].result == Check::Result::passed);
  CHECK(checks[0].says ==
        logged_hashes.zip + " is record 123 of a tree of 300 signed by unit.example+ba535fb8");
  CHECK(checks[1].result == Check::Result::passed);
  CHECK(contains(checks[1].says, "the tree of 300 is the first of unit.example that is kept here"));
  CHECK(place.kept.latest()->note == log_file("latest"));
  CHECK(contains(place.check()[1].says, "the tree of 300 is the kept one"));
}

TEST_CASE("another module than the log has is told with both hashes") {
  const Place place;
  LoggedModule other = ours();
  other.hashes->zip[5] = 'x';
  other.made_with = "GOAMD64=v3";
  const Check check = place.check(other)[0];
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.says, "the log has another module: record 123"));
  CHECK(contains(check.says, "this one was made with GOAMD64=v3"));
  REQUIRE(check.details.size() == 4);
  CHECK(contains(check.details[0], "ours: golang.org/toolchain " + logged_version + " " + other.hashes->zip));
  CHECK(contains(check.details[2], "log:  golang.org/toolchain " + logged_version + " " + logged_hashes.zip));
  other.signed_by_others = true;
  CHECK(place.check(other)[0].result == Check::Result::not_possible);
  CHECK(contains(place.check(other)[0].says, "Apple's signatures"));
}

TEST_CASE("what the log says nothing of is not possible, and says why") {
  const Place place;
  LoggedModule other = ours();
  other.version = "v0.0.1-go1.99.linux-amd64";
  const Check check = place.check(other)[0];
  CHECK(check.result == Check::Result::not_possible);
  CHECK(contains(check.says, "has no lookup/golang.org/toolchain@v0.0.1-go1.99.linux-amd64"));
  CHECK(contains(place.check(no_logged_module("it is a cat"))[0].says, "it is a cat"));
  CHECK(contains(check_log(ours(), {{}, {}, "nobody knows"}, place.kept)[0].says, "nobody knows"));
  place.remove("tile/8/0/000");
  CHECK(contains(place.check()[0].says, "has no tile/8/0/000, which shows record 123 of a tree of 300"));
  CHECK(place.check()[0].result == Check::Result::not_possible);
}

TEST_CASE("hostile files are refused with file and reason") {
  const Place place;
  const std::string lookup = log_file(lookup_file);
  CHECK(contains(place.refused(lookup_file, "rubbish"),
                 (place.log / lookup_file).string() + ": its first line"));
  CHECK(contains(place.refused(lookup_file, with(lookup, "\n300\n", "\n301\n")), "is not one of this text"));
  CHECK(contains(place.refused(lookup_file, with(lookup, "123\n", "300\n")),
                 "there is no record 300 of a tree of 300"));
  CHECK(
      contains(place.refused(lookup_file, with(lookup, "123\n", "124\n")), "the log has another record 124"));
  CHECK(contains(place.refused(lookup_file, with(lookup, "nm4I", "nm4J")), "the log has another record 123"));
  std::string tile = log_file("tile/8/0/000");
  tile[5000] = static_cast<char>(tile[5000] ^ 1);
  CHECK(contains(place.refused("tile/8/0/000", tile), "its tiles do not make up that tree"));
  CHECK(contains(place.refused("tile/8/0/000", tile.substr(1)), "it has 8191 bytes"));
  CHECK_FALSE(place.kept.latest());  // nothing of that was kept
}

TEST_CASE("a record is shown in another tree that lies there, where the lookup's own has no tiles") {
  const Place place;
  const std::string lookup = log_file(lookup_file);
  const std::string record = lookup.substr(0, lookup.find("go.sum"));
  place.put(lookup_file, record + log_file("before"));
  place.remove("tile/8/0/001.p/44");
  CHECK(place.check()[0].result == Check::Result::not_possible);
  place.put("tile/8/0/001.p/44", log_file("tile/8/0/001.p/44"));
  CHECK(contains(place.check()[0].says, "of a tree of 270"));
  // a tree whose tiles the go command has not read: of 1000 records
  const OwnLog own;
  const KeptCheckpoints kept(place.scratch / "own", own.key);
  const TreeHead head = read_checkpoint(log_file("latest"), log_key, "latest").head;
  place.put(lookup_file, record + own.tree(1000, Digest{}));
  place.put("latest", own.tree(head.size, head.root));
  const std::vector<Check> checks = check_log(ours(), place.files(), kept);
  CHECK(checks[0].result == Check::Result::passed);
  CHECK(contains(checks[0].says, "record 123 of a tree of 300 signed by own.example"));
}

TEST_CASE("a proof file is evidence, and its past is looked for in lookups and tiles") {
  const Place place;
  place.kept.keep(read_checkpoint(log_file("before"), log_key, "before"));
  LogEvidence evidence{place.log / "proof", {}, {}};
  std::vector<Check> checks = check_log(ours(), evidence, place.kept);
  CHECK(checks[0].result == Check::Result::passed);
  CHECK(checks[1].result == Check::Result::not_possible);
  CHECK(contains(checks[1].says, "whether the tree of 300 agrees with the kept one of 270 is not shown"));
  evidence.sources.push_back(source_in(place.log));
  checks = check_log(ours(), evidence, place.kept);
  CHECK(checks[1].result == Check::Result::passed);
  CHECK(contains(checks[1].says, "the tree of 300 has all of the tree of 270, which was kept before"));
  CHECK(place.kept.latest()->head.size == 300);
  LoggedModule other = ours();
  other.hashes->mod[5] = 'x';
  CHECK(
      contains(check_log(other, evidence, place.kept)[0].says, "record 123 of a tree of 300 is another one"));
}

TEST_CASE("an older tree is held against the kept one, which stays") {
  const Place place;
  place.check();
  const TimelineFinding finding = hold_against_kept(read_checkpoint(log_file("before"), log_key, "before"),
                                                    place.kept, source_in(place.log).read, "PLACE");
  CHECK(finding.result == TimelineFinding::Result::agrees);
  CHECK(finding.says == "the tree of 300 has all of the tree of 270");
  CHECK(place.kept.latest()->head.size == 300);
}

TEST_CASE("a fork is loud, both notes are kept, and it is remembered") {
  const Place place;
  const auto forked = [&](const char* first) {
    const KeptCheckpoints kept(place.scratch / first, log_key);
    kept.keep(read_checkpoint(log_file(first), log_key, first));
    const std::vector<Check> checks = check_log(ours(), place.files(), kept);
    REQUIRE(checks.size() == 2);
    CHECK(checks[0].result == Check::Result::passed);
    CHECK(checks[1].result == Check::Result::failed);
    CHECK(checks[1].says.starts_with("FORK: unit.example has signed two trees that contradict each other"));
    REQUIRE(kept.forks().size() == 1);
    const fs::path fork = kept.forks()[0];
    CHECK(contains(checks[1].details[0], (fork / "before").string() + " and " + (fork / "now").string()));
    CHECK(read_file(fork / "before") == log_file(first));
    CHECK(read_file(fork / "now") == log_file("latest"));
    CHECK(kept.latest()->note == log_file(first));
    return fork;
  };
  CHECK_FALSE(fs::exists(forked("fork_now") / "proof"));  // of one size: the notes are enough
  const fs::path fork = forked("fork_before");
  CHECK(read_file(fork / "proof").size() > 100);
  // the other way round: an older one that is not what the kept one began as
  place.check();
  const TimelineFinding older = hold_against_kept(read_checkpoint(log_file("fork_before"), log_key, "fork"),
                                                  place.kept, source_in(place.log).read, "PLACE");
  CHECK(older.result == TimelineFinding::Result::forked);
  CHECK(contains(place.check()[1].details[0], "a fork of this log was seen before: " + older.fork.string()));
}

TEST_CASE("tiles that are spoiled are no fork") {
  const Place place;
  place.kept.keep(read_checkpoint(log_file("before"), log_key, "before"));
  std::string tile = log_file("tile/8/0/001.p/44");
  tile[40] = static_cast<char>(tile[40] ^ 1);
  place.put("tile/8/0/001.p/44", tile);
  const LogEvidence evidence{place.log / "proof", {source_in(place.log)}, {}};
  const Check check = check_log(ours(), evidence, place.kept)[1];
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.says, "its tiles do not make up the larger tree"));
  CHECK(place.kept.forks().empty());
}

TEST_CASE("a kept tree that the key has not signed is told, and names its file") {
  const Place place;
  place.check();
  write_file(place.kept.directory() / "latest", with(log_file("latest"), "\n300\n", "\n200\n"));
  const Check check = place.check()[1];
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.says, (place.kept.directory() / "latest").string()));
}

TEST_CASE("a store that cannot be written keeps no tree, and says so") {
  const Place place;
  place.scratch.file("blocked", "no directory");
  const KeptCheckpoints kept(place.scratch / "blocked", log_key);
  const std::vector<Check> checks = check_log(ours(), place.files(), kept);
  CHECK(checks[0].result == Check::Result::passed);
  CHECK(checks[1].result != Check::Result::passed);
  CHECK(contains(checks[1].says, "blocked"));
}

TEST_CASE("each log has a directory of its own, whatever its name") {
  const OwnLog strange("../../etc/x%\xc3\xa4");
  const KeptCheckpoints kept("/store", strange.key);
  CHECK(kept.directory().parent_path() == "/store/checkpoints");
  CHECK(kept.directory().filename().string().starts_with("%2e.%2f..%2fetc%2fx%25%c3%a4+"));
  CHECK(KeptCheckpoints("/store", OwnLog(std::string(500, 'a')).key).directory().filename().string().size() ==
        64);
  const KeptCheckpoints one("/store", OwnLog("same.example").key);
  CHECK(one.directory() != KeptCheckpoints("/store", OwnLog("same.example").key).directory());
}
