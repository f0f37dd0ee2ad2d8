// Advisories of our own making, in the form that Go's database has.
#pragma once

#include "advisory/osv.hpp"

#include <string>

namespace gostrap::testing {

/// `ranges` is what stands in "ranges", `more` further members of "affected"' one item, `top` of the
/// document.
inline std::string osv(const std::string& id, const std::string& module, const std::string& events,
                       const std::string& more = {}, const std::string& top = {}) {
  return R"({"schema_version": "1.3.1", "id": ")" + id +
         R"(", "aliases": ["CVE-2099-1"], "summary": "A flaw",)" + top +
         R"("affected": [{"package": {"name": ")" + module + R"(", "ecosystem": "Go"},)" + more +
         R"("ranges": [{"type": "SEMVER", "events": [)" + events +
         R"(]}]}], "database_specific": {"url": "https://pkg.go.dev/vuln/)" + id + "\"}}";
}

inline std::string introduced(const std::string& version) {
  return R"({"introduced": ")" + version + "\"}";
}
inline std::string fixed(const std::string& version) {
  return R"({"fixed": ")" + version + "\"}";
}

inline Advisory advisory(const std::string& text) {
  return advisory_from_json(JsonDocument(text, "a.json").view());
}

}  // namespace gostrap::testing
