#include "compile/compile.hpp"

#include "compile/run_step.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/schedule.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace gostrap {
namespace {

void feed(Sha256& hash, const std::string& text) {
  const std::uint64_t size = text.size();
  hash.update(&size, sizeof size);
  hash.update(text);
}

class Follower {
 public:
  Follower(const Recipe& recipe, const CompileContext& context, const CompileOptions& options,
           Progress& progress)
      : recipe_(recipe),
        roots_(recipe.roots),
        hashes_(context.hashes),
        cache_(context.cache),
        std_source_(context.std_source),
        options_(options),
        progress_(progress),
        reports_(recipe.steps.size()),
        placing_(recipe.steps.size()),
        placed_(recipe.steps.size(), false) {
    roots_.add("WORK", context.work);
  }

  std::vector<StepReport> run() {
    std::vector<Job> jobs;
    for (const RecipeStep& step : recipe_.steps) jobs.push_back({step.needs});
    const unsigned processors =
        options_.jobs != 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
    take_what_is_known();
    if (std::all_of(reports_.begin(), reports_.end(),
                    [](const StepReport& each) { return each.state == StepReport::State::cached; })) {
      require_unchanged(hashes_.changed_input());
      return std::move(reports_);
    }
    look_for_std_archives();
    const std::vector<JobOutcome> outcomes =
        run_schedule(jobs, processors, [this](std::size_t index) { follow_step(index); });
    for (const JobOutcome& outcome : outcomes) {
      // a step that fails says so in its report; what is thrown is trouble of our own
      if (outcome.failure && !is_step_failure(outcome.failure)) std::rethrow_exception(outcome.failure);
    }
    require_unchanged(hashes_.changed_input());
    return std::move(reports_);
  }

 private:
  struct StepFailed {};

  static bool is_step_failure(const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const StepFailed&) {
      return true;
    } catch (...) {
      return false;
    }
  }

  /// What a program is made of must stay what it is from its listing to the end: else nobody knows of what it
  /// was made.
  void require_unchanged(const std::optional<std::string>& changed) const {
    if (!changed) return;
    throw Error("compile " + recipe_.main_package, *changed + " changed while it compiled",
                "Run it again when nothing writes there.");
  }

  std::optional<std::string> changed_of(const RecipeStep& step) {
    for (const std::string& input : step.inputs) {
      const std::string path = roots_.actual(input);
      if (!hashes_.is_unchanged(path)) return path;
    }
    return std::nullopt;
  }

  /// The steps that the cache holds, without threads: most runs are after a small change, or none.
  void take_what_is_known() {
    if (options_.fresh) return;
    for (std::size_t index = 0; index < recipe_.steps.size(); ++index) {
      const std::vector<std::size_t>& needs = recipe_.steps[index].needs;
      if (std::all_of(needs.begin(), needs.end(),
                      [&](std::size_t need) { return reports_[need].state == StepReport::State::cached; }))
        take(index);
    }
  }

  bool take(std::size_t index) {
    StepReport& report = reports_[index];
    report.key = key_of(recipe_.steps[index]);
    if (options_.fresh) return false;
    std::optional<StepResult> known = cache_.find(report.key, hashes_);
    if (!known) return false;
    report.result = std::move(*known);
    report.state = StepReport::State::cached;
    ++done_;
    return true;
  }

  std::string key_of(const RecipeStep& step) {
    Sha256 hash;
    feed(hash, "gostrap step 2");
    for (const auto& [name, value] : recipe_.environment) feed(hash, name + "=" + value);
    for (const ToolCommand& command : step.commands) {
      const std::string& program = command.argv.front();
      if (program.starts_with("${")) feed(hash, hashes_.of_input(roots_.actual(program)));
      for (const std::string& word : command.argv) feed(hash, word);
      for (const auto& [name, value] : command.environment) feed(hash, name + "=" + value);
      feed(hash, "");
    }
    for (const WrittenFile& file : step.files) {
      feed(hash, file.path);
      feed(hash, file.text);
    }
    for (const std::string& input : step.inputs) {
      feed(hash, input);
      feed(hash, hashes_.of_input(roots_.actual(input)));
    }
    for (const std::size_t need : step.needs) {
      const StepResult& result = reports_[need].result;
      feed(hash, step.links ? result.output : result.export_data);
    }
    return hex(hash.finish());
  }

  void follow_step(std::size_t index) {
    StepReport& report = reports_[index];
    if (report.state == StepReport::State::cached || take(index) || take_from_std(index)) return;
    const RecipeStep& step = recipe_.steps[index];
    for (const std::size_t need : step.needs) place(need);
    const auto start = std::chrono::steady_clock::now();
    report.log =
        (cache_.root() / "logs" / report.key.substr(0, 2) / (report.key.substr(2) + ".log")).string();
    const StepRun ran = run_step(recipe_, step, roots_, report.log);
    report.result.log = without_places(ran.output);
    report.exit = ran.exit.text();
    report.state = StepReport::State::failed;
    require_unchanged(changed_of(step));
    if (!ran.exit.ok()) throw StepFailed{};
    keep_output(index, StepReport::State::made, start);
  }

