#include "road/realise.hpp"

#include "road/estimate.hpp"
#include "road/parallelism.hpp"
#include "road/phase_clock.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/schedule.hpp"
#include "support/stage.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

namespace gostrap {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t memory_of_machine() {
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// One error for all steps that failed; nothing when none did.
std::optional<Error> failure_of(const std::vector<JobOutcome>& outcomes,
                                const std::vector<std::string>& names) {
  std::vector<Error> errors;
  std::string why;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].state == JobState::left_out) ++left_out;
    if (!outcomes[i].failure) continue;
    try {
      std::rethrow_exception(outcomes[i].failure);
    } catch (const Error& error) {
      errors.push_back(error);
    } catch (const std::exception& error) {
      errors.emplace_back("make " + names[i], error.what());
    }
    why += "\n  " + names[i] + ": " + errors.back().what();
    if (!errors.back().next().empty()) why += "\n    " + errors.back().next();
  }
  if (errors.empty()) return std::nullopt;
  if (errors.size() == 1) return errors.front();
  why = std::to_string(errors.size()) + " failed" +
        (left_out == 0 ? "" : ", and " + std::to_string(left_out) + " that need them were left out") + ":" +
        why;
  return Error("make all " + std::to_string(outcomes.size()) + " steps", why,
               "What was made stays in the store: the same command goes on from there.");
}

