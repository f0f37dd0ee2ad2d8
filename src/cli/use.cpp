// gostrap env, shell and exec: put an SDK of the store to use.
#include "cli/use.hpp"

#include "cli/mistaken_words.hpp"
#include "cli/named_path.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/use_std.hpp"
#include "cli/verbs.hpp"
#include "program/read_program.hpp"
#include "sdk/bent.hpp"
#include "sdk/debug.hpp"
#include "sdk/goroot_only.hpp"
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

/// The profile that the words name, or the lock's where they name none.
Profile profile_for(const UseWords& words, const Store& store, const Release& release, const Port& port,
                    const std::optional<FoundLock>& lock) {
  return lock && !words.profile.asked()
             ? locked_sdk(*lock, port).profile
             : asked_profile(words.profile, store, release, {port}, CSearch::known_first).profile;
}

[[noreturn]] void refuse_missing(const UseWords& words, const std::string& word, const UsedSdk& wanted,
                                 const std::optional<FoundLock>& lock) {
  const Store store = words.common.store();
  const Port port = parse_port(word);
  std::string options = " --release " + wanted.release.version.text() +
                        profile_words(words.profile, wanted.profile) + words.common.store_words();
  std::string elsewhere;
  const std::vector<StoreEntry> entries = store.entries();
  const Releases releases = words.common.releases();
  for (const Release& other : releases_in(entries, releases)) {
    if (find_entry(entries, Kind::sdk, other, port, wanted.profile) != nullptr)
      append(elsewhere, ", ", other.version.text());
  }
  const std::string others =
      wanted.profile.c ? other_c_compilers(entries, wanted.release, port, *wanted.profile.c) : "";
  const StoreEntry* const host = find_entry(entries, Kind::host, wanted.release, own_port(), {});
  if (host != nullptr && host->published) options += " --published";  // else make.bash would be run
  // another machine's compiler is not made here by building
  const std::string relock = lock && !words.profile.asked() && wanted.profile.c
                                 ? "; where the compiler that " + lock->file.string() +
                                       " has is another one than this machine's: gostrap use " + port.text() +
                                       profile_words(words.profile, wanted.profile) + " after that"
                                 : "";
  throw Error("use the SDK of " + wanted.release.name() + " for " + port.text() +
                  (wanted.profile.empty() ? "" : " with " + wanted.profile.text()),
              "the store at " + store.root().string() + " has none" +
                  (elsewhere.empty() ? "" : "; it has that of " + elsewhere + " (--release)") +
                  (others.empty() ? "" : "; " + others),
              "Build it: gostrap build " + port.text() + options + or_directory(word) + relock);
}

/// As long as this process lives, or what it becomes, prune leaves the entry alone.
void hold(const Store& store, const StoreEntry& entry) {
  static std::vector<FileLock> uses;
  if (auto use = store.use(entry.key())) {
    use->keep_through_exec();
    uses.push_back(std::move(*use));
  }
}

}  // namespace

void UseWords::declare(Options& options) {
  declare_without_c(options);
  profile.c.declare(options);
}

void UseWords::declare_without_c(Options& options) {
  common.declare(options);
  release.declare(options);
  profile.declare_without_c(options);
}

UsedSdk sdk_in_store(const UseWords& words, const std::string& word, LockUse lock_use) {
  refuse_path(word);
  const Releases releases = words.common.releases();
  const Port port = parse_port(word);
  const Store store = words.common.store();
  Project project = project_of(words.release);
  if (lock_use == LockUse::written && is_outgrown(project)) project.lock.reset();
  const std::optional<FoundLock> lock = lock_use == LockUse::obeyed ? project.lock : std::nullopt;
  UsedSdk used;
  used.release = chosen_release(words.common, words.release, releases,
                                {Kind::sdk, {port}, unchecked_profile(words.profile)}, project);
  require_new_enough(used.release.version, project);
  if (lock) used.release = locked_release(*lock, used.release);
  used.release.at(port);
  used.profile = profile_for(words, store, used.release, port, lock);
  const std::vector<StoreEntry> entries = store.entries();
  const StoreEntry* const entry = find_entry(entries, Kind::sdk, used.release, port, used.profile);
  if (entry == nullptr) refuse_missing(words, word, used, lock);
  hold(store, *entry);
  tell_strangers(*entry);
  require_exec(entry->path, "use the SDK");
  if (!fs::is_directory(entry->path))
    refuse_missing(words, word, used, lock);  // somebody has just removed it
  if (lock)
    require_locked_sdk(
        *lock, port, {used.profile, {{own_port(), read_manifest_head(entry->path).nar.value_or(Digest{})}}});
  used.path = entry->path;
  used.cache = sdk_cache(entry->path, used.profile);
  used.compiled_std = compiled_std(entries, *entry, used.release);
  if (used.compiled_std) hold(store, *used.compiled_std);
  return used;
}

