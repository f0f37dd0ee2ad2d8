// gostrap release audit: others' pins held against ours.
#include "cli/common_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "release/audit.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

using Result = AuditedPin::Result;

struct AuditWords {
  CommonWords common;

  void declare(Options& options) { common.declare(options); }
};

Json to_json(const AuditedPin& pin) {
  Json json = Json::object();
  json["line"] = pin.line;
  json["file"] = pin.file;
  json["theirs"] = hex(pin.theirs);
  if (pin.ours) json["ours"] = hex(*pin.ours);
  if (!pin.is_of.empty()) json["isOf"] = pin.is_of;
  json["result"] = text(pin.result);
  return json;
}

void print(const std::vector<AuditedPin>& pins, const std::string& file) {
  for (const AuditedPin& pin : pins) {
    if (pin.result == Result::agrees) continue;
    std::cout << text(pin.result) << "  " << exact(file) << ":" << pin.line << "  " << on_one_line(pin.file)
              << " " << hex(pin.theirs) << (pin.ours ? ", and here " + hex(*pin.ours) : "")
              << (pin.is_of.empty() ? "" : ": that of " + pin.is_of) << "\n";
  }
  const auto count = [&](Result result) {
    return std::to_string(
        std::count_if(pins.begin(), pins.end(), [&](const AuditedPin& pin) { return pin.result == result; }));
  };
  std::cout << pins.size() << " pins of Go's files: " << count(Result::agrees) << " agree, "
            << count(Result::differs) << " differ, " << count(Result::unknown) << " are not known here\n";
}

ExitCode audit_file(const AuditWords& words) {
  const std::string file = words.common.arguments.one("file with others' pins");
  constexpr std::size_t most = std::size_t{64} << 20U;
  const std::vector<AuditedPin> pins = audited_pins(read_file(file, most), words.common.releases());
  if (pins.empty()) {
    throw Error("audit " + file, "it has no SHA-256 of a file of Go's",
                "What counts is a name such as go1.24.4.src.tar.gz, or a version, and a hash.");
  }
  if (words.common.json) {
    Json json = Json::array();
    for (const AuditedPin& pin : pins) json.push_back(to_json(pin));
    print_json(json);
  } else {
    print(pins, file);
  }
  const bool differs = std::any_of(pins.begin(), pins.end(),
                                   [](const AuditedPin& pin) { return pin.result == Result::differs; });
  return differs ? ExitCode::difference : ExitCode::done;
}

}  // namespace

const Verb release_audit_verb{
    .name = "release audit",
    .arguments = "FILE [OPTIONS]",
    .summary = nullptr,
    .help =
        "Holds others' pins of Go's files against ours: go.dev's index, a recipe of nixpkgs or conda, the "
        "manifest\n"
        "of an overlay, what sha256sum writes, or any text with names of files and their SHA-256 "
        "(hexadecimal, "
        "SRI\n"
        "or Nix' base 32). Tells those that differ or are not known here; exit code 1 where one differs.\n",
    .group = VerbGroup::part_of_another,
    .brief = "FILE",
    .examples = {{{"gostrap release audit dl.json", "go.dev's index, as saved"}}},
    .bind = bind<AuditWords, audit_file>,
};

}  // namespace gostrap
