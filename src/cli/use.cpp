// gostrap env, shell and exec: put an SDK of the store to use.
#include "cli/use.hpp"

#include "cli/mistaken_words.hpp"
#include "cli/named_path.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/verbs.hpp"
#include "sdk/bent.hpp"
#include "sdk/manifest.hpp"
#include "sdk/start_shell.hpp"
#include "sdk/use.hpp"
#include "source/goroot.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/run_failure.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>

namespace gostrap {
namespace {

/// A path where a port of the store is wanted: why it is no SDK, or how one is used by its path.
void refuse_path(const std::string& word) {
  std::error_code hidden;
  if (!is_path(word)) return;
  const std::string doing = "use the SDK " + word;
  const std::string next = "Name a port, such as linux/arm64 (`gostrap list` shows what there is).";
  if (!fs::exists(word, hidden)) throw Error(doing, "there is no such directory", next);
  if (!fs::is_regular_file(manifest_path(word), hidden)) {
    throw Error(doing, "gostrap did not make it: it has no share/gostrap/manifest.json", next);
  }
  throw Error(doing, "here a port is wanted, not a path",
              "By its path it is used so: PATH=" + word + "/bin:$PATH");
}

}  // namespace

void UseWords::declare(Options& options) {
  common.declare(options);
  release.declare(options);
  profile.declare(options);
}

UsedSdk sdk_in_store(const UseWords& words, const std::string& word) {
  refuse_path(word);
  const Releases releases = words.common.releases();
  const Port port = parse_port(word);
  const Store store = words.common.store();
  const Release& release = chosen_release(words.common, words.release, releases,
                                          {Kind::sdk, {port}, unchecked_profile(words.profile)});
  release.at(port);
  const Profile profile = asked_profile(words.profile, store, release, {port}).profile;
  const std::optional<StoreEntry> entry = store.find(Kind::sdk, release, port, profile);
  if (entry) {
    static std::optional<FileLock> use;
    use = store.use(entry->key());
    if (use) use->keep_through_exec();
    tell_strangers(*entry);
    require_exec(entry->path, "use the SDK");
    if (fs::is_directory(entry->path)) return {entry->path, sdk_cache(entry->path, profile)};
  }
  const std::string options =
      (words.release.name ? " --release " + *words.release.name : "") + profile_words(words.profile, profile);
  std::string elsewhere;
  const std::vector<StoreEntry> entries = store.entries();
  for (const Release& other : releases.all()) {
    if (find_entry(entries, Kind::sdk, other, port, profile) != nullptr)
      append(elsewhere, ", ", other.version.text());
  }
  throw Error("use the SDK of " + release.name() + " for " + port.text() +
                  (profile.empty() ? "" : " with " + profile.text()),
              "the store at " + store.root().string() + " has none" +
                  (elsewhere.empty() ? "" : "; it has that of " + elsewhere + " (--release)"),
              "Build it: gostrap build " + port.text() + options + or_directory(word));
}

namespace {

struct UsableSdk {
  fs::path path, cache;
  Manifest manifest;  ///< the head of it
};

/// The SDK that `word` names, if it can be used as it stands there with what the user has set; what of that
/// wins over the SDK's own is said.
UsableSdk usable_sdk(const UseWords& words, const std::string& word) {
  require_no_colon(words.common.store().root(), "put an SDK on PATH");
  const auto [path, cache] = sdk_in_store(words, word);
  UsableSdk used{path, cache, read_manifest_head(path)};
  // another go, further down PATH, would run in its place
  const std::string go = (used.path / "bin" / "go").string();
  if (!find_program(go)) throw Error(run_failure(go, ""));
  for (const std::string& each : bent(used.manifest, without_defaults(own_environment())))
    std::cerr << "gostrap: " << each << "\n";
  return used;
}

Environment environment_of(const UsableSdk& used) {
  return sdk_environment(used.path, own_environment(), used.cache, sdk_defaults(used.manifest));
}

/// The text of the go.mod that a go command would find from here; "" where there is none.
std::string go_mod_here() {
  std::error_code hidden;
  for (fs::path directory = fs::current_path(hidden); !directory.empty();
       directory = directory.parent_path()) {
    if (fs::is_regular_file(directory / "go.mod", hidden))
      return "\n" + read_file(directory / "go.mod", 1U << 20U);
    if (directory == directory.root_path()) break;
  }
  return {};
}

/// A go command says that go.mod wants a newer Go than it is, and not where one is: that is said beforehand.
void tell_of_newer_go(const fs::path& sdk, const Releases& releases, const std::string& port) {
  try {
    const std::string text = go_mod_here();
    const std::size_t line = text.find("\ngo ");
    if (line == std::string::npos) return;
    const std::size_t start = line + 4;
    const std::string wanted = text.substr(start, text.find_first_of(" \t\r\n/", start) - start);
    const std::optional<Version> version = parse_version(wanted);
    const std::optional<Version> have = parse_version(version_line(goroot_of(sdk)));
    if (!version || !have || *version <= *have) return;
    std::cerr << "gostrap: go.mod here wants go " << wanted << ", and this SDK is go" << have->text() << ". "
              << newer_go_advice("requires go >= " + wanted + "\n", releases, parse_port(port).text())
              << "\n";
  } catch (const Error&) {
    // it is only a hint: the go command says what is wrong with the file
  }
}

/// Becomes the command: exit code, signals and terminal are its own.
[[noreturn]] void become(const std::vector<std::string>& command, const Environment& environment) {
  std::string path;
  std::vector<std::string> pairs;
  for (const auto& [name, value] : environment) {
    if (name == "PATH") path = value;
    pairs.push_back(name + "=" + value);
  }
  const std::optional<fs::path> program = find_program(command.front(), path);
  if (!program) throw Error(run_failure(command.front(), path));
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& pair : pairs) envp.push_back(pair.data());
  envp.push_back(nullptr);
  std::cout.flush();
  ::signal(SIGPIPE, SIG_DFL);  // an ignored signal stays ignored through exec
  ::execve(program->c_str(), argv.data(), envp.data());
  throw Error(run_failure(program->string(), path, errno));
}

ExitCode print_environment(const UseWords& words) {
  const UsableSdk used = usable_sdk(words, words.common.arguments.one("port"));
  const auto& [sdk, cache, manifest] = used;
  if (words.common.json) {
    Json json = Json::object();
    json["sdk"] = sdk.string();
    json["path"] = (sdk / "bin").string();
    json["go"] = (sdk / "bin" / "go").string();
    json["goroot"] = (sdk / "share" / "go").string();
    if (!cache.empty()) json["gocache"] = cache.string();
    json["environment"] = Json::object();
    for (const auto& [name, value] : sdk_defaults(manifest)) json["environment"][name] = value;
    print_json(json);
  } else {
    std::cout << exact(sdk_shell_lines(sdk, cache, sdk_defaults(manifest), own_environment()));
  }
  return ExitCode::done;
}

ExitCode start_shell_with(const UseWords& words) {
  const UsableSdk used = usable_sdk(words, words.common.arguments.one("port"));
  const std::string shell = environment_value("SHELL").value_or("/bin/sh");
  const Environment defaults = sdk_defaults(used.manifest);
  const ShellStart start =
      start_shell(shell, used.path, sdk_shell_lines(used.path, used.cache, defaults, own_environment()),
                  defaults, environment_of(used));
  std::cerr << "go now targets " << used.manifest.port.text() << "; `exit` leads back.\n";
  if (!start.sure && ::isatty(STDIN_FILENO) == 1) {
    std::cerr << "(" << shell << " reads its own start-up files now: `command -v go` should say "
              << (used.path / "bin" / "go").string() << ")\n";
  }
  become(start.argv, start.environment);
}

struct ExecWords : UseWords {
  std::optional<std::vector<std::string>> command;