namespace {

struct UsableSdk {
  fs::path path, cache;
  Manifest manifest;     ///< the head of it
  Environment defaults;  ///< what is set where the user has set nothing
};

Environment environment_of(const UsableSdk& used) {
  return sdk_environment(used.path, own_environment(), used.cache, used.defaults);
}

/// The port that is named, or the only one of gostrap.lock.
std::string port_word(const UseWords& words) {
  if (!words.common.arguments.words.empty()) return words.common.arguments.one("port");
  const Project project = project_of(words.release);
  if (!project.lock) return words.common.arguments.one("port");
  const auto& sdks = project.lock->lock.sdks;
  if (sdks.size() == 1) return sdks.begin()->first.text();
  throw UsageError(
      "the port is missing, and " + project.lock->file.string() + " has " +
          (sdks.empty() ? "none" : join(sdks, ", ", [](const auto& each) { return each.first.text(); })),
      "Usage: " + words.common.arguments.usage);
}

/// The SDK that `word` names, if it can be used as it stands there with what the user has set; what of that
/// wins over the SDK's own is said.
UsableSdk usable_sdk(const UseWords& words, const std::string& word) {
  require_no_colon(words.common.store().root(), "put an SDK on PATH");
  const UsedSdk sdk = sdk_in_store(words, word);
  UsableSdk used{sdk.path, sdk.cache, read_manifest_head(sdk.path), {}};
  used.defaults = sdk_defaults(used.manifest);
  // another go, further down PATH, would run in its place
  const std::string go = (used.path / "bin" / "go").string();
  if (!find_program(go)) throw Error(run_failure(go, ""));
  const Environment own = without_defaults(own_environment());
  for (const std::string& each : bent(used.manifest, own)) std::cerr << "gostrap: " << each << "\n";
  for (const GorootOnly& each : goroots_only(fs::current_path(), own, words.common.store().root()))
    std::cerr << "gostrap: " << each.text() << " (" << each.mend << ")\n";
  if (sdk.compiled_std) {
    const Environment more = settings_for(*sdk.compiled_std, environment_of(used));
    used.defaults.insert(used.defaults.end(), more.begin(), more.end());
  }
  return used;
}

/// Whether it is a program for that port, which this machine's kernel has refused.
bool is_program_for(const Port& port, const fs::path& file) {
  try {
    const ProgramFacts facts = read_program_file(file);
    const bool wasm = port.goarch == "wasm";  // which of the two it is for, only a whole one tells
    return facts.goarch == port.goarch && (facts.goos == port.goos || (facts.goos.empty() && !wasm));
  } catch (const Error&) {
    return false;
  }
}

/// Becomes the command: exit code, signals and terminal are its own. A program that the machine cannot run is
/// given to the wrapper of the SDK that is in use, as go run gives it.
[[noreturn]] void become(const std::vector<std::string>& command, const Environment& environment,
                         const UsableSdk& used) {
  std::string path;
  std::vector<std::string> pairs;
  for (const auto& [name, value] : environment) {
    if (name == "PATH") path = value;
    pairs.push_back(name + "=" + value);
  }
  const std::optional<fs::path> program = find_program(command.front(), path);
  if (!program) throw Error(command_failure(command.front(), path));
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& pair : pairs) envp.push_back(pair.data());
  envp.push_back(nullptr);
  std::cout.flush();
  ::signal(SIGPIPE, SIG_DFL);  // an ignored signal stays ignored through exec
  ::execve(program->c_str(), argv.data(), envp.data());
  const int number = errno;
  const fs::path wrapper = used.path / "bin" / ("go_" + used.manifest.port.underscored() + "_exec");
  std::error_code hidden;
  if (number == ENOEXEC && fs::is_regular_file(wrapper, hidden) &&
      is_program_for(used.manifest.port, *program)) {
    std::string by = wrapper.string(), file = fs::absolute(*program).string();
    argv.front() = file.data();
    argv.insert(argv.begin(), by.data());
    ::execve(by.c_str(), argv.data(), envp.data());
  }
  throw Error(command_failure(program->string(), path, number));
}

