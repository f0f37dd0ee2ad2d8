#include "attest/statement.hpp"

#include "attest/samples.hpp"
#include "support/encoding.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What is said of the document after `change` was made to it.
std::string refusal(const std::string& document, const std::function<void(Json&)>& change) {
  Json json = parse_json(document, "x");
  change(json);
  return error_of([&] { read_statement(to_line(json), "x.json"); });
}

std::string refusal_of_envelope(const std::function<void(Json&)>& change) {
  Json statement = sample_provenance();
  change(statement);
  return error_of([&] { read_statement(signed_envelope(statement, PrivateKey::generate()), "x.json"); });
}

}  // namespace

TEST_CASE("a key has the name that in-toto gives it") {
  // repro-threshold's own: reproducible.archlinux.org
  const auto raw = from_base64("SzXBHIBK0Na2c/aCJFJ83N3z7qiRAC69tqzW6wSu4qk=");
  REQUIRE(raw);
  CHECK(key_id(PublicKey(*raw)) == "1ae6d32cb5bb8a98312106de28e50af7e09a9b294d51df459537908ac1288b8f");
}

TEST_CASE("a link and envelopes read back as what they were written about") {
  const PrivateKey key = PrivateKey::generate(), other = PrivateKey::generate();
  Json equivalence = sample_provenance();
  equivalence["subject"][0]["name"] = sample_archive;
  equivalence["predicate"]["buildDefinition"]["buildType"] = build_types::equivalence;
  struct Case {
    std::string text, format;
    Statement::Says says = Statement::Says::reproduced;
  };
  for (const Case& each : {Case{sample_link(key), "in-toto link"},
                           Case{signed_envelope(sample_provenance(), key), "SLSA provenance"},
                           Case{signed_envelope(equivalence, key), "artifact equivalence"},
                           Case{signed_envelope(sample_test_result("FAILED"), key), "test result",
                                Statement::Says::not_reproduced},
                           Case{signed_envelope(sample_test_result("PASSED"), key), "test result"}}) {
    const Statement statement = read_statement(each.text, "DIR/x.json");
    CHECK(statement.file == "DIR/x.json");
    CHECK(statement.format == each.format);
    CHECK(statement.says == each.says);
    CHECK(statement.about == std::vector<StatedFile>{{sample_archive, archive_digest}});
    CHECK(statement.signed_by(key.public_key()));
    CHECK_FALSE(statement.signed_by(other.public_key()));
  }
}

TEST_CASE("what a link says is signed, however its JSON is written") {
  const PrivateKey key = PrivateKey::generate();
  Json json = parse_json(sample_link(key), "x");
  CHECK(read_statement(to_text(json), "x").signed_by(key.public_key()));
  json["signed"]["products"]["another"] = {{"sha256", hex(sha256("y"))}};
  CHECK_FALSE(read_statement(to_text(json), "x").signed_by(key.public_key()));
}

TEST_CASE("an envelope's signature is about its type, too") {
  const PrivateKey key = PrivateKey::generate();
  Json json = parse_json(signed_envelope(sample_provenance(), key), "x");
  const auto payload = from_base64(json["payload"].get<std::string>());
  REQUIRE(payload);
  json["signatures"][0]["sig"] = base64(key.sign(*payload));  // of the payload alone
  CHECK_FALSE(read_statement(to_line(json), "x").signed_by(key.public_key()));
}

TEST_CASE("a link of another shape is refused with file and place") {
  const std::string link = sample_link(PrivateKey::generate());
  CHECK(contains(refusal(link, [](Json& json) { json["signed"]["_type"] = "layout"; }),
                 "x.json:1, signed, _type: only a link says what was built, and this is a layout"));
  CHECK(contains(refusal(link, [](Json& json) { json["signed"].erase("products"); }), "x.json:1, signed"));
  CHECK(contains(refusal(link, [](Json& json) { json["signed"]["products"] = Json::object(); }),
                 "it names no file with a SHA-256"));
  CHECK(
      contains(refusal(link, [](Json& json) { json["signed"]["products"][sample_archive]["sha256"] = "AB"; }),
               "it is no SHA-256"));
  CHECK(contains(refusal(link, [](Json& json) { json["signed"]["command"] = Json::array({1.5}); }),
                 "a number in what is signed is no integer"));
  CHECK(contains(refusal(link, [](Json& json) { json["signatures"] = Json::array(); }),
                 "it is signed by nobody"));
  CHECK(contains(refusal(link, [](Json& json) { json["signatures"][0]["sig"] = "xyz"; }),
                 "signatures[0], sig: it is not written as a signature is"));
  CHECK(contains(refusal(link,
                         [](Json& json) {
                           for (int count = 0; count < 64; ++count)
                             json["signatures"].push_back(json["signatures"][0]);
                         }),
                 "more than 64 signatures are not looked at"));
  CHECK(contains(refusal(link, [](Json& json) { json.erase("signed"); }),
                 "it is neither an in-toto link nor a DSSE envelope"));
  CHECK(contains(error_of([] { read_statement("[]", "x.json"); }), "neither an in-toto link"));
  CHECK(contains(error_of([] { read_statement(R"({"signed": 1, "signed": 2})", "x.json"); }), "signed"));
  CHECK_FALSE(error_of([] { read_statement(std::string(100000, '['), "x.json"); }).empty());
  CHECK_FALSE(error_of([] { read_statement("", "x.json"); }).empty());
}

TEST_CASE("an envelope of a newer format, or about something else, is refused with the reason") {
  const auto change = [](const char* name, const char* value) {
    return [=](Json& json) { json[name] = value; };
  };
  CHECK(contains(refusal_of_envelope(change("_type", "https://in-toto.io/Statement/v2")),
                 "x.json, payload:1, _type: this gostrap reads https://in-toto.io/Statement/v1 only"));
  CHECK(contains(refusal_of_envelope(change("predicateType", "https://slsa.dev/provenance/v2")),
                 "this gostrap does not know https://slsa.dev/provenance/v2"));
  CHECK(contains(refusal_of_envelope([](Json& json) {
                   json["predicate"]["buildDefinition"]["buildType"] = "https://example.org/Build@v1";
                 }),
                 "it is no rebuild that this gostrap knows: https://example.org/Build@v1"));
  CHECK(contains(refusal_of_envelope([](Json& json) { json = sample_test_result("WARNED"); }),
                 "it is neither PASSED nor FAILED"));
  CHECK(contains(refusal_of_envelope([](Json& json) { json["subject"] = Json::array(); }),
                 "it names no file with a SHA-256"));
  const std::string envelope = signed_envelope(sample_provenance(), PrivateKey::generate());
  CHECK(contains(refusal(envelope, [](Json& json) { json["payloadType"] = "text/plain"; }),
                 "payloadType: it is not application/vnd.in-toto+json"));
  CHECK(contains(refusal(envelope, [](Json& json) { json["payload"] = "*"; }), "payload: it is no base64"));
  CHECK(contains(refusal(envelope, [](Json& json) { json["payload"] = base64("{"); }), "x.json, payload"));
}
