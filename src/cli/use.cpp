// gostrap env, shell and exec: put an SDK of the store to use.
#include "cli/use.hpp"

#include "cli/profile_options.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "sdk/use.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>

namespace gostrap {
UsedSdk sdk_in_store(const CommandLine& line, const std::string& word) {
  const Releases releases = line.releases();
  const Port port = parse_port(word);
  const Store store = line.store();
  const Release& release = releases.get(line.text("release"));
  release.require(port);
  const Profile profile = asked_profile(line, release, {port}).profile;
  const std::optional<StoreEntry> entry = store.find(StepKind::sdk, release, port, profile);
  if (entry) {
    static std::optional<FileLock> use;
    use = store.use(entry->key());
    if (use) use->keep_through_exec();
    if (fs::is_directory(entry->path)) return {entry->path, sdk_cache(entry->path, profile)};
  }
  std::string options = line.has("release") ? " --release " + line.text("release") : "";
  for (const char* const option : {"profile", "patch"}) {
    for (const std::string& each : line.texts(option)) options += std::string(" --") + option + " " + each;
  }
  if (line.has("bake")) options += " --bake";
  throw Error("use the SDK of " + release.name() + " for " + port.text() +
                  (profile.empty() ? "" : " with " + profile.text()),
              "the store at " + store.root().string() + " has none",
              "Build it: gostrap build " + port.text() + options);
}

namespace {

/// Becomes the command: exit code, signals and terminal are its own.
[[noreturn]] void become(const Words& command, const Environment& environment) {
  std::string path;
  std::vector<std::string> pairs;
  for (const auto& [name, value] : environment) {
    if (name == "PATH") path = value;
    pairs.push_back(name + "=" + value);
  }
  const std::optional<fs::path> program = find_program(command.front(), path);
  if (!program) throw Error("run " + command.front(), "there is no such program on PATH");
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& pair : pairs) envp.push_back(pair.data());
  envp.push_back(nullptr);
  std::cout.flush();
  ::signal(SIGPIPE, SIG_DFL);  // an ignored signal stays ignored through exec
  ::execve(program->c_str(), argv.data(), envp.data());
  throw system_error("run " + program->string());
}

}  // namespace

ExitCode env_verb(const Words& words) {
  CommandLine line(
      "env PORT [OPTIONS]",
      "Prints shell lines that put the SDK first on PATH: eval \"$(gostrap env linux/riscv64)\"\n");
  line.add_release();
  add_profile_options(line);
  if (!line.parse(words)) return ExitCode::done;
  const auto [sdk, cache] = sdk_in_store(line, line.one_argument("port"));
  if (line.json()) {
    Json json = Json::object();
    json["sdk"] = sdk.string();
    json["path"] = (sdk / "bin").string();
    json["go"] = (sdk / "bin" / "go").string();
    json["goroot"] = (sdk / "share" / "go").string();
    if (!cache.empty()) json["gocache"] = cache.string();
    print_json(json);
  } else {
    std::cout << exact(sdk_shell_lines(sdk, cache));
  }
  return ExitCode::done;
}

ExitCode shell_verb(const Words& words) {
  CommandLine line("shell PORT [OPTIONS]", "Starts $SHELL with the SDK first on PATH.\n");
  line.add_release();
  add_profile_options(line);
  if (!line.parse(words)) return ExitCode::done;
  const std::string port = line.one_argument("port");
  const auto [sdk, cache] = sdk_in_store(line, port);
  std::cerr << "go now targets " << parse_port(port).text() << "; `exit` leads back.\n";
  become({environment_value("SHELL").value_or("/bin/sh")}, sdk_environment(sdk, own_environment(), cache));
}

ExitCode exec_verb(const Words& words) {
  const auto separator = std::find(words.begin(), words.end(), "--");
  CommandLine line("exec PORT [OPTIONS] -- CMD…",
                   "Runs one command with the SDK first on PATH; its exit code is the command's.\n");
  line.add_release();
  add_profile_options(line);
  if (!line.parse({words.begin(), separator})) return ExitCode::done;
  if (separator == words.end() || separator + 1 == words.end()) {
    throw UsageError("the command is missing", "Usage: gostrap exec PORT -- CMD…, such as: -- go test ./...");
  }
  const auto [sdk, cache] = sdk_in_store(line, line.one_argument("port"));
  become({separator + 1, words.end()}, sdk_environment(sdk, own_environment(), cache));
}

}  // namespace gostrap
