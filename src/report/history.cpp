#include "report/history.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>
#include <set>
#include <tuple>

namespace gostrap {
namespace {

double seconds_since_1970(const std::string& utc) {
  std::tm time = {};
  const char* const end = ::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time);
  return end != nullptr && *end == '\0' ? static_cast<double>(::timegm(&time)) : 0;
}

double number(const JsonView& json, const std::string& key) {
  if (!json.has(key)) return 0;
  if (!json.at(key).raw().is_number()) json.at(key).refuse("it should be a number");
  const auto value = json.at(key).raw().get<double>();
  if (!(value >= 0 && value <= 1e15)) json.at(key).refuse("it should be a number from 0 to 1e15");
  return value;
}

void read_machine(const JsonView& machine, MadeStep& step) {
  step.processors = static_cast<unsigned>(std::min(number(machine, "processors"), 1e6));
  step.machine = machine.text_or("system", "?") + ", " + machine.text_or("architecture", "?") + ", " +
                 std::to_string(step.processors) + " processors";
}

void read_run(const JsonView& run, MadeStep& step) {
  for (const JsonView& word : run.at("command").items()) step.command.push_back(word.text());
  for (const auto& [name, value] : run.at("environment").members()) {
    step.environment.emplace_back(name, value.text());
  }
  step.cpu_seconds = number(run, "cpuSeconds");
  if (step.seconds == 0) step.seconds = number(run, "seconds");
  step.network_cut = run.has("withoutNetwork") && run.at("withoutNetwork").truth();
}

void read_making(const JsonView& making, MadeStep& step) {
  step.from = making.text_or("bootstrap", making.text_or("origin", ""));
  step.commit = making.text_or("commit", "");
  step.nar = making.text_or("nar", "");
  if (making.has("run")) read_run(making.at("run"), step);
}

MadeStep read_step(const JsonView& provenance, const std::string& name) {
  MadeStep step;
  step.name = provenance.text_or("name", name);
  if (provenance.has("inputs")) {
    const JsonView inputs = provenance.at("inputs");
    step.kind = inputs.text_or("step", "");
    step.release = inputs.text_or("release", "");
    step.port = inputs.text_or("port", "");
  }
  step.gostrap = provenance.text_or("gostrap", "");
  step.made = provenance.text_or("made", "");
  step.begin = seconds_since_1970(step.made);
  step.seconds = number(provenance, "seconds");
  if (provenance.has("machine")) read_machine(provenance.at("machine"), step);
  if (provenance.has("making")) read_making(provenance.at("making"), step);
  if (provenance.has("phases")) {
    for (const JsonView& phase : provenance.at("phases").items()) {
      step.phases.push_back({phase.text("name"), number(phase, "begin"), number(phase, "seconds")});
    }
  }
  return step;
}

}  // namespace

std::vector<MadeStep> history_of(const JsonView& provenance, const std::string& name) {
  std::vector<MadeStep> steps;
  if (provenance.has("from")) {
    for (const JsonView& from : provenance.at("from").items()) {
      for (MadeStep& step : history_of(from, name)) steps.push_back(std::move(step));
    }
  }
  steps.push_back(read_step(provenance, name));
  return merged(std::move(steps));
}

std::vector<MadeStep> merged(std::vector<MadeStep> steps) {
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<MadeStep> once;
  for (MadeStep& step : steps) {
    if (seen.emplace(step.name, step.made).second) once.push_back(std::move(step));
  }
  std::stable_sort(once.begin(), once.end(), [](const MadeStep& a, const MadeStep& b) {
    return std::tuple(a.begin, a.begin + a.seconds) < std::tuple(b.begin, b.begin + b.seconds);
  });
  return once;
}

std::optional<std::filesystem::path> provenance_of(const std::filesystem::path& output) {
  const std::filesystem::path name = output.filename();
  const std::filesystem::path beside = output.string() + ".provenance.json";
  const std::filesystem::path in_store = output.parent_path() / "provenance" / (name.string() + ".json");
  for (const std::filesystem::path& file : {beside, in_store}) {
    if (std::filesystem::is_regular_file(file)) return file;
  }
  return std::nullopt;
}

}  // namespace gostrap
