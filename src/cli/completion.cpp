#include "cli/completion.hpp"

#include "cli/argument_slots.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace gostrap {
namespace {

std::string longest_name(const KnownOption& option) {
  return option.names.empty() ? option.letter : option.names.front();
}

std::string dashed_name(const KnownOption& option) {
  return option.names.empty() ? "-" + option.letter : "--" + option.names.front();
}

const Verb* find(const std::vector<const Verb*>& verbs, const std::string& word) {
  const auto found =
      std::find_if(verbs.begin(), verbs.end(), [&](const Verb* verb) { return verb->last_word() == word; });
  return found == verbs.end() ? nullptr : *found;
}

std::vector<Candidate> names_of(const std::vector<const Verb*>& verbs) {
  std::vector<Candidate> names;
  for (const Verb* const verb : verbs) {
    if (verb->group != VerbGroup::hidden) names.push_back({verb->last_word(), verb->one_line()});
  }
  return names;
}

/// The words after the verb, as far as they are complete.
class Reader {
 public:
  Reader(const Verb& verb, std::vector<KnownOption> options) : options_(std::move(options)) {
    line_.verb = verb.name;
  }

  void read(const std::string& word) {
    if (pending_ != nullptr) {
      line_.values[longest_name(*pending_)] = word;
      pending_ = nullptr;
    } else if (!only_arguments_ && word == "--") {
      only_arguments_ = true;
    } else if (!only_arguments_ && word.size() > 1 && word.front() == '-') {
      read_option(word);
    } else {
      line_.arguments.push_back(word);
    }
  }

  const LineSoFar& line() const { return line_; }
  const KnownOption* pending() const { return pending_; }  ///< an option whose value comes next
  bool only_arguments() const { return only_arguments_; }

  /// The option that a word such as "--store=/x" or "-j4" gives a value to.
  struct WithValue {
    const KnownOption* option;
    std::string prefix;  ///< "--store=", "-j"
  };
  std::optional<WithValue> with_value(const std::string& word) const {
    if (word.starts_with("--")) {
      const std::size_t equals = word.find('=');
      if (equals == std::string::npos) return std::nullopt;
      const KnownOption* const option = named(word.substr(2, equals - 2));
      if (option == nullptr || !option->takes_value()) return std::nullopt;
      return WithValue{option, word.substr(0, equals + 1)};
    }
    const KnownOption* const option = word.size() > 2 ? lettered(word[1]) : nullptr;
    if (option == nullptr || !option->takes_value()) return std::nullopt;
    return WithValue{option, word.substr(0, 2)};
  }

  /// Those that can still be given.
  std::vector<Candidate> options_for(const std::string& typed) const {
    std::vector<Candidate> candidates;
    for (const KnownOption& option : options_) {
      if (!option.repeats && given_.contains(longest_name(option))) continue;
      candidates.push_back({dashed_name(option), option.help});
      if (typed == "-" && !option.letter.empty() && !option.names.empty())
        candidates.push_back({"-" + option.letter, option.help});
    }
    return candidates;
  }

 private:
  const KnownOption* named(const std::string& name) const {
    const auto found = std::find_if(options_.begin(), options_.end(), [&](const KnownOption& option) {
      return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
    });
    return found == options_.end() ? nullptr : &*found;
  }

  const KnownOption* lettered(char letter) const {
    const auto found = std::find_if(options_.begin(), options_.end(), [&](const KnownOption& option) {
      return option.letter == std::string(1, letter);
    });
    return found == options_.end() ? nullptr : &*found;
  }

  void read_option(const std::string& word) {
    if (const auto both = with_value(word)) {
      given_.insert(longest_name(*both->option));
      line_.values[longest_name(*both->option)] = word.substr(both->prefix.size());
      return;
    }
    const KnownOption* const option = word.starts_with("--") ? named(word.substr(2)) : lettered(word[1]);
    if (option == nullptr) return;
    given_.insert(longest_name(*option));
    if (option->takes_value()) pending_ = option;
  }

  std::vector<KnownOption> options_;
  LineSoFar line_;
  std::set<std::string> given_;
  const KnownOption* pending_ = nullptr;
  bool only_arguments_ = false;
};

/// Collects what fits what is typed.
class Collector {
 public:
  Collector(std::string prefix, std::string typed) : typed_(std::move(typed)) {
    completion_.prefix = std::move(prefix);
  }

