// gostrap prune: what may go from the store, and with --apply its going.
#include "store/prune.hpp"

#include "cli/common_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <sstream>

namespace gostrap {
namespace {

/// "30d", "12h", "2w"
std::chrono::seconds age_in(const std::string& text) {
  constexpr std::array units{std::pair{'s', 1L}, std::pair{'m', 60L}, std::pair{'h', 3600L},
                             std::pair{'d', 86'400L}, std::pair{'w', 604'800L}};
  const std::string digits = text.substr(0, text.size() - (text.empty() ? 0 : 1));
  if (!digits.empty() && digits.size() <= 6 && digits.find_first_not_of("0123456789") == std::string::npos) {
    for (const auto& [unit, seconds] : units) {
      if (text.back() == unit) return std::chrono::seconds(std::stol(digits) * seconds);
    }
  }
  throw UsageError("--older-than takes a number and a unit (s, m, h, d, w), such as 30d, not \"" + text +
                   "\"");
}

struct PruneWords {
  CommonWords common;
  std::optional<std::uint64_t> keep;
  std::optional<std::string> older_than;
  bool apply = false;

  void declare(Options& options) {
    common.declare(options);
    options.add("keep",
                "how many stay of each kind, port, release and profile, the newest (default: 1; 0 with "
                "--older-than)",
                "N", keep);
    options.add("older-than", "what is younger stays, such as 30d, 12h or 2w", "AGE", older_than);
    options.add("apply", "remove it", apply);
  }
};

PruneOptions options_in(const PruneWords& words) {
  PruneOptions options;
  if (words.older_than) {
    options.older_than = age_in(*words.older_than);
    options.keep = 0;
  }
  if (words.keep) options.keep = static_cast<unsigned>(std::min<std::uint64_t>(*words.keep, 1'000'000));
  return options;
}

Json to_json(const std::vector<PrunePlan::Kept>& kept) {
  Json json = Json::array();
  for (const PrunePlan::Kept& each : kept) {
    json.push_back(to_json(each.entry));
    json.back()["why"] = each.why;
  }
  return json;
}

Json to_json(const std::vector<fs::path>& paths) {
  Json json = Json::array();
  for (const fs::path& path : paths) json.push_back(path.string());
  return json;
}

void print(const char* what, const StoreEntry& entry, const std::string& more) {
  std::string left = what + on_one_line(entry.what());
  left.resize(std::max<std::size_t>(left.size() + 1, 48), ' ');
  std::cout << left << on_one_line(more) << "  " << exact(entry.path.string()) << "\n";
}

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void print_document(const PrunePlan& plan, const std::optional<Pruned>& pruned) {
  Json json = Json::object();
  json["applied"] = pruned.has_value();
  json["removed"] = Json::array();
  for (const StoreEntry& entry : pruned ? pruned->removed : plan.entries)
    json["removed"].push_back(to_json(entry));
  std::vector<PrunePlan::Kept> kept = plan.kept;
  if (pruned) kept.insert(kept.end(), pruned->left.begin(), pruned->left.end());
  json["kept"] = to_json(kept);
  json["unknown"] = to_json(plan.unknown);
  json["files"] = to_json(plan.remains);
  json["deadRoots"] = to_json(plan.dead_roots);
  json["freed"] = pruned ? pruned->freed : plan.frees;
  print_json(json);
}

ExitCode prune_store(const PruneWords& words) {
  const Store store = words.common.store();
  const PrunePlan plan = plan_prune(store, options_in(words), std::chrono::system_clock::now());
  std::optional<Pruned> pruned;
  if (words.apply && fs::is_directory(store.root())) {
    const auto watcher = words.common.progress();
    pruned = prune(store, plan, *watcher->begin({}));
  }
  if (words.common.json) {
    print_document(plan, pruned);
    return ExitCode::done;
  }
  for (const StoreEntry& entry : pruned ? pruned->removed : plan.entries)
    print(pruned ? "removed   " : "would go  ", entry, utc_text(entry.made));
  for (const PrunePlan::Kept& kept : plan.kept) print("stays     ", kept.entry, "(" + kept.why + ")");
  if (pruned) {
    for (const PrunePlan::Kept& left : pruned->left) print("stays     ", left.entry, "(" + left.why + ")");
  }
  for (const fs::path& path : plan.unknown)
    std::cout << "stays     (no readable provenance: not known what it is)  " << exact(path.string()) << "\n";
  const std::string beside = plural(plan.remains.size(), "file", "files") +
                             " left of entries that were removed, " +
                             plural(plan.dead_roots.size(), "dead root", "dead roots");
  if (pruned) {
    std::cout << plural(pruned->removed.size(), "entry", "entries") << " removed, "
              << amount_text(pruned->freed, 0, "bytes") << " freed; and " << beside << "\n";
  } else if (plan.entries.empty() && plan.remains.empty() && plan.dead_roots.empty()) {
    std::cout << "There is nothing to remove.\n";
  } else {
    std::cout << plural(plan.entries.size(), "entry", "entries") << " would go, which frees "
              << amount_text(plan.frees, 0, "bytes") << "; and " << beside
              << ". Nothing was changed: --apply does it.\n";
  }
  return ExitCode::done;
}

}  // namespace

const Verb prune_verb{
    .name = "prune",
    .arguments = "[OPTIONS]",
    .summary = "remove from the store what no root leads to and nobody uses",
    .help =
        "Says what may go from the store and how much disk that frees; --apply removes it. Without options\n"
        "that is what a newer entry of the same kind, port, release and profile replaces. What a root leads "
        "to "
        "stays\n"
        "(`gostrap build PORT --root LINK` makes one; remove LINK to give it up), and what a running "
        "gostrap\n"
        "makes or uses. Logs, provenance and locks that were left of removed entries go too.\n",
    .examples = {{{"gostrap prune --older-than 30d", "what may go, and what that frees"},
                  {"gostrap prune --apply", "remove what a newer entry replaces"}}},
    .bind = bind<PruneWords, prune_store>,
};

}  // namespace gostrap
