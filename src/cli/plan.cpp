// gostrap plan: what build would do, and why.
#include "cli/plan_request.hpp"
#include "cli/verbs.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

void print_dot(const Plan& plan, const std::vector<bool>& runs) {
  std::cout << "digraph plan {\n  rankdir=LR;\n  node [shape=box];\n";
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const PlannedStep& step = plan.steps[i];
    std::cout << "  \"" << step.name() << "\" [style=" << (runs[i] ? "bold" : "dashed") << "];\n";
    if (const Bootstrap* const bootstrap = bootstrap_of(step)) {
      std::cout << "  \"" << bootstrap->name() << "\" [shape=ellipse];\n  \"" << bootstrap->name()
                << "\" -> \"" << step.name() << "\";\n";
    }
    for (const std::size_t need : step.needs) {
      std::cout << "  \"" << plan.steps[need].name() << "\" -> \"" << step.name() << "\";\n";
    }
  }
  std::cout << "}\n";
}

Json to_json(const Plan& plan, const std::vector<bool>& runs, const Store& store) {
  Json json = Json::array();
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const PlannedStep& step = plan.steps[i];
    Json entry = Json::object();
    entry["name"] = step.name();
    entry["key"] = step.key;
    entry["runs"] = static_cast<bool>(runs[i]);
    entry["path"] = store.path(step.entry()).string();
    entry["profile"] = to_json(step.output.profile);
    entry["why"] = step.why;
    entry["stranger"] = step.stranger;
    if (const Bootstrap* const bootstrap = bootstrap_of(step)) {
      entry["bootstrap"] = Json::object();
      entry["bootstrap"]["name"] = bootstrap->name();
      entry["bootstrap"]["go"] = bootstrap->go.string();
      entry["bootstrap"]["found"] = bootstrap->found;
    }
    if (const auto archive = published_by(step)) {
      entry["published"] = Json::object();
      entry["published"]["file"] = archive->file;
      entry["published"]["sha256"] = hex(archive->sha256);
    }
    entry["needs"] = Json::array();
    for (const std::size_t need : step.needs) entry["needs"].push_back(plan.steps[need].name());
    json.push_back(std::move(entry));
  }
  return json;
}

struct ShowPlanWords : PlanWords {
  bool dot = false;

  void declare(Options& options) {
    PlanWords::declare(options);
    options.add("dot", "print a graph for graphviz's dot", dot);
  }
};

ExitCode show_plan(const ShowPlanWords& words) {
  const Releases releases = words.common.releases();
  const Store store = words.common.store();
  const Plan plan = make_plan(plan_request(words, asked_release(words, releases)), releases, store);
  if (!plan.passed_over.empty()) std::cerr << "gostrap: " << plan.passed_over << "\n";
  tell_notes(plan);
  const std::vector<std::size_t> missing = missing_steps(plan, store);
  std::vector<bool> runs(plan.steps.size(), false);
  for (const std::size_t step : missing) runs[step] = true;
  if (words.common.json) {
    print_json(to_json(plan, runs, store));
    return ExitCode::done;
  }
  if (words.dot) {
    print_dot(plan, runs);
    return ExitCode::done;
  }
  std::size_t width = 0;
  for (const PlannedStep& step : plan.steps) width = std::max(width, step.name().size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const PlannedStep& step = plan.steps[i];
    std::string name = step.name();
    name.resize(width + 2, ' ');
    const char* state = runs[i] ? "run   " : is_made(store, step) ? "there " : "skip  ";
    std::cout << state << name << step.why << "\n";
  }
  std::cout << missing.size() << " of " << plan.steps.size() << " steps to run\n";
  return ExitCode::done;
}

}  // namespace

const Verb plan_verb{
    .name = "plan",
    .arguments = "PORT…|PATTERN…|--all [OPTIONS]",
    .summary = "show what build would do, step by step, and why",
    .help = "Shows the steps that build would take, each with its reason.\n",
    .brief = "PORT…",
    .examples = {{{"gostrap plan riscv64", "which steps that would take, and why"},
                  {"gostrap plan riscv64 --dot | dot -Tsvg >plan.svg", "the same as a picture"}}},
    .bind = bind<ShowPlanWords, show_plan>,
};

}  // namespace gostrap
