// gostrap serve: module caches and GOPROXY-shaped trees on loopback, for a go command without a network.
#include "cli/common_words.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "serve/free_port.hpp"
#include "serve/server.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>
#include <poll.h>

#include <iostream>

namespace gostrap {
namespace {

bool has_toolchains(const std::vector<ServedTree>& trees) {
  for (const ServedTree& tree : trees) {
    if (fs::is_directory(tree.path() / "golang.org" / "toolchain" / "@v")) return true;
  }
  return false;
}

struct ServeWords {
  CommonWords common;
  std::optional<std::string> listen;
  bool beyond_loopback = false, verbose = false;

  void declare(Options& options) {
    common.declare(options);
    options.add("listen", "where to listen (default: 127.0.0.1:0, any port that is free)", "ADDRESS:PORT",
                listen);
    options.add("beyond-loopback", "allow an address that other machines can reach: they can read all of DIR",
                beyond_loopback);
    options.add("verbose", "tell every request on standard error", verbose);
  }
};

ExitCode serve(const ServeWords& words) {
  words.common.arguments.require("directory");
  const ListenAddress listen = parse_listen(words.listen.value_or("127.0.0.1:0"));
  if (!listen.loopback && !words.beyond_loopback) {
    throw UsageError(listen.address + " is not loopback: other machines could read what is served",
                     "If they shall: --beyond-loopback.");
  }
  require_free(listen);  // hashing what there is to serve can take minutes
  std::vector<ServedTree> trees;
  for (const std::string& directory : words.common.arguments.words) trees.emplace_back(directory);
  const bool toolchains = has_toolchains(trees);
  std::unique_ptr<ChecksumDatabase> checksums;
  {
    const auto watcher = words.common.progress();
    checksums = std::make_unique<ChecksumDatabase>(trees, *watcher->begin({}));
  }
  OnRequest on_request;
  if (words.verbose) {
    on_request = [](const std::string& method, const std::string& path, unsigned status) {
      std::cerr << on_one_line(std::to_string(status) + " " + method + " " + path) + "\n";
    };
  }
  const Server server(std::move(trees), std::move(checksums), listen, std::move(on_request));
  const std::string url = server.url();
  const std::string database =
      server.checksums().verifier() + " " + url + "/sumdb/" + server.checksums().name();
  if (words.common.json) {
    Json json = Json::object();
    json["url"] = url;
    json["modules"] = server.checksums().size();
    json["leftOut"] = Json::array();
    for (const ChecksumDatabase::LeftOut& each : server.checksums().left_out())
      json["leftOut"].push_back({{"zip", each.zip}, {"why", each.why}});
    json["logs"] = Json::array();
    for (const auto& [name, log] : server.public_logs().logs())
      json["logs"].push_back({{"name", name}, {"lookups", log.lookups}, {"size", log.size}});
    json["environment"] = {
        {"GOPROXY", url}, {"GOSUMDB", database}, {"GOTOOLCHAIN", toolchains ? "auto" : "local"}};
    print_json(json);
  } else {
    std::cout << "# " << server.checksums().size()
              << " modules, until this is interrupted\nexport GOPROXY=" << url << "\nexport GOSUMDB='"
              << database << "'\nexport GOTOOLCHAIN=" << (toolchains ? "auto" : "local")
              << "\nunset GONOPROXY GONOSUMDB GOPRIVATE\n";
    for (const auto& [name, log] : server.public_logs().logs()) {
      std::cout << "# GOSUMDB=" << on_one_line(name)
                << " checks by that log instead: " << counted(log.lookups, "lookup") << " in trees of up to "
                << log.size << " records\n";
    }
  }
  std::cout.flush();
  while (!interrupted()) ::poll(nullptr, 0, 200);
  return ExitCode::done;
}

}  // namespace

const Verb serve_verb{
    .name = "serve",
    .arguments = "DIR… [OPTIONS]",
    .summary = "serve modules and toolchains to go commands, on loopback",
    .help =
        "Serves module caches (GOMODCACHE) and GOPROXY-shaped directories over HTTP, read-only, on "
        "loopback,\n"
        "until it is interrupted, and prints the lines that make go commands use them. Toolchains for\n"
        "GOTOOLCHAIN=goV come from it too. It has a checksum database of its own, which says that modules "
        "are\n"
        "what the directories hold: nobody else vouches for them, but a go.sum does. The lookups and tiles "
        "of "
        "a public\n"
        "log in a module cache are handed on, for go commands that check by it (GOSUMDB=sum.golang.org).\n",
    .examples = {{{"gostrap serve \"$(go env GOMODCACHE)\"",
                   "the module cache, for go commands without a network"}}},
    .bind = bind<ServeWords, serve>,
};

}  // namespace gostrap
