#include "build/realise.hpp"

#include "build/make.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace gostrap {
namespace {

class Realiser {
 public:
  Realiser(const Plan& plan, const Store& store, const RealiseOptions& options, Progress& progress)
      : plan_(plan), store_(store), options_(options), progress_(progress) {}

  void run() {
    const std::vector<std::size_t> missing = missing_steps(plan_, store_);
    if (missing.empty()) return;
    store_.prepare();
    for (std::size_t i = 0; i < missing.size(); ++i) {
      const Step& step = plan_.steps[missing[i]];
      progress_.step(step.name(), i + 1, missing.size());
      realise(step);
      progress_.step_done();
    }
  }

 private:
  void realise(const Step& step) {
    const FileLock lock = store_.lock(
        step, [&] { progress_.note("Another gostrap is making " + step.name() + ": waiting for it."); });
    if (store_.has(step)) return;
    std::error_code ignored;
    fs::remove(store_.log(step), ignored);
    Stage stage(store_.path(step));
    const HeldDirectory work(store_.work(), step.entry(), 0755);
    Json provenance = provenance_head();
    provenance["name"] = step.name();
    provenance["key"] = step.key;
    provenance["inputs"] = parse_json(step.inputs, step.name());
    provenance["why"] = step.why;
    provenance["making"] = make(step, work.path(), stage.path());
    provenance["log"] = fs::exists(store_.log(step)) ? store_.log(step).string() : "";
    provenance["from"] = Json::array();
    for (const std::size_t need : step.needs) {
      provenance["from"].push_back(read_json(store_.provenance_file(plan_.steps[need].entry())));
    }
    // the provenance first: an entry without one would not be found again, one without an entry harms nobody
    const fs::path written = work.path() / "provenance.json";
    const fs::path kept = store_.provenance_file(step.entry());
    create_file(written, to_text(provenance));
    if (::rename(written.c_str(), kept.c_str()) != 0) throw system_error("write " + kept.string());
    stage.commit();
  }

  Json make(const Step& step, const fs::path& work, const fs::path& output) {
    BuildOptions build;
    build.work = work;
    build.log = store_.log(step);
    build.jobs = options_.jobs;
    build.conditions = options_.conditions;
    build.place = Place::link_if_possible;
    const Release& release = *step.release;
    const auto need = [&](std::size_t which) { return store_.path(plan_.steps[step.needs[which]]); };
    switch (step.kind) {
      case StepKind::source:
        return make_source(release, source_request(release, work), output, progress_);
      case StepKind::host:
        return make_host(release, need(0), bootstrap_of(step), build, output, progress_);
      case StepKind::toolchain:
        return make_toolchain(release, step.port, step.reference, need(0), build, output, progress_);
      case StepKind::archives:
        return make_archives(release, step.port, need(0), need(1), build, output, progress_);
      case StepKind::sdk:
        break;
    }
    return make_sdk_output(release, step.port, need(0), build, output, progress_);
  }

  /// A rung's bootstrap is the rung below it.
  Bootstrap bootstrap_of(const Step& step) const {
    if (step.bootstrap) return *step.bootstrap;
    const Step& below = plan_.steps[step.needs.at(1)];
    Bootstrap bootstrap;
    bootstrap.go = goroot_of(store_.path(below)) / "bin" / "go";
    bootstrap.version = below.release->version;
    bootstrap.description = below.release->name() + " " + own_port().text();
    bootstrap.found = "the store";
    return bootstrap;
  }

  SourceRequest source_request(const Release& release, const fs::path& scratch) const {
    SourceRequest request;
    const auto named = options_.origins.find(release.version);
    if (named != options_.origins.end()) {
      request.origins = named->second;
    } else {
      request.origins = options_.every_origin.empty() ? release.origins : options_.every_origin;
    }
    request.offline = options_.offline;
    request.limits = options_.limits;
    request.patience = options_.patience;
    request.scratch = scratch;
    return request;
  }

  const Plan& plan_;
  const Store& store_;
  const RealiseOptions& options_;
  Progress& progress_;
};

}  // namespace

std::vector<fs::path> realise(const Plan& plan, const Store& store, const RealiseOptions& options,
                              Progress& progress) {
  Realiser(plan, store, options, progress).run();
  std::vector<fs::path> paths;
  for (const std::size_t goal : plan.goals) paths.push_back(store.path(plan.steps[goal]));
  return paths;
}

}  // namespace gostrap
