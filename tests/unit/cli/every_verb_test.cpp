// What holds for each verb, whatever it does.
#include "cli/argument_slots.hpp"
#include "cli/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// Every verb that does something itself, but for those that only tell of gostrap.
std::vector<const Verb*> doers() {
  std::vector<const Verb*> all;
  for (const Verb* const verb : verbs()) {
    if (verb->group == VerbGroup::about || verb->group == VerbGroup::hidden) continue;
    if (verb->bind != nullptr) all.push_back(verb);
    for (const Verb* const part : verb->all_parts()) all.push_back(part);
  }
  return all;
}

bool knows(const Verb& verb, const std::string& name) {
  const std::vector<KnownOption> options = options_of(verb);
  return std::any_of(options.begin(), options.end(), [&](const KnownOption& option) {
    return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
  });
}

}  // namespace

TEST_CASE("each verb can be told of store, releases, network and how to speak") {
  for (const Verb* const verb : doers()) {
    for (const std::string name : {"store", "releases", "offline", "json", "events", "help"})
      CHECK_MESSAGE(knows(*verb, name), std::string(verb->name) << " " << name);
  }
}

TEST_CASE("each verb refuses an option that there is not, before it does anything") {
  for (const Verb* const verb : doers())
    CHECK_MESSAGE(contains(usage_error(*verb, {"--no-such-option"}), "no-such-option"),
                  std::string(verb->name));
}

TEST_CASE("each verb refuses an option without its value, and a value that is none of yes or no") {
  for (const Verb* const verb : doers()) {
    CHECK_MESSAGE(contains(usage_error(*verb, {"--releases"}), "releases"), std::string(verb->name));
    CHECK_MESSAGE(contains(usage_error(*verb, {"--json=maybe"}), "maybe"), std::string(verb->name));
  }
}

TEST_CASE("each verb that takes a release refuses an empty one") {
  std::size_t takers = 0;
  for (const Verb* const verb : doers()) {
    if (!knows(*verb, "release")) continue;
    ++takers;
    CHECK_MESSAGE(contains(usage_error(*verb, {"--release", ""}), "--release is empty"),
                  std::string(verb->name));
  }
  CHECK(takers >= 5);
}

TEST_CASE("each number of an option is one") {
  std::size_t takers = 0;
  for (const Verb* const verb : doers()) {
    for (const std::string name : {"jobs", "max-bytes", "retries", "keep"}) {
      if (!knows(*verb, name)) continue;
      ++takers;
      for (const std::string wrong : {"many", "-1", "1.5", ""}) {
        const std::string error = usage_error(*verb, {"--" + name + "=" + wrong});
        CHECK_MESSAGE(contains(error, name), std::string(verb->name) << " --" << name << "=" << wrong);
      }
    }
  }
  CHECK(takers >= 10);
}

TEST_CASE("each verb that needs an argument says so with its usage") {
  for (const Verb* const verb :
       {&build_verb, &plan_verb, &env_verb, &shell_verb, &inspect_verb, &verify_verb, &goproxy_verb,
        &serve_verb, &key_verb, &release_show_verb, &release_add_verb, &bundle_inspect_verb,
        &bundle_install_verb, &image_sdk_verb, &image_app_verb, &relink_verb}) {
    const std::string error = usage_error(*verb, {});
    CHECK_MESSAGE(!error.empty(), std::string(verb->name));
  }
}

TEST_CASE("each verb refuses a word more than its usage has, before it does anything") {
  std::size_t limited = 0;
  for (const Verb* const verb : doers()) {
    const std::optional<std::size_t> most = most_arguments(argument_slots(verb->arguments));
    if (!most) continue;
    ++limited;
    std::vector<std::string> words(*most, "word");
    words.emplace_back("surplus");
    const std::string error = usage_error(*verb, words);
    CHECK_MESSAGE(
        contains(error, "and \"surplus\" is one too many\nUsage: gostrap " + std::string(verb->name)),
        std::string(verb->name) << ": " << error);
  }
  CHECK(limited >= 20);
}

TEST_CASE("a releases file that is named has to be there") {
  for (const Verb* const verb : {&outdated_verb, &doctor_verb, &release_list_verb})
    CHECK_MESSAGE(contains(usage_error(*verb, {"--releases=/no/such/file"}), "which is not there"),
                  std::string(verb->name));
}

TEST_CASE("the single steps are in their group, all others for every day") {
  for (const Verb* const verb :
       {&source_verb, &host_verb, &toolchain_verb, &sdk_verb, &archives_verb, &std_verb}) {
    CHECK_MESSAGE((verb->group == VerbGroup::single_step), std::string(verb->name));
    CHECK_MESSAGE(knows(*verb, "out"), std::string(verb->name));
  }
  CHECK(std::count_if(verbs().begin(), verbs().end(),
                      [](const Verb* verb) { return verb->group == VerbGroup::single_step; }) == 6);
}

TEST_CASE("each verb that has no parts has an example, the ends of others and single steps aside") {
  for (const Verb* const verb : verbs()) {
    if (verb->bind == nullptr || verb->group != VerbGroup::everyday || verb == &doctor_verb) continue;
    CHECK_MESSAGE(verb->examples[0].command != nullptr, std::string(verb->name));
  }
}