struct EnvWords : UseWords {
  std::optional<std::string> shell;
  bool direnv = false;

  void declare(Options& options) {
    UseWords::declare(options);
    options.add("shell", "write for this shell: bash, zsh, sh (as without it), fish, nu, pwsh; or json",
                "SHELL", shell);
    options.add("direnv", "print what `use gostrap` is in direnv's .envrc: for ~/.config/direnv/lib", direnv);
    options.check([this] {
      if (!shell || *shell == "json" || (find_shell(*shell) && !common.json)) return;
      if (find_shell(*shell))
        throw UsageError("--json and --shell " + *shell + " are two forms", "Choose one.");
      throw UsageError(
          "env knows no shell " + *shell,
          "It knows bash, zsh, sh, fish, nu and pwsh; --shell json has for all others what is to be set.");
    });
  }
  bool json() const { return common.json || shell == "json"; }
};

/// `set` and `unset` are all that a program has to do to what it starts, if its own environment is ours.
Json environment_json(const UsableSdk& used) {
  Json json = Json::object();
  json["sdk"] = used.path.string();
  json["path"] = (used.path / "bin").string();
  json["go"] = (used.path / "bin" / "go").string();
  json["goroot"] = (used.path / "share" / "go").string();
  if (!used.cache.empty()) json["gocache"] = used.cache.string();
  json["environment"] = Json::object();
  for (const auto& [name, value] : used.defaults) json["environment"][name] = value;
  const EnvironmentChange change = change_of(own_environment(), environment_of(used));
  json["set"] = Json::object();
  for (const auto& [name, value] : change.set) json["set"][name] = value;
  json["unset"] = change.unset;
  return json;
}

ExitCode print_environment(const EnvWords& words) {
  if (words.direnv) {
    std::cout << direnv_library();
    return ExitCode::done;
  }
  const UsableSdk used = usable_sdk(words, port_word(words));
  if (words.json()) {
    print_json(environment_json(used));
  } else {
    const Shell shell = words.shell ? *find_shell(*words.shell) : Shell::posix;
    std::cout << exact(sdk_shell_lines(used.path, used.cache, used.defaults, own_environment(), shell));
  }
  return ExitCode::done;
}

struct ShellWords : UseWords {
  bool own_prompt = false;

  void declare(Options& options) {
    UseWords::declare(options);
    options.add("no-prompt",
                "leave the prompt as it is (always, with GOSTRAP_NO_PROMPT=1 in the environment)",
                own_prompt);
  }
};

ExitCode start_shell_with(const ShellWords& words) {
  const UsableSdk used = usable_sdk(words, port_word(words));
  const std::string shell = environment_value("SHELL").value_or("/bin/sh");
  const std::string name = "(" + used.manifest.port.text() + " go" + used.manifest.release + ") ";
  ShellUse use{used.path, [&](Shell language) {
                 return sdk_shell_lines(used.path, used.cache, used.defaults, own_environment(), language);
               }};
  if (!words.own_prompt && !environment_value("GOSTRAP_NO_PROMPT")) use.prompt = name;
  use.outer_prompt = environment_value(prompt_variable).value_or("");
  const ShellStart start = start_shell(shell, use, with(environment_of(used), {{prompt_variable, name}}));
  std::cerr << "go now targets " << used.manifest.port.text() << "; `exit` leads back.\n";
  if (!start.sure && ::isatty(STDIN_FILENO) == 1) {
    std::cerr << "(" << shell << " reads its own start-up files now: `command -v go` should say "
              << (used.path / "bin" / "go").string() << ")\n";
  }
  become(start.argv, start.environment, used);
}

