// What is new upstream, as `release update` and `release add` tell it.
#pragma once

#include "cli/upstream.hpp"
#include "release/news.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct ToldNews {
  ReleaseNews news;
  UpstreamTags tags;                  ///< empty where nobody was asked
  std::vector<std::string> left_out;  ///< of the index

  /// What is to be written down.
  std::vector<Release> taken() const;
};

/// A table on standard output; what was left out and what has no tag goes to standard error.
void print(const ToldNews& told, const Releases& known);
Json to_json(const ToldNews& told);
/// Those of the added ones that no tag is known of, on standard error.
void tell_missing_tags(const ToldNews& told);

/// "1 release", "2 releases"
std::string counted_releases(std::size_t number);

/// The commit in twelve digits, or what a release without one is known by.
std::string short_pin(const Release& release);

}  // namespace gostrap