class Realiser {
 public:
  Realiser(const Plan& plan, const Store& store, const RealiseOptions& options, PlanProgress& progress)
      : plan_(plan),
        store_(store),
        options_(options),
        progress_(progress),
        missing_(missing_steps(plan, store)),
        parallelism_(parallelism_for(
            options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency()),
            memory_of_machine(), toolchains())),
        estimate_(kinds(), parallelism_.workers) {}

  std::optional<Error> run() {
    if (missing_.empty()) return std::nullopt;
    store_.prepare();
    if (shares_archives()) deflated_.emplace(store_.work(), "deflated", 0755);
    progress_.expect(missing_.size());
    std::vector<std::string> names;
    for (const std::size_t index : missing_) names.push_back(plan_.steps[index].name());
    return failure_of(run_schedule(jobs(), parallelism_.workers, [&](std::size_t job) { follow(job); }),
                      names);
  }

 private:
  /// Several ports' archives hold the same files: each is compressed for one of them.
  bool shares_archives() const {
    const auto is_archives = [&](std::size_t index) {
      return plan_.steps[index].output.kind == Kind::archives;
    };
    return options_.conditions.user == std::nullopt &&
           std::count_if(missing_.begin(), missing_.end(), is_archives) > 1;
  }

  /// As the estimate takes them.
  std::vector<Kind> kinds() const {
    std::vector<Kind> kinds;
    for (const std::size_t index : missing_) {
      const PlannedStep& step = plan_.steps[index];
      // the machine's own toolchain is the host's, linked: it takes as long as an SDK; so does a host that is
      // only unpacked
      const Output& output = step.output;
      const bool linked = output.kind == Kind::toolchain && output.port == own_port() && !output.reference;
      const bool unpacked = step.step && std::holds_alternative<PublishedHostStep>(*step.step);
      kinds.push_back(linked || unpacked ? Kind::sdk : output.kind);
    }
    return kinds;
  }

  /// How many there are to compile.
  std::size_t toolchains() const {
    const std::vector<Kind> all = kinds();
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), Kind::toolchain));
  }

  /// The missing steps, each with those of them that it needs.
  std::vector<Job> jobs() const {
    std::vector<Job> jobs;
    for (const std::size_t index : missing_) {
      Job job;
      for (const std::size_t need : plan_.steps[index].needs) {
        const auto at = std::lower_bound(missing_.begin(), missing_.end(), need);
        if (at != missing_.end() && *at == need)
          job.needs.push_back(static_cast<std::size_t>(at - missing_.begin()));
      }
      jobs.push_back(std::move(job));
    }
    return jobs;
  }

  /// Makes one step, and tells of its beginning and its end.
  void follow(std::size_t job) {
    const PlannedStep& step = plan_.steps[missing_[job]];
    tell_estimate([&] { estimate_.begin(job, now()); });
    const std::shared_ptr<Progress> progress = progress_.begin(step.name());
    try {
      realise(step, *progress);
    } catch (const Interrupted&) {
      progress_.end(step.name(), Interrupted::text);
      throw;
    } catch (const std::exception& error) {
      progress_.end(step.name(), error.what());
      throw;
    }
    progress_.end(step.name(), {});
    tell_estimate([&] { estimate_.end(job, now()); });
  }

  template <typename Change>
  void tell_estimate(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    progress_.estimate(estimate_.remaining(now()));
  }

  void realise(const PlannedStep& step, Progress& progress) {
    const FileLock lock = store_.lock(
        step.key, [&] { progress.note("Another gostrap is making " + step.name() + ": waiting for it."); });
    if (is_made(store_, step)) return;
    if (store_.is_strangers(step.entry())) {
      progress.note(step.entry() + " was brought by a bundle that nobody vouches for: moved aside.");
      store_.move_aside(step.entry());
    }
    std::error_code ignored;
    fs::remove(store_.log(step.entry()), ignored);
    Stage stage(store_.path(step.entry()));
    const HeldDirectory work(store_.work(), step.entry(), 0755);
    Provenance provenance = begun_now();
    provenance.name = step.name();
    provenance.key = step.key;
    provenance.inputs = read_inputs(JsonDocument(step.inputs, step.name()).view());
    provenance.why = step.why;
    PhaseClock clock(progress);
    provenance.making = make(*step.step, places(), stage.path(), workshop_for(step, work.path(), clock));
    clock.stop(provenance);
    provenance.log = fs::exists(store_.log(step.entry())) ? store_.log(step.entry()).string() : "";
    for (const std::size_t need : step.needs)
      provenance.from.push_back(read_provenance(store_.provenance_file(plan_.steps[need].entry())));
    // the provenance first: an entry without one would not be found again, one without an entry harms nobody
    for (const Patch& patch : patches_of(*step.step)) {
      if (fs::exists(store_.patch(patch.digest))) continue;
      make_directories(store_.patch(patch.digest).parent_path());
      write_file(store_.patch(patch.digest), patch.text);
      ::chmod(store_.patch(patch.digest).c_str(), 0644);
    }
    ::chmod(store_.log(step.entry()).c_str(), 0644);  // where there is one
    store_.keep_provenance(step.entry(), provenance, work.path());
    stage.commit();
  }

  /// Where each step's output is, or will be.
  Outputs places() const {
    Outputs places;
    for (const PlannedStep& step : plan_.steps) places.push_back(store_.path(step.entry()));
    return places;
  }

  Workshop workshop_for(const PlannedStep& step, const fs::path& work, Progress& progress) const {
    Workshop workshop{work, store_.log(step.entry()), progress};
    // a rung of the ladder has no neighbours
    const bool alone = step.output.kind == Kind::host || step.output.kind == Kind::source;
    workshop.jobs = alone ? options_.jobs : parallelism_.jobs;
    workshop.threads = alone ? options_.jobs : parallelism_.threads;
    workshop.conditions = options_.conditions;
    workshop.copy_mode = CopyMode::link_if_possible;
    workshop.sources = options_.sources;
    if (deflated_) workshop.deflated = deflated_->path();
    return workshop;
  }

  const Plan& plan_;
  const Store& store_;
  const RealiseOptions& options_;
  PlanProgress& progress_;
  std::vector<std::size_t> missing_;  ///< ascending: a step stands after those it needs
  Parallelism parallelism_;
  std::optional<HeldDirectory> deflated_;
  std::mutex mutex_;
  Estimate estimate_;
};

/// Keeps prune from what the plan makes and takes.
std::vector<FileLock> use_all(const Plan& plan, const Store& store) {
  std::vector<FileLock> uses;
  for (const PlannedStep& step : plan.steps) {
    if (std::optional<FileLock> use = store.use(step.key)) uses.push_back(std::move(*use));
  }
  for (const std::size_t index : missing_steps(plan, store)) {
    const PlannedStep& step = plan.steps[index];
    if (step.step) continue;
    throw Error("use " + step.name(), "it was in the store when the plan was made, and was removed since",
                "Run the same command again.");
  }
  return uses;
}

}  // namespace

Realised realise(const Plan& plan, const Store& store, const RealiseOptions& options,
                 PlanProgress& progress) {
  if (!missing_steps(plan, store).empty()) store.prepare();
  const std::vector<FileLock> uses = use_all(plan, store);
  Realised realised;
  realised.failure = Realiser(plan, store, options, progress).run();
  for (const std::size_t goal : plan.goals) {
    const PlannedStep& step = plan.steps[goal];
    realised.goals.push_back(is_made(store, step) ? std::optional(store.path(step.entry())) : std::nullopt);
  }
  return realised;
}

}  // namespace gostrap
