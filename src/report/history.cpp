#include "report/history.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace gostrap {
namespace {

void collect(Provenance step, const std::string& name, std::vector<Provenance>& steps) {
  for (Provenance& each : std::exchange(step.from, {})) collect(std::move(each), name, steps);
  if (step.name.empty()) step.name = name;
  steps.push_back(std::move(step));
}

}  // namespace

std::vector<Provenance> history_of(Provenance provenance, const std::string& name) {
  std::vector<Provenance> steps;
  collect(std::move(provenance), name, steps);
  return merged(std::move(steps));
}

std::vector<Provenance> merged(std::vector<Provenance> steps) {
  std::set<std::pair<std::string, std::optional<Time>>> seen;
  std::vector<Provenance> once;
  for (Provenance& step : steps) {
    if (seen.emplace(step.name, step.made).second) once.push_back(std::move(step));
  }
  std::stable_sort(once.begin(), once.end(), [](const Provenance& a, const Provenance& b) {
    return std::tuple(begin_of(a), begin_of(a) + seconds_of(a)) <
           std::tuple(begin_of(b), begin_of(b) + seconds_of(b));
  });
  return once;
}

double begin_of(const Provenance& step) {
  return step.made ? static_cast<double>(step.made->time_since_epoch().count()) : 0;
}

double seconds_of(const Provenance& step) {
  if (step.seconds > 0 || !step.making || !step.making->run) return step.seconds;
  return step.making->run->seconds;
}

double cpu_seconds_of(const Provenance& step) {
  return step.making && step.making->run ? step.making->run->cpu_seconds : 0;
}

const std::vector<std::string>& command_of(const Provenance& step) {
  static const std::vector<std::string> none;
  return step.making && step.making->run ? step.making->run->argv : none;
}

std::string port_of(const Provenance& step) {
  return step.inputs && step.inputs->port ? step.inputs->port->text() : std::string();
}

}  // namespace gostrap
