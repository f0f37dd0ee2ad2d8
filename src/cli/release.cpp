// gostrap release list, show and prove: what is pinned about Go versions.
#include "cli/common_words.hpp"
#include "cli/release_news.hpp"
#include "cli/release_port.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "release/releases.hpp"
#include "road/prove_source.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/text.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

struct PlainWords {
  CommonWords common;

  void declare(Options& options) { common.declare(options); }
};

ExitCode list_releases(const PlainWords& words) {
  const Releases releases = words.common.releases();
  const Version chosen = releases.default_release().version;
  if (words.common.json) {
    Json json = Json::array();
    for (const Version& version : releases.versions()) json.push_back(version.text());
    print_json(json);
    return ExitCode::done;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Release& release : releases.all()) {
    rows.push_back({release.version.text(), short_pin(release), "needs Go " + release.bootstrap.text(),
                    std::to_string(release.ports.size()) + " ports, " +
                        std::to_string(release.archives.size()) + " published archives" +
                        (release.version == chosen ? "  (default)" : "")});
  }
  std::cout << in_columns(rows);
  return ExitCode::done;
}

void print_ports(const std::vector<Port>& ports) {
  constexpr std::size_t columns = 100;
  std::string line = "  ports          ";
  for (const Port& port : ports) {
    if (line.size() + 1 + port.text().size() > columns) {
      std::cout << line << "\n";
      line.assign(17, ' ');
    }
    line += " " + port.text();
  }
  std::cout << line << "\n";
}

ExitCode show_release(const PlainWords& words) {
  const Releases releases = words.common.releases();
  if (words.common.arguments.words.size() == 2) {
    const Release& release = releases.get(words.common.arguments.words[0]);
    show_port(release.at(parse_port(words.common.arguments.words[1])), words.common.json);
    return ExitCode::done;
  }
  const Release& release = releases.get(words.common.arguments.one("release, such as 1.24.4"));
  if (words.common.json) {
    print_json(to_json(release));
    return ExitCode::done;
  }
  std::cout << release.name() << "\n  tag             " << release.tag << "\n  commit          "
            << (release.commit.empty() ? "not known: it is " + short_pin(release) : release.commit)
            << "\n  source          "
            << (release.source ? sri(*release.source) + " (NAR hash)" : "not seen yet")
            << "\n  source archive  "
            << (release.source_archive
                    ? hex(*release.source_archive) + " (SHA-256 of " + release.name() + ".src.tar.gz)"
                    : "not known")
            << "\n  bootstrap       Go " << release.bootstrap.text() << " or newer\n";
  for (const std::string& origin : release.origins)
    std::cout << "  origin          " << on_one_line(without_secrets(origin)) << "\n";
  print_ports(release.ports);
  for (const auto& [file, digest] : release.archives)
    std::cout << "  archive         " << hex(digest) << "  " << on_one_line(file) << "\n";
  return ExitCode::done;
}

struct ProveWords {
  CommonWords common;
  std::vector<std::string> from;
  LimitsWords limits;
  PatienceWords patience;

  void declare(Options& options) {
    common.declare(options);
    options.add("from", "a git repository with the tag: URL or path (repeatable)", "ORIGIN", from);
    limits.declare(options);
    patience.declare(options);
  }
};

Json to_json(const SourceProof& proof, const Release& release) {
  Json json = Json::object();
  json["release"] = release.version.text();
  json["origin"] = proof.receipt.origin;
  json["holds"] = proof.holds();
  json["links"] = Json::array();
  for (const ProofLink& link : proof.links) {
    json["links"].push_back(
        {{"from", link.from}, {"to", link.to}, {"says", link.says}, {"result", text(link.result)}});
  }
  return json;
}

ExitCode prove_release(const ProveWords& words) {
  const Releases releases = words.common.releases();
  const Release& release = releases.get(words.common.arguments.one("release, such as 1.24.4"));
  SourceSettings settings;
  settings.offline = words.common.offline();
  settings.limits = words.limits.limits();
  settings.patience = words.patience.patience();
  if (const auto mirror = environment_value("GOSTRAP_MIRROR")) settings.every_origin = {*mirror};
  if (!words.from.empty()) settings.origins[release.version] = words.from;
  SourceProof proof;
  {
    const auto watcher = words.common.progress();
    proof = prove_source(release, settings, *watcher->begin({}));
  }
  if (words.common.json) {
    print_json(to_json(proof, release));
  } else {
    for (const ProofLink& link : proof.links) {
      std::cout << text(link.result) << "  " << link.from << " → " << link.to << ": " << link.says << "\n";
    }
  }
  return proof.holds() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb release_list_verb{
    .name = "release list",
    .arguments = "[OPTIONS]",
    .summary = nullptr,
    .help = "Lists the releases that can be built.\n",
    .group = VerbGroup::part_of_another,
    .bind = bind<PlainWords, list_releases>,
};

const Verb release_show_verb{
    .name = "release show",
    .arguments = "V [PORT] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Shows everything pinned about a release; with a port, what a profile can set for its programs\n"
        "and what cannot work there.\n",
    .group = VerbGroup::part_of_another,
    .brief = "V",
    .examples = {{{"gostrap release show 1.24.4 riscv64", "what a profile can set for that port"}}},
    .bind = bind<PlainWords, show_release>,
};

const Verb release_prove_verb{
    .name = "release prove",
    .arguments = "V [--from ORIGIN] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Shows, from a git repository alone, that a release's tag leads to its published source archive: "
        "tag,\n"
        "commit, tree, source, and the archive as cmd/distpack packs it, each link with what was found. "
        "Exit\n"
        "code 1 where one differs.\n",
    .group = VerbGroup::part_of_another,
    .brief = "V",
    .examples = {{{"gostrap release prove 1.24.4", "from the release's own origins"}}},
    .bind = bind<ProveWords, prove_release>,
};

const Verb release_verb{
    .name = "release",
    .arguments = "list|show|add|update|prove|audit",
    .summary = "show and add releases, with everything pinned about them",
    .help = "",
    .parts = {&release_list_verb, &release_show_verb, &release_add_verb, &release_prove_verb,
              &release_audit_verb, &release_update_verb},
};

}  // namespace gostrap
