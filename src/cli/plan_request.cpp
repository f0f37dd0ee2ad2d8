#include "cli/plan_request.hpp"

#include "cli/release_choice.hpp"
#include "download/download.hpp"
#include "release/own_releases.hpp"
#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <iostream>
#include <set>

namespace gostrap {
namespace {

/// Of "1.24.9=go1.24.9.src.tar.gz", an origin for one release.
std::optional<Version> release_of_origin(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != std::string::npos ? parse_version(word.substr(0, equals)) : std::nullopt;
}

/// What is not for one release is for the release asked for. A git remote holds every tag, so it serves the
/// rungs of the ladder too.
void add_origin(const std::string& word, const Release& release, RealiseOptions& options) {
  if (const auto version = release_of_origin(word)) {
    options.sources.origins[*version].push_back(word.substr(word.find('=') + 1));
    return;
  }
  options.sources.origins[release.version].push_back(word);
  const OriginKind kind = kind_of_origin(word);
  if (kind == OriginKind::network || kind == OriginKind::repository)
    options.sources.every_origin.push_back(word);
}

struct AskedPort {
  Port port;
  bool by_name = true;  ///< not by a pattern or --all
};

/// Those that were asked for by name: patterns and --all are a release's.
std::vector<Port> named_ports(const PlanWords& words) {
  std::vector<Port> ports;
  for (const std::string& word : words.common.arguments.words) {
    if (word.find_first_of("*?[") == std::string::npos) ports.push_back(parse_port(word));
  }
  return ports;
}

/// The ports that were asked for, each once, in the order of asking.
std::vector<AskedPort> asked_ports(const PlanWords& words, const Release& release) {
  std::vector<AskedPort> asked;
  const auto add = [&](const Port& port, bool by_name) {
    const auto same = [&](const AskedPort& each) { return each.port == port; };
    if (std::none_of(asked.begin(), asked.end(), same)) asked.push_back({port, by_name});
  };
  for (const std::string& word : words.common.arguments.words) {
    if (word.find_first_of("*?[") == std::string::npos) {
      add(parse_port(word), true);
      continue;
    }
    for (const Port& port : release.matching(word)) add(port, false);
  }
  if (words.all) {
    for (const Port& port : release.ports) add(port, false);
  }
  return asked;
}

/// Where the store has the source, patches are tried on it before anything is made.
void try_patches(const PlanWords& words, const PlanRequest& request) {
  if (request.patches.empty()) return;
  const auto source = words.common.store().find(Kind::source, *request.release, own_port());
  if (!source) return;
  const TemporaryDirectory scratch;
  apply_patches(*request.release, request.patches, source->path, scratch.path());
}

/// The profile of each goal's own port: what one cannot have, another may.
void settle_profiles(const PlanWords& words, PlanRequest& request) {
  std::vector<Port> ports;
  for (const Goal& goal : request.goals) ports.push_back(goal.at.port());
  AskedProfiles asked = asked_profiles(words.profile, words.common.store(), *request.release, ports);
  std::set<std::string> said;
  for (Goal& goal : request.goals) {
    goal.profile = asked.profiles.at(goal.at.port());
    say_remarks(*goal.profile, said);
  }
  request.patches = std::move(asked.patches);
  try_patches(words, request);
}

}  // namespace

void MakingWords::declare(Options& options) {
  jobs.declare(options);
  limits.declare(options);
  patience.declare(options);
  options.add("bootstrap",
              "the Go to start from (default: a search; see `gostrap plan`); `gccgo`: the newest on PATH; "
              "`published`: upstream's own, out of its archive",
              "GOROOT", bootstrap);
  options.add("from",
              "another origin of the source, or with --published of upstream's archive: URL, archive or "
              "directory; V=… for a rung's (repeatable)",
              "[V=]ORIGIN", from);
}

void PlanWords::declare(Options& options) {
  common.declare(options);
  release.declare(options);
  options.add("all", "every port that the release has", all);
  options.add("std", "with each SDK its compiled standard library, which the first build then takes",
              with_std);
  options.add("hosted", "the toolchain hosted on each port, instead of an SDK", hosted);
  options.add("archives", "upstream's archives of the toolchain hosted on each port, instead of an SDK",
              archives);
  options.add("reference", "make hosted toolchains the slow way: GOOS/GOARCH make.bash", reference);
  options.add(
      "published",
      "take upstream's own toolchain, out of its archive by the published checksum, where the store has "
      "none that was built: the same bits in seconds, which nobody here has built",
      from_published);
  options.add("accept-unsigned",
              "where there is no other, make it with a host toolchain of a bundle that nobody vouches for",
              accept_unsigned);
  profile.declare(options);
  making.declare(options);
}

bool wants_published(const PlanWords& words) {
  const bool asked = words.from_published;
  if (asked && words.making.bootstrap) {
    throw UsageError("--published builds no toolchain, so that --bootstrap has nothing to start",
                     "Leave one of them out.");
  }
  return asked || (!words.making.bootstrap && environment_value("GOSTRAP_PUBLISHED").has_value());
}

void tell_notes(const Plan& plan) {
  for (const std::string& note : plan.notes) std::cerr << "gostrap: " << note << "\n";
}

const Release& asked_release(const PlanWords& words, const Releases& releases) {
  if (!words.all) words.common.arguments.require("port, such as linux/riscv64 or 'linux/*'");
  const Kind kind = words.archives                    ? Kind::archives
                    : words.hosted || words.reference ? Kind::toolchain
                                                      : Kind::sdk;
  return chosen_release(words.common, words.release, releases,
                        {kind, named_ports(words), unchecked_profile(words.profile)});
}

PlanRequest plan_request(const PlanWords& words, const Release& release) {
  if (words.with_std && (words.hosted || words.archives || words.reference))
    throw UsageError("--std goes with SDKs, not with --hosted, --archives or --reference",
                     "Two commands make both.");
  PlanRequest request;
  request.release = &release;
  const bool reference = words.reference;
  const bool archives = words.archives;
  const bool hosted = words.hosted || (reference && !archives);
  std::string not_hosted;
  for (const auto& [port, by_name] : asked_ports(words, *request.release)) {
    // one that was named is refused by the plan, with the reason
    const bool only_sdk = !by_name && (hosted || archives) && why_not_hosted(port);
    if (only_sdk) append(not_hosted, ", ", port.text());
    const ReleasePort at = request.release->at(port);
    if (only_sdk || (!hosted && !archives)) {
      request.goals.push_back({Kind::sdk, at});
      if (words.with_std && (by_name || !why_no_seed(port)))
        request.goals.push_back({Kind::compiled_std, at});
      continue;
    }
    if (hosted) request.goals.push_back({Kind::toolchain, at, reference});
    if (archives) request.goals.push_back({Kind::archives, at, reference});
  }
  if (!not_hosted.empty()) {
    std::cerr << "gostrap: no toolchain can be hosted on " << not_hosted << ": an SDK of each instead\n";
  }
  settle_profiles(words, request);
  request.accept_strangers = words.accept_unsigned;
  request.published = wants_published(words);
  request.bootstrap = words.making.bootstrap;
  for (const std::string& word : words.making.from) {
    if (const auto version = release_of_origin(word)) request.rungs.insert(*version);
  }
  return request;
}

RealiseOptions realise_options(const MakingWords& words, bool offline, const Release& release) {
  RealiseOptions options;
  options.sources.offline = offline;
  options.jobs = words.jobs.jobs();
  options.sources.limits = words.limits.limits();
  options.sources.patience = words.patience.patience();
  if (const auto mirror = environment_value("GOSTRAP_MIRROR"))
    options.sources.every_origin.push_back(*mirror);
  for (const std::string& word : words.from) add_origin(word, release, options);
  return options;
}

namespace {

/// Without the origins that have upstream's toolchain: in a directory of what was downloaded the source's
/// archive may lie beside it.
SourceSettings sources_among(SourceSettings settings, const Release& release) {
  auto& origins = settings.origins[release.version];
  const auto is_toolchain = [&](const std::string& origin) {
    return release.archives.contains(published_name(is_web_url(origin) ? name_in_url(origin) : origin));
  };
  std::erase_if(origins, is_toolchain);
  for (std::string& origin : origins) {
    const fs::path archive = local_path(origin) / (release.name() + ".src.tar.gz");
    std::error_code hidden;
    if (!is_web_url(origin) && fs::is_regular_file(archive, hidden)) origin = archive.string();
  }
  return settings;
}

}  // namespace

std::unique_ptr<SeenSource> see_source(const CommonWords& words, const Version& version, Releases& releases,
                                       SourceSettings& settings, bool published) {
  const Release* const release = releases.find(version);
  if (release == nullptr || release->source) return {};
  const auto watcher = words.progress();
  const auto progress = watcher->begin({});
  auto seen = std::make_unique<SeenSource>(*release, published ? sources_among(settings, *release) : settings,
                                           *progress);
  Release completed = *release;
  completed.source = seen->nar();
  if (!published) settings.origins[version] = {seen->tree().string()};
  releases.put(std::move(completed));
  try {
    add_seen_source(words.releases_file(), version, seen->nar());
  } catch (const Error& error) {
    progress->note(std::string(error.what()) + ": the NAR hash of the source of go" + version.text() +
                   " will be looked for again next time");
  }
  return seen;
}

}  // namespace gostrap
