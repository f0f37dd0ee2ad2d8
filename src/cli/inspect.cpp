// gostrap inspect: what a program says of itself, and whether that is what was asked for.
#include "cli/advisories.hpp"
#include "cli/common_words.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "program/expectations.hpp"
#include "program/linked.hpp"
#include "program/read_program.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

constexpr std::size_t largest_program = std::size_t{2} << 30U;
constexpr std::size_t longest_line = std::size_t{1} << 20U;  // of sections there may be thousands

std::vector<std::string> split_at_commas(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) {
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find(',', start), text.size());
      if (end > start) words.push_back(text.substr(start, end - start));
      start = end + 1;
    }
  }
  return words;
}

void print_words(const ProgramFacts& facts, std::uint64_t size, const std::vector<LinkedPart>& linked) {
  const auto line = [](const std::string& name, const std::string& value) {
    std::cout << name << std::string(14 - name.size(), ' ') << on_one_line(value, longest_line) << "\n";
  };
  line("format", facts.format + ", " + std::to_string(size) + " bytes");
  line("port", (facts.goos.empty() ? "?" : facts.goos) + "/" + (facts.goarch.empty() ? "?" : facts.goarch));
  line("linkage", facts.is_static()
                      ? std::string("static") + (facts.position_independent ? ", position independent" : "")
                      : "dynamic" + (facts.interpreter.empty() ? "" : ", by " + facts.interpreter));
  if (!facts.needed.empty()) line("needs", join(facts.needed, ", "));
  if (!facts.host_modules.empty()) line("host gives", join(facts.host_modules, ", "));
  line("debug", facts.debug ? "DWARF" : "none");
  line("symbols", facts.symbols ? "yes" : "none");
  std::vector<std::string> sections;
  for (const ProgramSection& section : facts.sections) {
    if (!section.name.empty()) sections.push_back(section.name + " " + std::to_string(section.size));
  }
  line("sections", join(sections, ", "));
  if (const std::string level = facts.level(); !level.empty()) {
    const std::size_t equals = level.find('=');
    const std::string why = why_no_such_level(level.substr(0, equals), level.substr(equals + 1));
    line("level", level + (why.empty() ? "" : ", but " + why));
  }
  for (const LinkedPart& part : linked) {
    line("linked in", part.name + ": " + part.what + (part.source.empty() ? "" : ", " + part.source) + " (" +
                          join(part.shown_by, ", ") + ")");
  }
  if (!facts.build) return line("build info", facts.no_build);
  line("go", facts.build->go_version);
  std::cout << text(*facts.build);
}

struct InspectWords {
  CommonWords common;
  std::vector<std::string> expect;
  AdvisoryWords advisories;

  void declare(Options& options) {
    common.declare(options);
    advisories.declare(options);
    options.add("expect", "what must be so (repeatable)", "WORD,…", expect);
  }
};

/// Nothing where no database is named.
std::optional<ProgramMatches> matches_of(const ProgramFacts& facts, const InspectWords& words) {
  std::optional<AdvisoryDatabase> database = words.advisories.open(words.common);
  if (!database) return std::nullopt;
  const std::vector<Advisory> advisories =
      facts.build ? database->about(modules_of(*facts.build)) : std::vector<Advisory>();
  words.advisories.tell_skipped(*database);
  ProgramMatches matches = matches_of_program(advisories, facts);
  if (!matches.knows_go && !words.advisories.fail_on.empty()) {
    throw Error("say whether there are advisories", matches.not_known.front(),
                "Without --fail-on it is told what can be.");
  }
  return matches;
}

void print(const ProgramMatches& matches) {
  for (const AdvisoryMatch& match : matches.found) {
    const bool of_go = match.module == stdlib_module;
    std::cout << "advisory      "
              << on_one_line(of_go ? "go" + match.version : match.module + " " + match.version) << " "
              << in_a_line(match) << "\n";
  }
  for (const std::string& each : matches.not_known)
    std::cout << "not looked up " << on_one_line(each) << "\n";
  if (matches.found.empty()) std::cout << "no advisories of what was looked up\n";
}

ExitCode inspect(const InspectWords& words) {
  const fs::path file = words.common.arguments.one("program");
  const std::string bytes = read_file(file, largest_program);
  const ProgramFacts facts = read_program(bytes, file.string());
  if (facts.cut_short) throw Error("read the program " + file.string(), "it leads outside of itself");
  const std::vector<LinkedPart> linked = linked_parts(facts, bytes);
  const std::optional<ProgramMatches> matches = matches_of(facts, words);
  const std::vector<std::string> expected = split_at_commas(words.expect);
  const std::vector<std::string> unmet = unmet_expectations(facts, expected);
  if (words.common.json) {
    Json json = to_json(facts);
    json["file"] = file.string();
    json["size"] = bytes.size();
    json["linkedIn"] = Json::array();
    for (const LinkedPart& part : linked) json["linkedIn"].push_back(to_json(part));
    if (matches) {
      json["advisories"] = to_json(matches->found);
      json["notLookedUp"] = matches->not_known;
    }
    json["unmet"] = unmet;
    print_json(json);
  } else {
    print_words(facts, bytes.size(), linked);
    if (matches) print(*matches);
    std::vector<std::string> met;
    for (const std::string& word : expected) {
      if (unmet_expectations(facts, {word}).empty()) met.push_back(word);
    }
    if (!met.empty()) std::cout << "as expected   " << on_one_line(join(met, ", "), longest_line) << "\n";
    for (const std::string& each : unmet) std::cout << "NOT " << on_one_line(each) << "\n";
  }
  const bool fails = matches && words.advisories.fails(matches->found);
  return unmet.empty() && !fails ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb inspect_verb{
    .name = "inspect",
    .arguments = "FILE [--expect WORD,…] [OPTIONS]",
    .summary = "say how a program is linked and what it was built with",
    .help =
        "Reads an ELF, PE, Mach-O or WebAssembly program: linkage, libraries, sections, debug "
        "information, and Go's\n"
        "build information; and what it has linked in that no compiler made (a race detector's runtime, "
        "BoringCrypto,\n"
        "a frozen FIPS module, time zones). With --expect the exit code is 1 where it is not so: static, "
        "dynamic, "
        "stripped, symbols,\n"
        "debug, no-debug, pie, no-pie, trimmed, cgo, no-cgo, glibc, musl, go, interpreter=PATH, "
        "needs=LIBRARY, a port, a Go version (go1.24.4), a "
        "setting (GOAMD64=v3).\n"
        "With --advisories Go's vulnerability database is asked about its Go and its modules; whether it "
        "ever\n"
        "reaches the code in question is not looked at.\n",
    .brief = "FILE",
    .examples = {{{"gostrap inspect server --expect static,stripped,trimmed,linux/arm64",
                   "exit code 1 where it is not so"}}},
    .bind = bind<InspectWords, inspect>,
};

}  // namespace gostrap
