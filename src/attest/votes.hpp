// Counting: how many of my keys say that a file was made again from source. A key has one vote, and none
// where it says both yes and no.
#pragma once

#include "attest/statement.hpp"
#include "attest/trusted_keys.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

/// A document that does not count, and why.
struct Uncounted {
  std::string file, why;
};

/// Statements at hand, by the file that they are about.
struct Statements {
  std::vector<Statement> all;
  std::multimap<Digest, std::size_t> by_digest;  ///< indices of `all`
  std::multimap<std::string, std::size_t> by_name;
  std::vector<Uncounted> unread;

  void add(Statement statement);
};

/// No file of statements is larger, in bytes.
constexpr std::size_t largest_statements = 16U << 20U;

/// Adds what `text` holds: one document, or one a line. What cannot be read is in `unread`.
void add_statements(Statements& statements, std::string_view text, const std::string& name);
/// Of a file, or of the files of a directory whose names begin so and end in .link, .json or .jsonl.
void add_statements_at(Statements& statements, const std::filesystem::path& place,
                       const std::string& begin = {});

struct Tally {
  std::map<std::string, std::string> for_it;      ///< names of keys, and the documents that say so
  std::map<std::string, std::string> against_it;  ///< of keys that say that it could not be made again
  std::vector<Uncounted> uncounted;
};

/// About the file of that name with that SHA-256. `withheld` are names or fingerprints of keys that do not
/// count. Throws UsageError for a withheld key that is none of `keys`.
Tally tally(const Statements& statements, const std::string& name, const Digest& sha256,
            const std::vector<TrustedKey>& keys, const std::set<std::string>& withheld, Time now);

}  // namespace gostrap
