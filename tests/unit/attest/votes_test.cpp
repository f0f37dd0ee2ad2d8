#include "attest/votes.hpp"

#include "attest/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Poll {
  PrivateKey alice = PrivateKey::generate(), bob = PrivateKey::generate(), mallory = PrivateKey::generate();
  std::vector<TrustedKey> keys{{"alice", alice.public_key(), {}, {}}, {"bob", bob.public_key(), {}, {}}};
  std::set<std::string> withheld;
  Statements statements;

  void add(const std::string& text, const std::string& name) { add_statements(statements, text, name); }
  Tally count() const {
    return tally(statements, sample_archive, archive_digest, keys, withheld,
                 *parse_utc("2026-12-01T00:00:00Z"));
  }
  /// "a.json: why"
  std::vector<std::string> uncounted() const {
    std::vector<std::string> lines;
    for (const Uncounted& each : count().uncounted) lines.push_back(each.file + ": " + each.why);
    return lines;
  }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("each key has one vote, in whatever format and however often it says so") {
  Poll poll;
  poll.add(sample_link(poll.alice), "a.link");
  poll.add(signed_envelope(sample_provenance(), poll.alice), "a.json");
  poll.add(sample_link(poll.bob), "b.link");
  const Tally votes = poll.count();
  CHECK(votes.for_it == std::map<std::string, std::string>{{"alice", "a.link"}, {"bob", "b.link"}});
  CHECK(votes.against_it.empty());
  CHECK(poll.uncounted() == Lines{"a.json: its key alice has been counted"});
}

TEST_CASE("a document that two have signed is two votes") {
  Poll poll;
  Json both = parse_json(sample_link(poll.alice), "x");
  both["signatures"].push_back(parse_json(sample_link(poll.bob), "x")["signatures"][0]);
  poll.add(to_line(both), "both.link");
  CHECK(poll.count().for_it.size() == 2);
  CHECK(poll.uncounted().empty());
}

TEST_CASE("what does not count is named, and why") {
  Poll poll;
  poll.add(sample_link(poll.mallory), "unknown.link");
  poll.add(sample_link(poll.alice, sha256("others")), "other-bytes.link");
  Json altered = parse_json(sample_link(poll.alice, sha256("others")), "x");
  altered["signed"]["products"][sample_archive]["sha256"] = hex(archive_digest);
  poll.add(to_line(altered), "altered.link");
  Json newer = sample_provenance();
  newer["predicateType"] = "https://slsa.dev/provenance/v9";
  poll.add(signed_envelope(newer, poll.alice), "newer.json");
  CHECK(poll.count().for_it.empty());
  const Lines lines = poll.uncounted();
  REQUIRE(lines.size() == 4);
  CHECK(contains(lines[0], "newer.json: cannot read newer.json"));
  CHECK(contains(lines[0], "this gostrap does not know https://slsa.dev/provenance/v9"));
  CHECK(lines[1] == "other-bytes.link: it is about other bytes of that name");
  CHECK(lines[2] == "unknown.link: none of the keys has signed these bytes");
  CHECK(lines[3] == "altered.link: none of the keys has signed these bytes");
}

TEST_CASE("statements about other files are passed over in silence") {
  Poll poll;
  poll.add(signed_link("rebuild x.zip", {}, {{"x.zip", hex(sha256("x")), ""}}, poll.alice), "x.link");
  CHECK(poll.uncounted().empty());
}

TEST_CASE("keys that have expired, or are withheld, do not count") {
  Poll poll;
  poll.add(sample_link(poll.alice), "a.link");
  poll.add(sample_link(poll.bob), "b.link");
  poll.keys[0].before = *parse_utc("2026-11-30T00:00:00Z");
  poll.withheld = {poll.bob.public_key().fingerprint()};
  CHECK(poll.count().for_it.empty());
  CHECK(poll.uncounted() ==
        Lines{"a.link: the key has expired on 2026-11-30T00:00:00Z", "b.link: its key bob is withheld"});
  poll.withheld = {"nobody"};
  CHECK(contains(error_of([&] { poll.count(); }), "there is no key \"nobody\" to withhold"));
}

TEST_CASE("who says no is told, and who says both has no vote") {
  Poll poll;
  poll.add(signed_envelope(sample_test_result("FAILED"), poll.bob), "no.json");
  poll.add(sample_link(poll.alice), "yes.link");
  poll.add(signed_envelope(sample_test_result("FAILED"), poll.alice), "but.json");
  const Tally votes = poll.count();
  CHECK(votes.for_it.empty());
  CHECK(votes.against_it == std::map<std::string, std::string>{{"alice", "but.json"}, {"bob", "no.json"}});
  CHECK(poll.uncounted() == Lines{"yes.link: its key alice says the contrary, too"});
}

TEST_CASE("a file of lines is one document each, and an indented one is one") {
  Poll poll;
  poll.add(sample_link(poll.alice) + "\n\n" + sample_link(poll.bob) + "\n{\"x\": 1}\n", "all.jsonl");
  CHECK(poll.count().for_it ==
        std::map<std::string, std::string>{{"alice", "all.jsonl:1"}, {"bob", "all.jsonl:3"}});
  REQUIRE(poll.statements.unread.size() == 1);
  CHECK(poll.statements.unread[0].file == "all.jsonl:4");
  Poll indented;
  indented.add(to_text(parse_json(sample_link(indented.alice), "x")), "a.link");
  CHECK(indented.count().for_it.size() == 1);
}

TEST_CASE("a directory's documents are read by their endings; what cannot be read hides no other") {
  const Scratch scratch;
  Poll poll;
  scratch.file("s/a.in-toto.link", sample_link(poll.alice));
  scratch.file("s/b.dsse.json", signed_envelope(sample_provenance(), poll.bob));
  scratch.file("s/c.json", "rubbish");
  scratch.file("s/README.md", "rubbish");
  add_statements_at(poll.statements, scratch / "s");
  CHECK(poll.count().for_it.size() == 2);
  CHECK(poll.statements.unread.size() == 1);
  add_statements_at(poll.statements, scratch / "gone");
  CHECK(poll.statements.unread.size() == 2);
}