  /// Remembers what lies where the step's output belongs.
  void keep_output(std::size_t index, StepReport::State state, std::chrono::steady_clock::time_point start) {
    const RecipeStep& step = recipe_.steps[index];
    StepReport& report = reports_[index];
    report.result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const fs::path output = roots_.actual(step.output);
    report.result.output = hex(sha256_file(output));
    const bool archive = !step.links && step.output.ends_with(".a");
    report.result.export_data = archive ? export_data_hash(output) : report.result.output;
    cache_.store(report.key, report.result, output);
    report.state = state;
    {
      const std::lock_guard lock(placing_[index]);
      placed_[index] = true;
    }
    progress_.amount(++done_, recipe_.steps.size(), "packages");
  }

  void look_for_std_archives() {
    if (options_.fresh || std_source_ == nullptr) return;
    for (std::size_t index = 0; index < recipe_.steps.size(); ++index) {
      if (!recipe_.steps[index].plain_std || reports_[index].state == StepReport::State::cached) continue;
      std_archives_ = std_archives(*std_source_, recipe_, hashes_, cache_, progress_);
      return;
    }
  }

  /// Puts what the go command has compiled before in the place of what the step would make: the same bytes.
  /// What cannot be taken is made.
  bool take_from_std(std::size_t index) {
    const RecipeStep& step = recipe_.steps[index];
    const auto found = std_archives_.find(step.name);
    if (!step.plain_std || found == std_archives_.end()) return false;
    const auto start = std::chrono::steady_clock::now();
    try {
      const StdArchive& known = found->second;
      const std::string archive = read_file(known.file);
      if (sha256(archive) != known.digest) return false;
      make_directories(roots_.actual(step.object_place));
      write_file(roots_.actual(step.output), without_build_ids(archive, known.file.string()));
    } catch (const Error&) {
      return false;
    }
    require_unchanged(changed_of(step));
    keep_output(index, StepReport::State::taken, start);
    return true;
  }

  /// Puts what a step made where the commands of others look for it.
  void place(std::size_t index) {
    const std::lock_guard lock(placing_[index]);
    if (placed_[index]) return;
    const fs::path path = roots_.actual(recipe_.steps[index].output);
    make_directories(path.parent_path());
    place_file(cache_.blob(reports_[index].result.output), path, CopyMode::link_if_possible);
    placed_[index] = true;
  }

  /// The compiler's words without the work directory in them, and of other places the names that the user
  /// knows.
  std::string without_places(std::string text) const {
    for (const auto& [name, directory] : roots_.all()) {
      const std::string place = roots_.actual("${" + name + "}") + "/";
      if (place == directory + "/") continue;
      for (std::size_t at = text.find(place); at != std::string::npos;
           at = text.find(place, at + directory.size()))
        text.replace(at, place.size(), directory + "/");
    }
    const std::string work = roots_.actual("${WORK}") + "/";
    for (std::size_t at = text.find(work); at != std::string::npos; at = text.find(work, at))
      text.erase(at, work.size());
    return text;
  }

  const Recipe& recipe_;
  NamedRoots roots_;
  FileHashes& hashes_;
  const StepCache& cache_;
  const StdSource* std_source_;
  StdArchives std_archives_;
  const CompileOptions& options_;
  Progress& progress_;
  std::vector<StepReport> reports_;
  std::vector<std::mutex> placing_;
  std::vector<char> placed_;
  std::atomic<std::size_t> done_ = 0;
};

}  // namespace

std::vector<StepReport> follow(const Recipe& recipe, const CompileContext& context,
                               const CompileOptions& options, Progress& progress) {
  return Follower(recipe, context, options, progress).run();
}

namespace {

/// A tool that does not know a flag prints all that it knows: over a hundred lines that hide the one.
std::string without_usage(const std::string& log) {
  const std::size_t usage = log.find("\nusage: ");
  return log.find("flag provided but not defined") == std::string::npos || usage == std::string::npos
             ? log
             : log.substr(0, usage + 1);
}

/// What the tools do not say of their own errors. (That a flag is another tool's is said before they run.)
std::string hint_for(const std::string& log) {
  const auto says = [&](const char* words) { return log.find(words) != std::string::npos; };
  if (says("flag provided but not defined"))
    return "--gcflags go to the compiler, --asmflags to the assembler, --ldflags to the linker.\n  ";
  if (says("no space left on device") || says("No space left on device") || says("disk quota exceeded"))
    return "The disk of the compile cache is full: free some space there, or name another place with --cache "
           "DIR or "
           "$GOSTRAP_COMPILE_CACHE.\n  ";
  return {};
}

}  // namespace

std::optional<Error> failure_of(const Recipe& recipe, const std::vector<StepReport>& reports) {
  std::string why;
  std::string log;
  std::string hint;
  std::size_t failed = 0;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (reports[i].state != StepReport::State::failed) continue;
    ++failed;
    why += "\n# " + recipe.steps[i].name + "\n" + without_usage(reports[i].result.log) + reports[i].exit;
    log = reports[i].log;
    if (hint.empty()) hint = hint_for(reports[i].result.log);
  }
  if (failed == 0) return std::nullopt;
  return Error("compile " + recipe.main_package, counted(failed, "step") + " failed:" + why,
               hint + "The commands and all they said: " + log);
}

}  // namespace gostrap
