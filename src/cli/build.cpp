// gostrap build: walk the road in the store.
#include "cli/plan_request.hpp"
#include "cli/profile_options.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "sdk/bent.hpp"
#include "store/roots.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/run_failure.hpp"
#include "support/shell_words.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {

namespace {

struct BuildWords : PlanWords {
  RootWord root;

  void declare(Options& options) {
    PlanWords::declare(options);
    root.declare(options, "a link to what is built, which keeps it from prune until the link is removed");
  }
};

/// The command that comes next, for who sits at a terminal.
void tell_next(const BuildWords& words, const Output& made, const fs::path& path) {
  if (made.kind != Kind::sdk) {
    std::cerr << "gostrap: next: gostrap verify --official " << as_word(path.string()) << "\n";
    return;
  }
  std::string options = profile_words(words.profile, made.profile);
  if (words.release.name) options += " --release " + made.release->version.text();
  options += words.common.store_words();
  std::cerr << "gostrap: next: gostrap exec " << made.port.text() << options << " -- go build\n";
}

ExitCode build(const BuildWords& words) {
  Releases releases = words.common.releases();
  const Store store = words.common.store();
  require_no_colon(store.root(), "build into the store " + store.root().string());
  const Version version = asked_release(words, releases).version;
  const auto lock = project_of(words.release).lock;
  if (lock && lock->lock.release == version) releases.put(locked_release(*lock, *releases.find(version)));
  RealiseOptions options = realise_options(words.making, words.common.offline(), *releases.find(version));
  const auto seen = see_source(words.common, version, releases, options.sources, wants_published(words));
  const PlanRequest request = plan_request(words, *releases.find(version));
  const Plan plan = make_plan(request, releases, store);
  if (!plan.passed_over.empty()) std::cerr << "gostrap: " << plan.passed_over << "\n";
  tell_notes(plan);
  if (!missing_steps(plan, store).empty()) require_exec(store.root(), "build in the store");
  std::vector<std::optional<FileLock>> uses;  // until the roots are there
  if (words.root.link) {
    store.prepare();
    for (const std::size_t goal : plan.goals) uses.push_back(store.use(plan.steps[goal].key));
  }
  Realised realised;
  {
    const auto progress = words.common.progress();
    realised = realise(plan, store, options, *progress);
  }
  Json json = Json::array();
  for (std::size_t i = 0; i < realised.goals.size(); ++i) {
    const PlannedStep& step = plan.steps[plan.goals[i]];
    if (!realised.goals[i]) continue;
    if (words.root.link) {
      const std::string several =
          plan.goals.size() > 1 ? "-" + text(step.output.kind) + "-" + step.output.port.dashed() : "";
      add_root(store, step.entry(), *words.root.link + several);
    }
    if (!words.common.json) {
      std::cout << exact(realised.goals[i]->string()) << "\n";
      continue;
    }
    Json entry = Json::object();
    entry["kind"] = text(step.output.kind);
    entry["release"] = step.output.release->version.text();
    entry["port"] = step.output.port.text();
    entry["profile"] = to_json(step.output.profile);
    entry["path"] = realised.goals[i]->string();
    entry["stranger"] = step.stranger;
    entry["provenance"] = store.provenance_file(step.entry()).string();
    json.push_back(std::move(entry));
  }
  if (words.common.json) print_json(json);
  if (!realised.failure && words.common.is_at_terminal())
    tell_next(words, plan.steps[plan.goals.front()].output, *realised.goals.front());
  if (realised.failure) throw Error(*realised.failure);
  return ExitCode::done;
}

}  // namespace

const Verb build_verb{
    .name = "build",
    .arguments = "PORT…|PATTERN…|--all [OPTIONS]",
    .summary = "build SDKs (or hosted toolchains, or archives) into the store",
    .help =
        "Builds the SDK of each port from pinned source: runs here, targets the port. What the store has\n"
        "already is not built again. Prints the path of each. Steps run side by side; should one fail, the\n"
        "others are made all the same. A pattern is quoted: 'linux/*'.\n",
    .brief = "PORT…",
    .examples = {{{"gostrap build riscv64 wasm", "an SDK each, into the store; prints their paths"},
                  {"gostrap build 'linux/*' --hosted", "the toolchains that run on every port that matches"},
                  {"gostrap build riscv64 --profile GOGC=200",
                   "an SDK whose programs start with that default"},
                  {"gostrap build riscv64 --root ./sdk", "and a link to it, which keeps it from prune"}}},
    .bind = bind<BuildWords, build>,
};

}  // namespace gostrap
