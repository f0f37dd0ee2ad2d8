#include "attest/rebuilt.hpp"

#include "attest/samples.hpp"
#include "support/encoding.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Bench {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate();
  Release release;
  ProofRow row;

  explicit Bench(Verdict verdict) {
    release.version = *parse_version("1.99.0");
    release.tag = "go1.99.0";
    release.commit = std::string(40, 'c');
    release.source_archive = sha256("source");
    release.origins = {"https://example.org/go"};
    scratch.file("out/" + sample_archive, "an archive");
    row.port = {"linux", "riscv64"};
    row.file = sample_archive;
    row.ours = archive_digest;
    row.published = verdict == Verdict::canonical ? archive_digest : sha256("theirs");
    row.verdict = verdict;
    row.archives = scratch / "out";
    row.module = "v0.0.1-go1.99.0.linux-riscv64";
    row.hashes = ModuleHashes{"h1:zip", "h1:mod"};
  }

  std::vector<Document> documents() const {
    return statements_of({release, row, std::nullopt, "urn:us"}, key);
  }
  /// The body of the last, an envelope.
  Json body() const {
    const Json envelope = parse_json(documents().back().text, "x");
    return parse_json(*from_base64(envelope["payload"].get<std::string>()), "x");
  }
};

}  // namespace

TEST_CASE("of what is canonical there is a link and a provenance, which name source and archive") {
  const Bench bench(Verdict::canonical);
  const std::vector<Document> documents = bench.documents();
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].ending == "in-toto.link");
  CHECK(documents[1].ending == "dsse.json");
  for (const Document& each : documents) {
    const Statement statement = read_statement(each.text, "x");
    CHECK(statement.says == Statement::Says::reproduced);
    CHECK(statement.about == std::vector<StatedFile>{{sample_archive, archive_digest}});
    CHECK(statement.signed_by(bench.key.public_key()));
  }
  const Json link = parse_json(documents[0].text, "x")["signed"];
  CHECK(link["name"] == "rebuild " + sample_archive);
  CHECK(link["materials"]["go1.99.0.src.tar.gz"]["sha256"] == hex(sha256("source")));
  CHECK(link["products"][sample_archive]["sha512"] ==
        sha512_file_hex(bench.scratch / "out" / sample_archive));
  const Json body = bench.body();
  CHECK(body["subject"][0]["name"] == "rebuild/" + sample_archive);
  const Json& definition = body["predicate"]["buildDefinition"];
  CHECK(definition["buildType"] == build_types::rebuild);
  CHECK(definition["externalParameters"]["artifact"] == sample_archive);
  CHECK(definition["internalParameters"]["h1"] == "h1:zip");
  CHECK(definition["resolvedDependencies"][0]["name"] == "git+https://example.org/go@refs/tags/go1.99.0");
  CHECK(definition["resolvedDependencies"][0]["digest"]["sha1"] == std::string(40, 'c'));
  CHECK(body["predicate"]["runDetails"]["builder"]["id"] == "urn:us");
}

TEST_CASE("of what differs by signatures the published archive is stated to be equivalent") {
  const Bench bench(Verdict::signatures);
  REQUIRE(bench.documents().size() == 1);
  const Statement statement = read_statement(bench.documents()[0].text, "x");
  CHECK(statement.format == "artifact equivalence");
  CHECK(statement.about == std::vector<StatedFile>{{sample_archive, sha256("theirs")}});
  const Json dependencies = bench.body()["predicate"]["buildDefinition"]["resolvedDependencies"];
  CHECK(dependencies[0]["digest"]["sha256"] == hex(archive_digest));
  CHECK(dependencies[1]["name"] == "https://go.dev/dl/" + sample_archive);
}

TEST_CASE("that an archive could not be made again is stated about the published one") {
  const Bench bench(Verdict::differs);
  REQUIRE(bench.documents().size() == 1);
  const Statement statement = read_statement(bench.documents()[0].text, "x");
  CHECK(statement.says == Statement::Says::not_reproduced);
  CHECK(statement.about == std::vector<StatedFile>{{sample_archive, sha256("theirs")}});
}

TEST_CASE("about what was not built again, or cannot be compared, nothing is stated, with the reason") {
  for (const Verdict verdict :
       {Verdict::by_upstream, Verdict::not_comparable, Verdict::not_published, Verdict::not_built}) {
    const Bench bench(verdict);
    CHECK(bench.documents().empty());
    CHECK_FALSE(why_no_statement(bench.row).empty());
  }
  CHECK(why_no_statement(Bench(Verdict::canonical).row).empty());
}
