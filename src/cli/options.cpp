#include "cli/options.hpp"

#include "cli/argument_slots.hpp"
#include "cli/mistaken_words.hpp"
#include "support/error.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"

// a path may have commas in it, and so may a profile
#define CXXOPTS_VECTOR_DELIMITER '\0'
// Where cxxopts was built with ICU (nixpkgs), it would have UnicodeString made from bool and have ranges of
// it. Help is measured in bytes wherever gostrap is built.
#undef CXXOPTS_USE_UNICODE
#include <cxxopts.hpp>

#include <algorithm>
#include <sstream>
#include <utility>

namespace gostrap {

namespace {

std::uint64_t number_in(const std::string& option, const std::string& text) {
  std::uint64_t number = 0;
  std::istringstream stream(text);
  if (!(stream >> number) || !stream.eof() || text.front() == '-') {
    throw UsageError("--" + option + " takes a number, not \"" + text + "\"");
  }
  return number;
}

/// "60" or "0.5", in seconds
std::chrono::milliseconds time_in(const std::string& option, const std::string& text) {
  double seconds = 0;
  std::istringstream stream(text);
  if (!(stream >> seconds) || !stream.eof() || !(seconds >= 0.001 && seconds <= 86'400)) {
    throw UsageError("--" + option + " takes a number of seconds, not \"" + text + "\"");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

/// What cxxopts calls an option in a result: its long name where it has one.
std::string option_key(const std::string& names) {
  return names.substr(names.find(',') + 1);
}

}  // namespace

const std::string& Arguments::one(const std::string& what) const {
  if (words.size() != 1) {
    throw UsageError("it needs exactly one " + what + ", and was given " + std::to_string(words.size()),
                     "Usage: " + usage);
  }
  return words.front();
}

void Arguments::require(const std::string& what) const {
  if (words.empty()) throw UsageError("it needs at least one " + what, "Usage: " + usage);
}

struct Options::Parser {
  /// Puts what was given where it belongs; called only for what was given.
  using Take = std::function<void(const std::vector<std::string>& values)>;

  Parser(std::string verb_name, const std::string& arguments, const std::string& text)
      : options("gostrap", text),
        verb(std::move(verb_name)),
        usage("gostrap " + verb + " " + arguments),
        most(most_arguments(argument_slots(arguments))) {
    options.custom_help(verb + " " + arguments);
    options.set_width(100);
  }

  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           bool is_repeated, Take take) {
    if (placeholder.empty()) {
      options.add_options()(names, help);
    } else {
      // as several also where only the last counts: cxxopts then keeps every one as it was given
      options.add_options()(names, help, cxxopts::value<std::vector<std::string>>(), placeholder);
    }
    const std::string key = option_key(names);
    if (is_repeated) repeated.push_back(key);
    takes.emplace_back(key, std::move(take));
  }

  void refuse_surplus(const std::vector<std::string>& words) const {
    if (!most || words.size() <= *most) return;
    const std::string limit = *most == 0 ? "no arguments" : counted(*most, "argument");
    std::string next = "Usage: " + usage;
    if (command != nullptr && !*command) {
      std::string line = "gostrap " + verb;
      for (std::size_t i = 0; i < words.size(); ++i) line += (i == *most ? " -- " : " ") + as_word(words[i]);
      next += ": what is to run comes after `--`, such as " + line;
    }
    throw UsageError(verb + " takes " + limit + ", and \"" + words[*most] + "\" is one too many", next);
  }

  cxxopts::Options options;
  std::string verb, usage;
  std::optional<std::size_t> most;  ///< words that are no options
  std::vector<std::string> repeated;
  std::vector<std::pair<std::string, Take>> takes;
  std::vector<std::function<void()>> checks;
  std::optional<std::vector<std::string>>* command = nullptr;
};

Options::Options(const std::string& verb, const std::string& usage, const std::string& text)
    : parser_(std::make_unique<Parser>(verb, usage, text)) {}

Options::~Options() = default;

void Options::add(const std::string& names, const std::string& help, bool& given) {
  parser_->add(names, help, "", false,
               [&given](const auto& values) { cxxopts::values::parse_value(values.back(), given); });
}

void Options::add(const std::string& names, const std::string& help, const std::string& placeholder,
                  std::optional<std::string>& text) {
  parser_->add(names, help, placeholder, false, [&text](const auto& values) { text = values.back(); });
}

void Options::add(const std::string& names, const std::string& help, const std::string& placeholder,
                  std::optional<std::filesystem::path>& path) {
  parser_->add(names, help, placeholder, false, [&path](const auto& values) { path = values.back(); });
}

void Options::add(const std::string& names, const std::string& help, const std::string& placeholder,
                  std::optional<std::uint64_t>& number) {
  parser_->add(names, help, placeholder, false, [&number, name = option_key(names)](const auto& values) {
    number = number_in(name, values.back());
  });
}

void Options::add(const std::string& names, const std::string& help, const std::string& placeholder,
                  std::optional<std::chrono::milliseconds>& time) {
  parser_->add(names, help, placeholder, false, [&time, name = option_key(names)](const auto& values) {
    time = time_in(name, values.back());
  });
}

void Options::add(const std::string& names, const std::string& help, const std::string& placeholder,
                  std::vector<std::string>& texts) {
  parser_->add(names, help, placeholder, true, [&texts](const auto& values) { texts = values; });
}

void Options::add_help() {
  parser_->options.add_options()("h,help", "show this");
}

void Options::add_arguments(Arguments& arguments) {
  arguments.usage = parser_->usage;
  parser_->options.add_options()("arguments", "", cxxopts::value<std::vector<std::string>>());
  parser_->options.parse_positional({"arguments"});
  parser_->options.positional_help("");
  parser_->takes.emplace_back("arguments", [&arguments](const auto& values) { arguments.words = values; });
}

void Options::add_command(std::optional<std::vector<std::string>>& command) {
  parser_->command = &command;
}

void Options::check(std::function<void()> check) {
  parser_->checks.push_back(std::move(check));
}

const std::string& Options::usage() const {
  return parser_->usage;
}

std::vector<KnownOption> Options::known() const {
  std::vector<KnownOption> known;
  const auto& repeated = parser_->repeated;
  for (const std::string& group : parser_->options.groups()) {
    for (const cxxopts::HelpOptionDetails& each : parser_->options.group_help(group).options) {
      if (each.l == cxxopts::OptionNames{"arguments"}) continue;
      const std::string& key = each.l.empty() ? each.s : each.l.front();
      const bool repeats = std::find(repeated.begin(), repeated.end(), key) != repeated.end();
      known.push_back({each.s, each.l, each.is_boolean ? "" : each.arg_help, each.desc, repeats});
    }
  }
  return known;
}

bool Options::parse(const std::vector<std::string>& all) {
  std::vector<std::string> words = all;
  if (parser_->command != nullptr) {
    const auto separator = std::find(words.begin(), words.end(), "--");
    if (separator != words.end()) *parser_->command = {separator + 1, words.end()};
    words.erase(separator, words.end());
  }
  if (const auto mistaken = mistaken_option(words, known(), parser_->verb)) throw UsageError(*mistaken);
  std::vector<const char*> argv{"gostrap"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  cxxopts::ParseResult result;
  try {
    result = parser_->options.parse(static_cast<int>(argv.size()), argv.data());
  } catch (const cxxopts::exceptions::exception& error) {
    throw UsageError(std::string("cannot understand the command line: ") + error.what(),
                     "`gostrap " + parser_->verb + " --help` shows the options.");
  }
  if (result.count("help") > 0) return false;
  for (const auto& [key, take] : parser_->takes) {
    std::vector<std::string> values;
    // as it was given: cxxopts itself would take one text with commas for several
    for (const cxxopts::KeyValue& each : result.arguments()) {
      if (each.key() == key) values.push_back(each.value());
    }
    if (key == "arguments") parser_->refuse_surplus(values);
    if (!values.empty()) take(values);
  }
  for (const auto& check : parser_->checks) check();
  return true;
}

std::string Options::help() const {
  return parser_->options.help();
}

}  // namespace gostrap
