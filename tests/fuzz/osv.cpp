// Advisories in the OSV format, as a database that anybody may have changed holds them.
#include "advisory/database.hpp"
#include "advisory/match.hpp"
#include "fuzz.hpp"

using namespace gostrap;

FUZZ(input) {
  AdvisoryDatabase database;
  database.add("fuzz.json", std::string(input));
  const std::vector<Advisory> advisories = database.about({stdlib_module, "example.com/m"});
  fuzz::require(advisories.size() + database.skipped().size() <= 1, "a file is one advisory, or is skipped");
  for (const Advisory& advisory : advisories) {
    fuzz::require(!advisory.id.empty() && !advisory.withdrawn, "an advisory has an ID, and stands");
    for (const AffectedModule& affected : advisory.affected)
      fuzz::require(affected.all != !(affected.ranges.empty() && affected.versions.empty()),
                    "it says which versions, or all are");
  }
  for (const AdvisoryMatch& match : matches_of_release(advisories, *parse_version("1.24.4")))
    fuzz::require(match.fixed.empty() || *parse_semver(match.fixed) > *parse_semver("1.24.4"),
                  "what is fixed is fixed later");
  matches_of_module(advisories, "example.com/m", "v0.0.0-20230119093715-30f75d79e424");
}
