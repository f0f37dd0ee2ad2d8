#include "advisory/osv.hpp"

#include "advisory/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// "-" where it is not affected, else the version that ends it, or "never".
std::string fix(const Advisory& advisory, const std::string& version, const std::optional<Port>& port = {}) {
  const auto affected = is_affected(advisory, "stdlib", *parse_semver(version), port);
  if (!affected) return "-";
  return affected->fixed.empty() ? "never" : affected->fixed;
}

std::string refusal(const std::string& text) {
  return error_of([&] { advisory(text); });
}

}  // namespace

TEST_CASE("a version is affected from where it is introduced to where it is fixed, in each line") {
  const Advisory each = advisory(osv("GO-1", "stdlib",
                                     introduced("0") + "," + fixed("1.22.12") + "," + introduced("1.23.0-0") +
                                         "," + fixed("1.23.6") + "," + introduced("1.25.0-0")));
  CHECK(fix(each, "1.0.0") == "1.22.12");
  CHECK(fix(each, "1.22.12") == "-");
  CHECK(fix(each, "1.22.99") == "-");
  CHECK(fix(each, "1.23.0-rc.1") == "1.23.6");
  CHECK(fix(each, "1.23.5") == "1.23.6");
  CHECK(fix(each, "1.23.6") == "-");
  CHECK(fix(each, "1.24.4") == "-");
  CHECK(fix(each, "1.25.0") == "never");
  CHECK(each.aliases == std::vector<std::string>{"CVE-2099-1"});
  CHECK(each.url == "https://pkg.go.dev/vuln/GO-1");
}

TEST_CASE("events may stand in any order, and last_affected includes its version") {
  const Advisory turned = advisory(osv("GO-1", "stdlib", fixed("1.3.0") + "," + introduced("1.2.0")));
  CHECK(fix(turned, "1.2.5") == "1.3.0");
  CHECK(fix(turned, "1.1.0") == "-");
  const Advisory last = advisory(osv("GO-1", "stdlib", introduced("0") + R"(,{"last_affected": "1.2.0"})"));
  CHECK(fix(last, "1.2.0") == "never");
  CHECK(fix(last, "1.2.1") == "-");
}

TEST_CASE("where no range says which versions, all are") {
  const Advisory each =
      advisory(R"({"id": "GO-1", "affected": [{"package": {"name": "stdlib", "ecosystem": "Go"}}]})");
  CHECK(fix(each, "1.2.3") == "never");
}

TEST_CASE("versions that are listed are affected, and no others") {
  const Advisory each = advisory(
      R"({"id": "GO-1", "affected": [{"package": {"name": "stdlib", "ecosystem": "Go"}, "versions": ["1.2.0", "v1.3.0-rc.1"]}]})");
  CHECK(fix(each, "1.2.0") == "never");
  CHECK(fix(each, "1.3.0-rc.1") == "never");
  CHECK(fix(each, "1.3.0") == "-");
  CHECK(contains(refusal(R"({"id": "GO-1", "affected": [{"package": {"name": "stdlib", "ecosystem": "Go"},
                             "versions": ["all"]}]})"),
                 "is no semantic version"));
}

TEST_CASE("of several ranges that hold, all have to be over") {
  const Advisory each = advisory(R"({"id": "GO-1", "affected": [
    {"package": {"name": "stdlib", "ecosystem": "Go"}, "ranges": [
      {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.4.0"}]},
      {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]},
    {"package": {"name": "stdlib", "ecosystem": "Go"}, "ranges": [
      {"type": "SEMVER", "events": [{"introduced": "1.2.0"}]}]}]})");
  CHECK(fix(each, "1.1.0") == "1.4.0");
  CHECK(fix(each, "1.2.0") == "never");
}

TEST_CASE("what was withdrawn affects nothing, and other ecosystems are none of ours") {
  CHECK(fix(advisory(osv("GO-1", "stdlib", introduced("0"), "", R"("withdrawn": "2099-01-01T00:00:00Z",)")),
            "1.2.3") == "-");
  CHECK(advisory(R"({"id": "X", "affected": [{"package": {"name": "stdlib", "ecosystem": "npm"}}]})")
            .affected.empty());
}

TEST_CASE("what is about other ports alone does not count where the port is known") {
  const Advisory each =
      advisory(osv("GO-1", "stdlib", introduced("0"),
                   R"("ecosystem_specific": {"imports": [{"path": "p", "goarch": ["ppc64le"]},
                                         {"path": "q", "goos": ["windows", "darwin"]}]},)"));
  CHECK(fix(each, "1.2.3") == "never");
  CHECK(fix(each, "1.2.3", Port{"linux", "amd64"}) == "-");
  CHECK(fix(each, "1.2.3", Port{"linux", "ppc64le"}) == "never");
  CHECK(fix(each, "1.2.3", Port{"windows", "amd64"}) == "never");
  CHECK(fix(each, "1.2.3", Port{"", ""}) == "never");
}

TEST_CASE("what has another form is refused, and the place is told") {
  CHECK(contains(refusal("[]"), "a.json"));
  CHECK(contains(refusal("{}"), "id"));
  CHECK(contains(refusal(R"({"id": "a\u001b[31m"})"), "it is no ID"));
  CHECK(contains(refusal(R"({"id": 7})"), "id"));
  CHECK(contains(refusal(osv("GO-1", "stdlib", introduced("one"))), "is no semantic version"));
  CHECK(contains(refusal(osv("GO-1", "stdlib", R"({"mended": "1.0.0"})")), "is no event"));
  CHECK(contains(refusal(osv("GO-1", "stdlib", "")), "it has no events"));
  CHECK(contains(refusal(R"({"id": "A", "id": "B"})"), "stands twice"));
  CHECK(contains(refusal(std::string(100, '[')), "a.json"));
  CHECK(contains(refusal(R"({"id": "A", "affected": [{"package": "stdlib"}]})"), "package"));
  CHECK(contains(refusal(R"({"id": "A", "summary": ")" + std::string(5000, 'x') + "\"}"), "longer than"));
}