struct ExecWords : UseWords {
  std::optional<std::vector<std::string>> command;
  bool debug = false;

  void declare(Options& options) {
    UseWords::declare(options);
    options.add("debug", "let the program wait for a debugger, and say how that comes", debug);
    options.add_command(command);
  }
};

ExitCode run_with(const ExecWords& words) {
  if (!words.command || words.command->empty()) {
    throw UsageError("the command is missing", "Usage: gostrap exec PORT -- CMD…, such as: -- go test ./...");
  }
  const UsableSdk used = usable_sdk(words, port_word(words));
  if (!words.debug) become(*words.command, environment_of(used), used);
  const DebugCommand debug = debug_command(used.path, used.manifest, *words.command, environment_of(used));
  become(debug.argv, debug.environment, used);
}

}  // namespace

const Verb env_verb{
    .name = "env",
    .arguments = "[PORT] [OPTIONS]",
    .summary = "print the shell lines that put an SDK to use",
    .help =
        "Prints shell lines that put the SDK first on PATH: eval \"$(gostrap env linux/riscv64)\"\n"
        "They are for POSIX shells (sh, bash, zsh, ksh). For others:\n"
        "  fish        gostrap env riscv64 --shell fish | source\n"
        "  nushell     gostrap env riscv64 --shell nu | save -f sdk.nu    and then: source sdk.nu\n"
        "  PowerShell  gostrap env riscv64 --shell pwsh | Invoke-Expression\n"
        "--shell json is --json, which has for programs what is to be set and unset.\n"
        "GOOS, GOARCH and a profile's settings are set where you have not set them: what you have exported\n"
        "wins, and is told. To run a helper on this machine while an SDK is in use:\n"
        "  GOOS=$(go env GOHOSTOS) GOARCH=$(go env GOHOSTARCH) go run ./gen\n",
    .examples = {{{"gostrap env riscv64", "the lines; eval \"$(gostrap env riscv64)\" puts them to use"},
                  {"gostrap env riscv64 --shell fish", "the same for fish; nu and pwsh are known, too"}}},
    .bind = bind<EnvWords, print_environment>,
};

const Verb shell_verb{
    .name = "shell",
    .arguments = "[PORT] [OPTIONS]",
    .summary = "start a shell with an SDK in use",
    .help =
        "Starts $SHELL with the SDK first on PATH: in bash, zsh, fish, dash and ksh after your own start-up "
        "files,\n"
        "whatever they put there. Other shells read theirs later: `command -v go` shows what came of it.\n"
        "The prompt shows which SDK is on, before your own: \"(linux/riscv64 go1.24.4) \". With --no-prompt, "
        "or\n"
        "GOSTRAP_NO_PROMPT=1 in the environment, it stays as it is; GOSTRAP_PROMPT has the words for a "
        "prompt\n"
        "of your own.\n",
    .examples = {{{"gostrap shell riscv64", "a shell whose go targets linux/riscv64"}}},
    .bind = bind<ShellWords, start_shell_with>,
};

const Verb exec_verb{
    .name = "exec",
    .arguments = "[PORT] [OPTIONS] -- CMD…",
    .summary = "run one command with an SDK in use",
    .help =
        "Runs one command with the SDK first on PATH; its exit code is the command's: 127 where there is no "
        "such\n"
        "command, 126 where it cannot be run.\n"
        "--debug is for a program, go run and go test. Programs of other linux ports wait in QEMU for gdb, "
        "those\n"
        "of this machine in delve for `dlv connect`; what to type in another terminal is said.\n",
    .examples = {{{"gostrap exec wasm -- go test ./...",
                   "one command; go run and go test work through QEMU, node or a WASI runtime"},
                  {"gostrap exec riscv64 --debug -- go test ./x -run TestY", "a test that waits for gdb"}}},
    .bind = bind<ExecWords, run_with>,
};

}  // namespace gostrap