  void declare(Options& options) {
    UseWords::declare(options);
    options.add_command(command);
  }
};

ExitCode run_with(const ExecWords& words) {
  if (!words.command || words.command->empty()) {
    throw UsageError("the command is missing", "Usage: gostrap exec PORT -- CMD…, such as: -- go test ./...");
  }
  const UsableSdk used = usable_sdk(words, words.common.arguments.one("port"));
  if (words.command->front() == "go")
    tell_of_newer_go(used.path, words.common.releases(), words.common.arguments.one("port"));
  become(*words.command, environment_of(used));
}

}  // namespace

const Verb env_verb{
    .name = "env",
    .arguments = "PORT [OPTIONS]",
    .summary = "print the shell lines that put an SDK to use",
    .help =
        "Prints shell lines that put the SDK first on PATH: eval \"$(gostrap env linux/riscv64)\"\n"
        "They are for POSIX shells (sh, bash, zsh, ksh). In fish or csh: gostrap shell PORT, or --json, "
        "which\n"
        "has what is to be set. GOOS, GOARCH and a profile's settings are set where you have not set them: "
        "what\n"
        "you have exported wins, and is told. To run a helper on this machine while an SDK is in use:\n"
        "  GOOS=$(go env GOHOSTOS) GOARCH=$(go env GOHOSTARCH) go run ./gen\n",
    .examples = {{{"gostrap env riscv64", "the lines; eval \"$(gostrap env riscv64)\" puts them to use"}}},
    .bind = bind<UseWords, print_environment>,
};

const Verb shell_verb{
    .name = "shell",
    .arguments = "PORT [OPTIONS]",
    .summary = "start a shell with an SDK in use",
    .help =
        "Starts $SHELL with the SDK first on PATH: in bash, zsh, fish, dash and ksh after your own start-up "
        "files,\n"
        "whatever they put there. Other shells read theirs later: `command -v go` shows what came of it.\n",
    .examples = {{{"gostrap shell riscv64", "a shell whose go targets linux/riscv64"}}},
    .bind = bind<UseWords, start_shell_with>,
};

const Verb exec_verb{
    .name = "exec",
    .arguments = "PORT [OPTIONS] -- CMD…",
    .summary = "run one command with an SDK in use",
    .help = "Runs one command with the SDK first on PATH; its exit code is the command's.\n",
    .examples = {{{"gostrap exec wasm -- go test ./...",
                   "one command; go run and go test work through QEMU, node or a WASI runtime"}}},
    .bind = bind<ExecWords, run_with>,
};

}  // namespace gostrap
