// --advisories and --fail-on: Go's vulnerability database, where somebody names one, and what a verb tells
// of it.
#pragma once

#include "advisory/match.hpp"
#include "cli/common_words.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct AdvisoryWords {
  std::optional<std::string> named;
  std::vector<std::string> fail_on;  ///< as they were typed, with commas in them

  void declare(Options& options);
  /// Without --fail-on, of a verb that makes something; the variable counts for nothing there.
  void declare_only_database(Options& options);

  /// What --advisories names, else GOSTRAP_ADVISORIES; nothing where neither does. One that is on the network
  /// is an Error where `common` is offline; of the variable's, a word on standard error, unless --fail-on
  /// has to be answered.
  std::optional<AdvisoryDatabase> open(const CommonWords& common) const;
  /// The same where the option alone counts.
  std::optional<AdvisoryDatabase> open_named(const CommonWords& common) const;

  /// Of that database, those about Go itself: the standard library, and the toolchain's commands. What was
  /// skipped is told.
  std::optional<std::vector<Advisory>> of_go(const CommonWords& common) const;

  /// Whether --fail-on names one of these.
  bool fails(const std::vector<AdvisoryMatch>& matches) const;
  /// Says on standard error what was skipped. Throws Error where that could have been what --fail-on is
  /// about.
  void tell_skipped(const AdvisoryDatabase& database) const;

 private:
  std::set<std::string> wanted() const;
};

Json to_json(const AdvisoryMatch& match);
Json to_json(const std::vector<AdvisoryMatch>& matches);

/// "GO-2025-3447 CVE-2025-22866, fixed in 1.24.9: summary", on one line.
std::string in_a_line(const AdvisoryMatch& match);
/// "9 advisories of the standard library, fixed in 1.24.9", and of the toolchain; none where there are none.
std::vector<std::string> of_release_in_short(const std::vector<AdvisoryMatch>& matches);

}  // namespace gostrap