  void add(const std::vector<Candidate>& candidates) {
    for (const Candidate& each : candidates) {
      const bool is_new = seen_.insert(each.word).second;
      if (is_new && each.word.starts_with(typed_))
        completion_.candidates.push_back({completion_.prefix + each.word, each.what});
    }
  }
  void add(Files files) {
    if (completion_.files != Files::any) completion_.files = files;
  }

  bool found() const { return !completion_.candidates.empty(); }
  const std::string& typed() const { return typed_; }
  Completion take() { return std::move(completion_); }

 private:
  std::string typed_;
  std::set<std::string> seen_;
  Completion completion_;
};

std::vector<Candidate> of_verbs(const std::vector<const Verb*>& verbs, ValueKind kind,
                                const LineSoFar& line) {
  if (kind == ValueKind::verb) return names_of(verbs);
  const Verb* const verb = line.arguments.empty() ? nullptr : find(verbs, line.arguments.front());
  return verb == nullptr ? std::vector<Candidate>{} : names_of(verb->all_parts());
}

bool is_entry(ValueKind kind) {
  return kind >= ValueKind::any_entry && kind <= ValueKind::archives_entry;
}

void add_value(Collector& collector, const Value& value, const std::vector<const Verb*>& verbs,
               const LineSoFar& line, const KnownCandidates& known) {
  for (const ValueKind kind : value.kinds) {
    switch (kind) {
      case ValueKind::free:
        break;
      case ValueKind::file:
        collector.add(Files::any);
        break;
      case ValueKind::directory:
        collector.add(Files::directories);
        break;
      case ValueKind::words:
        for (const std::string& word : value.words) collector.add({{word, ""}});
        break;
      case ValueKind::verb:
      case ValueKind::part:
        collector.add(of_verbs(verbs, kind, line));
        break;
      default:
        collector.add(known(kind, line, collector.typed()));
        // an entry that is begun is a directory too, which the shell would offer again
        if (is_entry(kind) && !collector.typed().empty() && collector.found()) return;
    }
  }
}

Completion only(const std::vector<Candidate>& candidates, const std::string& typed) {
  Collector collector("", typed);
  collector.add(candidates);
  return collector.take();
}

const std::vector<Candidate>& help_itself() {
  static const std::vector<Candidate> help{{"--help", "show this"}};
  return help;
}

}  // namespace

Completion complete(const std::vector<const Verb*>& verbs, const std::vector<std::string>& words,
                    const KnownCandidates& known) {
  const std::string& typed = words.back();
  if (words.size() == 1) {
    if (typed.starts_with('-'))
      return only({{"--help", "show all verbs"}, {"--version", "which gostrap this is"}}, typed);
    return only(names_of(verbs), typed);
  }
  const Verb* verb = find(verbs, words.front());
  if (verb == nullptr) return {};
  std::size_t next = 1;
  if (!verb->all_parts().empty()) {
    if (words.size() == 2)
      return only(typed.starts_with('-') ? help_itself() : names_of(verb->all_parts()), typed);
    verb = find(verb->all_parts(), words[next++]);
    if (verb == nullptr) return {};
  }
  const bool runs_a_command = std::string(verb->arguments).find(" -- ") != std::string::npos;
  Reader reader(*verb, options_of(*verb));
  for (; next + 1 < words.size(); ++next) {
    reader.read(words[next]);
    if (runs_a_command && reader.only_arguments()) {
      Completion completion;
      completion.command = next + 1;
      return completion;
    }
  }
  if (reader.pending() != nullptr) {
    Collector collector("", typed);
    const KnownOption& option = *reader.pending();
    add_value(collector, value_of(option.placeholder, dashed_name(option)), verbs, reader.line(), known);
    return collector.take();
  }
  if (!reader.only_arguments() && typed.starts_with('-')) {
    const auto both = reader.with_value(typed);
    if (!both) return only(reader.options_for(typed), typed);
    Collector collector(both->prefix, typed.substr(both->prefix.size()));
    add_value(collector, value_of(both->option->placeholder, dashed_name(*both->option)), verbs,
              reader.line(), known);
    return collector.take();
  }
  const auto slots = slots_at(argument_slots(verb->arguments), reader.line().arguments.size());
  if (slots.empty() && !reader.only_arguments()) return only(reader.options_for(typed), typed);
  Collector collector("", typed);
  for (const ArgumentSlot& slot : slots) {
    for (const std::string& placeholder : slot.placeholders)
      add_value(collector, value_of(placeholder, verb->name), verbs, reader.line(), known);
  }
  return collector.take();
}

}  // namespace gostrap
