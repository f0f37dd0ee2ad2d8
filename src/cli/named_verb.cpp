#include "cli/named_verb.hpp"

#include "cli/verbs.hpp"
#include "release/port.hpp"
#include "release/releases.hpp"
#include "support/error.hpp"

#include <optional>

namespace gostrap {

namespace {

bool is_port(const std::string& word) {
  try {
    return Releases::load({}).default_release().has(parse_port(word));
  } catch (const UsageError&) {
    return false;
  }
}

}  // namespace

void refuse_verb(const std::string& word) {
  if (word.starts_with('-')) {
    throw UsageError(
        "gostrap itself has no option " + word.substr(0, word.find('=')) + ", only --help and --version",
        "Options of a verb follow it: gostrap list --json. `gostrap --help` lists the verbs.");
  }
  if (is_port(word)) {
    throw UsageError("there is no verb \"" + word + "\": that is a port",
                     "Such as: gostrap build " + word + ", or: gostrap exec " + word + " -- go build .");
  }
  std::vector<std::string> names;
  for (const Verb* const verb : verbs()) {
    if (verb->group != VerbGroup::hidden) names.emplace_back(verb->name);
  }
  // exec is what others call run
  const std::optional<std::string> near = word == "run" ? "exec" : nearest(word, names);
  throw UsageError("there is no verb \"" + word + "\"" + (near ? ", did you mean " + *near + "?" : ""),
                   "`gostrap --help` lists them.");
}

const Verb& named_verb(const std::vector<std::string>& words) {
  const Verb* named = nullptr;
  for (const Verb* const verb : verbs()) {
    if (words[0] == verb->name) named = verb;
  }
  if (named == nullptr) refuse_verb(words[0]);
  if (words.size() == 1) return *named;
  for (const Verb* const part : named->all_parts()) {
    if (words[1] == part->last_word()) return *part;
  }
  throw UsageError("there is no `" + words[0] + " " + words[1] + "`",
                   "`gostrap help " + words[0] + "` says what there is.");
}

}  // namespace gostrap
