#include "tlog/log_check.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"
#include "tlog/lookup.hpp"
#include "tlog/timeline.hpp"

#include <optional>
#include <utility>

namespace gostrap {
namespace {

Check not_possible(const std::string& why) {
  return {"log", Check::Result::not_possible, why, {}};
}

Check failed(const std::string& name, const Error& error) {
  Check check{name, Check::Result::failed, error.what(), {}};
  if (!error.next().empty()) check.details.push_back(error.next());
  return check;
}

std::optional<Checkpoint> known_tree(const KeptCheckpoints& kept) {
  try {
    return kept.latest();
  } catch (const Error&) {
    return std::nullopt;  // the check of the log's past tells
  }
}

std::string our_record(const LoggedModule& module) {
  return record_of(toolchain_module, module.version, module.hashes->zip, module.hashes->mod);
}

/// Throws NotShown and Error.
ShownRecord show(const LoggedModule& module, const LogEvidence& evidence, const KeptCheckpoints& kept) {
  if (evidence.proof) {
    return show_record(our_record(module), read_file(*evidence.proof, longest_log_file),
                       evidence.proof->string(), kept.key());
  }
  std::string why = evidence.why_none;
  for (const LogSource& source : evidence.sources) {
    try {
      return show_record({toolchain_module, module.version}, source, kept.key(), known_tree(kept));
    } catch (const NotShown& not_shown) {
      append(why, "; ", not_shown.why);
    }
  }
  throw NotShown{why};
}

Check held_against(const ShownRecord& shown, const LoggedModule& module, const LogKey& key) {
  Check check{"log", Check::Result::passed, "", {}};
  const std::string ours = our_record(module);
  const std::string theirs = lines_about(shown.text, toolchain_module, module.version);
  const std::string place = "record " + std::to_string(shown.index) + " of a tree of " +
                            std::to_string(shown.tree.head.size) + " signed by " + key.short_text();
  if (theirs == ours) {
    check.says = module.hashes->zip + " is " + place;
    check.details = {"by " + shown.from};
    return check;
  }
  check.result = module.signed_by_others ? Check::Result::not_possible : Check::Result::failed;
  check.says = module.signed_by_others
                   ? "not comparable: the published module carries Apple's signatures, and is " + place
                   : "the log has another module: " + place;
  if (!module.made_with.empty()) check.says += "; this one was made with " + module.made_with;
  for (const std::string_view line : lines_of(ours)) check.details.push_back("ours: " + std::string(line));
  for (const std::string_view line : lines_of(theirs)) check.details.push_back("log:  " + std::string(line));
  return check;
}

/// By the tiles of the first source that has what is needed.
TimelineFinding hold_against_kept(const Checkpoint& tree, const KeptCheckpoints& kept,
                                  const std::vector<LogSource>& sources) {
  const ReadLogFile nothing = [](const std::string&) { return std::optional<std::string>(); };
  TimelineFinding finding;
  std::string why;
  for (const LogSource& source : sources) {
    try {
      finding = hold_against_kept(tree, kept, source.read, source.place);
      if (finding.result != TimelineFinding::Result::not_shown) return finding;
      append(why, "; ", finding.says);
    } catch (const NotShown& not_shown) {
      append(why, "; ", not_shown.why);
    }
  }
  finding = hold_against_kept(tree, kept, nothing, "what is there");
  if (finding.result == TimelineFinding::Result::not_shown && !why.empty()) finding.says = why;
  return finding;
}

Check check_past(const Checkpoint& tree, const KeptCheckpoints& kept, const std::vector<LogSource>& sources) {
  Check check{"log's past", Check::Result::passed, "", {}};
  try {
    const TimelineFinding finding = hold_against_kept(tree, kept, sources);
    check.says = finding.says;
    if (finding.result == TimelineFinding::Result::not_shown) check.result = Check::Result::not_possible;
    if (finding.result == TimelineFinding::Result::forked) {
      check.result = Check::Result::failed;
      check.details = {"both are kept, to be shown to others: " + (finding.fork / "before").string() +
                       " and " + (finding.fork / "now").string()};
    }
  } catch (const Error& error) {
    if (!is_trouble_of_machine(error)) return failed(check.name, error);
    check.result = Check::Result::not_possible;
    check.says = std::string("the tree is not kept: ") + error.what();
  }
  if (check.result == Check::Result::failed) return check;
  for (const fs::path& each : kept.forks()) {
    check.details.push_back("a fork of this log was seen before: " + each.string());
  }
  return check;
}

}  // namespace

std::vector<Check> check_log(const LoggedModule& module, const LogEvidence& evidence,
                             const KeptCheckpoints& kept) {
  if (!module.hashes) return {not_possible(module.why_not)};
  try {
    const ShownRecord shown = show(module, evidence, kept);
    std::vector<Check> checks{held_against(shown, module, kept.key())};
    checks.push_back(check_past(shown.tree, kept, evidence.sources));
    for (const Checkpoint& each : shown.seen) {
      Check check = check_past(each, kept, evidence.sources);
      // one that lies behind is of interest where it does not agree
      if (check.result == Check::Result::failed) checks.push_back(std::move(check));
    }
    return checks;
  } catch (const NotShown& not_shown) {
    return {not_possible("not shown: " + not_shown.why)};
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    return {failed("log", error)};
  }
}

bool tells_fork(const Check& check) {
  return check.result == Check::Result::failed && check.says.starts_with(fork_word);
}

}  // namespace gostrap
