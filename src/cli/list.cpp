// gostrap list: what the store holds.
#include "cli/advisories.hpp"
#include "cli/common_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "store/roots.hpp"
#include "store/sizes.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace gostrap {
namespace {

std::string in_column(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

std::string what_it_is(const StoreEntry& entry) {
  std::string what = entry.what();
  if (!entry.profile.empty()) what += " " + entry.profile.text();
  if (!entry.profile.leaves_toolchain_alone()) what += " (not canonical)";
  if (entry.published) what += " (published)";
  // a tree of modules holds no programs, and go.sum vouches for what is in it
  if (entry.is_strangers() && entry.kind != Kind::modules) what += " (" + entry.whence() + ")";
  return on_one_line(what);
}

void print(const StoreEntry& entry, std::size_t width, const std::optional<Sizes>& sizes,
           const Roots& roots) {
  if (entry.kind == Kind::modules) tell_strangers(entry);
  std::cout << in_column(what_it_is(entry), width) << utc_text(entry.made) << "  ";
  if (sizes) {
    std::cout << in_column(amount_text(sizes->own, 0, "bytes") + " own", 14)
              << in_column(amount_text(sizes->shared, 0, "bytes") + " shared", 18);
  }
  if (roots.keeps(entry.entry)) {
    for (const fs::path& link : roots.links.at(entry.entry))
      std::cout << "root " << on_one_line(link.string()) << "  ";
  }
  std::cout << exact(entry.path.string()) << "\n";  // always the last word
}

Json to_json(const StoreEntry& entry, const std::optional<Sizes>& sizes, const Roots& roots,
             const Store& store) {
  Json json = to_json(entry);
  if (entry.kind != Kind::modules) {
    json["reference"] = entry.reference;
    json["profile"] = to_json(entry.profile);
    // of a stranger's nothing was shown
    json["canonical"] = entry.is_strangers() ? Json() : Json(entry.profile.leaves_toolchain_alone());
  }
  json["provenance"] = store.provenance_file(entry.entry).string();
  json["roots"] = Json::array();
  if (roots.keeps(entry.entry)) {
    for (const fs::path& link : roots.links.at(entry.entry)) json["roots"].push_back(link.string());
  }
  if (sizes) {
    json["own"] = sizes->own;
    json["shared"] = sizes->shared;
  }
  return json;
}

struct ListWords {
  CommonWords common;
  bool size = false;
  AdvisoryWords advisories;

  void declare(Options& options) {
    common.declare(options);
    advisories.declare(options);
    options.add("size",
                "what each takes on disk: its own, which goes with it, and what it shares with others", size);
  }
};

using MatchesByRelease = std::map<std::string, std::vector<AdvisoryMatch>>;

/// Of each release that an entry is of; nothing where no database is named.
std::optional<MatchesByRelease> matches_of(const std::vector<StoreEntry>& entries, const ListWords& words) {
  const std::optional<std::vector<Advisory>> advisories = words.advisories.of_go(words.common);
  if (!advisories) return std::nullopt;
  MatchesByRelease matches;
  for (const StoreEntry& entry : entries) {
    const std::optional<Version> version = parse_version(entry.release);
    if (version && !matches.contains(entry.release))
      matches[entry.release] = matches_of_release(*advisories, *version);
  }
  return matches;
}

void print(const MatchesByRelease& matches) {
  for (const auto& [release, all] : matches) {
    const std::vector<std::string> lines = of_release_in_short(all);
    std::cout << "go" << on_one_line(release) << ": " << (lines.empty() ? "no advisories" : join(lines, "; "))
              << "\n";
  }
}

ExitCode list(const ListWords& words) {
  const Store store = words.common.store();
  const Roots roots = read_roots(store);
  const std::vector<StoreEntry> entries = store.entries();
  const std::optional<MatchesByRelease> matches = matches_of(entries, words);
  std::size_t width = 36;
  for (const StoreEntry& entry : entries) width = std::max(width, what_it_is(entry).size() + 2);
  Json json = Json::array();
  SizeCounter all;
  for (const StoreEntry& entry : entries) {
    std::optional<Sizes> sizes;
    if (words.size) {
      sizes = sizes_of(entry.path);
      all.add(entry.path);
    }
    if (words.common.json) {
      json.push_back(to_json(entry, sizes, roots, store));
      if (matches && matches->contains(entry.release))
        json.back()["advisories"] = to_json(matches->at(entry.release));
    } else {
      print(entry, width, sizes, roots);
    }
  }
  if (words.common.json) {
    print_json(json);
  } else if (entries.empty()) {
    std::cerr << "The store at " << store.root().string() << " is empty: `gostrap build PORT` fills it.\n";
  } else if (words.size) {
    const Sizes sizes = all.sizes();
    std::cout << "all together " << amount_text(sizes.own + sizes.shared, 0, "bytes") << "\n";
  }
  if (!matches) return ExitCode::done;
  if (!words.common.json) print(*matches);
  const bool fails = std::any_of(matches->begin(), matches->end(),
                                 [&](const auto& each) { return words.advisories.fails(each.second); });
  return fails ? ExitCode::difference : ExitCode::done;
}

}  // namespace

const Verb list_verb{
    .name = "list",
    .arguments = "[OPTIONS]",
    .summary = "show what the store holds",
    .help =
        "Shows what the store holds, newest first, with the roots that keep it from prune. With "
        "--advisories also how many\n"
        "each release has in Go's vulnerability database (`gostrap outdated` names them); exit code 1 "
        "for --fail-on.\n",
    .examples = {{{"gostrap list --size", "what the store holds, and what each entry has to itself"}}},
    .bind = bind<ListWords, list>,
};

}  // namespace gostrap
