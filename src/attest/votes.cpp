#include "attest/votes.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace fs = std::filesystem;
namespace {

/// Which of the keys has signed it; nullptr where none has.
const TrustedKey* signer_of(const Statement& statement, const std::vector<TrustedKey>& keys,
                            const std::set<std::string>& done) {
  for (const TrustedKey& each : keys) {
    if (!done.contains(each.key.raw()) && statement.signed_by(each.key)) return &each;
  }
  return nullptr;
}

bool is_named(const TrustedKey& key, const std::string& word) {
  return key.name == word || key.key.fingerprint() == word;
}

}  // namespace

void Statements::add(Statement statement) {
  for (const StatedFile& each : statement.about) {
    by_digest.emplace(each.sha256, all.size());
    by_name.emplace(each.name, all.size());
  }
  all.push_back(std::move(statement));
}

void add_statements(Statements& statements, std::string_view text, const std::string& name) {
  const auto add = [&](std::string_view document, const std::string& place) {
    try {
      statements.add(read_statement(document, place));
    } catch (const Error& error) {
      statements.unread.push_back({place, error.what()});
    }
  };
  std::size_t number = 0, documents = 0;
  const auto is_document = [](std::string_view line) {
    return line.find_first_not_of(" \t\r") != std::string_view::npos;
  };
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("{") && line.find_last_not_of(" \t\r") != 0) ++documents;
  }
  // indented, one document has many lines, and only its first begins with a brace
  if (documents < 2) {
    add(text, name);
    return;
  }
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (is_document(line)) add(line, name + ":" + std::to_string(number));
  }
}

void add_statements_at(Statements& statements, const fs::path& place, const std::string& begin) {
  std::vector<fs::path> files;
  if (fs::is_directory(place)) {
    for (const auto& each : fs::directory_iterator(place)) {
      const std::string ending = each.path().extension().string();
      const bool document = ending == ".link" || ending == ".json" || ending == ".jsonl";
      if (document && each.path().filename().string().starts_with(begin)) files.push_back(each.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(place);
  }
  for (const fs::path& file : files) {
    std::string text;
    try {
      text = read_file(file, largest_statements);
    } catch (const Error& error) {
      statements.unread.push_back({file.string(), error.what()});
      continue;
    }
    add_statements(statements, text, file.string());
  }
}

Tally tally(const Statements& statements, const std::string& name, const Digest& sha256,
            const std::vector<TrustedKey>& keys, const std::set<std::string>& withheld, Time now) {
  for (const std::string& word : withheld) {
    if (std::none_of(keys.begin(), keys.end(), [&](const TrustedKey& key) { return is_named(key, word); }))
      throw UsageError("there is no key \"" + word + "\" to withhold");
  }
  Tally result;
  result.uncounted = statements.unread;
  std::set<std::size_t> about_it;
  const auto [begin, end] = statements.by_digest.equal_range(sha256);
  for (auto each = begin; each != end; ++each) about_it.insert(each->second);
  const auto [first, last] = statements.by_name.equal_range(name);
  for (auto each = first; each != last; ++each) {
    const Statement& statement = statements.all[each->second];
    if (!about_it.contains(each->second))
      result.uncounted.push_back({statement.file, "it is about other bytes of that name"});
  }
  for (const std::size_t index : about_it) {
    const Statement& statement = statements.all[index];
    bool counted = false;
    std::string why;
    // several keys may have signed one document
    std::set<std::string> done;
    while (const TrustedKey* const signer = signer_of(statement, keys, done)) {
      done.insert(signer->key.raw());
      const auto is_withheld = [&](const std::string& word) { return is_named(*signer, word); };
      why = signer->why_not(now);
      if (why.empty() && std::any_of(withheld.begin(), withheld.end(), is_withheld))
        why = "its key " + signer->name + " is withheld";
      if (!why.empty()) continue;
      auto& votes = statement.says == Statement::Says::reproduced ? result.for_it : result.against_it;
      counted = votes.emplace(signer->name, statement.file).second || counted;
      if (!counted) why = "its key " + signer->name + " has been counted";
    }
    if (done.empty()) why = "none of the keys has signed these bytes";
    if (!counted) result.uncounted.push_back({statement.file, why});
  }
  for (const auto& [key, file] : result.against_it) {
    const auto both = result.for_it.find(key);
    if (both == result.for_it.end()) continue;
    result.uncounted.push_back({both->second, "its key " + key + " says the contrary, too"});
    result.for_it.erase(both);
  }
  return result;
}

}  // namespace gostrap
