// gostrap link: names by which any go command finds the store's toolchains.
#include "cli/common_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "store/toolchain_links.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

struct LinkWords {
  CommonWords common;

  void declare(Options& options) { common.declare(options); }
};

ExitCode link_releases(const LinkWords& words) {
  words.common.arguments.require("directory, such as ~/bin");
  const std::vector<std::string>& given = words.common.arguments.words;
  const fs::path directory = fs::absolute(given.front()).lexically_normal();
  const Releases releases = words.common.releases();
  std::vector<Version> named;
  for (auto word = given.begin() + 1; word != given.end(); ++word)
    named.push_back(releases.get(*word).version);
  const std::vector<ToolchainLink> links = link_toolchains(words.common.store(), releases, named, directory);
  if (links.empty()) {
    throw Error("link toolchains", "the store has none that runs here",
                "Build one: gostrap build " + own_port().text() + words.common.store_words());
  }
  Json json = Json::array();
  for (const ToolchainLink& each : links) {
    if (words.common.json) {
      json.push_back({{"link", each.link.string()}, {"entry", each.entry}});
    } else {
      std::cout << exact(each.link.string()) << "\n";
    }
  }
  if (words.common.json) print_json(json);
  return ExitCode::done;
}

}  // namespace

const Verb link_verb{
    .name = "link",
    .arguments = "DIR [V…] [OPTIONS]",
    .summary = "name the store's toolchains go1.24.4 and so on, for any go command",
    .help =
        "Makes links DIR/go1.24.4, … to the toolchains in the store that run here. With DIR on PATH any go\n"
        "command of Go 1.21 or later switches to them where go.mod or GOTOOLCHAIN asks for that release, "
        "with\n"
        "neither network nor proxy (GOTOOLCHAIN=auto, which is its default, or path). They keep what they "
        "lead\n"
        "to from prune. Without a V all that there are, and links to what has gone are removed.\n",
    .brief = "DIR",
    .examples = {{{"gostrap link ~/bin", "a name for each toolchain in the store"}}},
    .bind = bind<LinkWords, link_releases>,
};

}  // namespace gostrap
