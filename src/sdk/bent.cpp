#include "sdk/bent.hpp"

#include "release/setting.hpp"
#include "sdk/launcher.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// cmd/go takes an empty variable for one that is not set.
std::string value_or_none(const Environment& environment, const std::string& name) {
  return value_in(environment, name).value_or("");
}

/// What a release compiles for where nothing is set: not worth a word.
bool is_default(const std::string& name, const std::string& value) {
  for (const auto& [each, usual] :
       std::initializer_list<std::pair<const char*, const char*>>{{"GO386", "sse2"},
                                                                  {"GOAMD64", "v1"},
                                                                  {"GOARM64", "v8.0"},
                                                                  {"GOMIPS", "hardfloat"},
                                                                  {"GOMIPS64", "hardfloat"},
                                                                  {"GOPPC64", "power8"},
                                                                  {"GORISCV64", "rva20u64"},
                                                                  {"GOFIPS140", "off"}}) {
    if (name == each && value == usual) return true;
  }
  return false;
}

/// The go command itself says so of experiments, and its own source knows best.
bool go_refuses(const Setting& setting) {
  return setting.name == std::string("GOEXPERIMENT") || setting.name == std::string("GOFIPS140");
}

void check_goroot(const Manifest& sdk, const Environment& environment,
                  const std::map<std::string, std::string>& written) {
  const auto goroot = written.find("GOROOT");
  if (sdk.layout >= 2 || goroot == written.end() || goroot->second.empty()) return;
  throw Error("use the SDK for " + sdk.port.text(),
              written_settings_file(environment).string() + " sets GOROOT=" + goroot->second +
                  ", and the go command of an SDK that an earlier gostrap laid out takes that for its own",
              "go env -u GOROOT, or lay the SDK out again, in seconds: gostrap build " + sdk.port.text() +
                  " --release " + sdk.release);
}

}  // namespace

Choice choice_of(const std::string& name, const Environment& environment,
                 const std::map<std::string, std::string>& written) {
  if (std::string value = value_or_none(environment, name); !value.empty()) {
    return {std::move(value), "in the environment", "unset " + name};
  }
  const auto there = written.find(name);
  if (there == written.end() || there->second.empty()) return {};
  return {there->second, "in " + written_settings_file(environment).string(), "go env -u " + name};
}

std::filesystem::path written_settings_file(const Environment& environment) {
  const std::string named = value_or_none(environment, "GOENV");
  if (named == "off") return {};
  if (!named.empty()) return named;
  const std::string config = value_or_none(environment, "XDG_CONFIG_HOME");
  if (!config.empty()) return config.front() == '/' ? fs::path(config) / "go" / "env" : fs::path();
  const std::string home = value_or_none(environment, "HOME");
  return home.empty() ? fs::path() : fs::path(home) / ".config" / "go" / "env";
}

std::map<std::string, std::string> written_settings(const Environment& environment) {
  std::map<std::string, std::string> settings;
  const fs::path file = written_settings_file(environment);
  std::error_code hidden;
  if (file.empty() || !fs::is_regular_file(file, hidden)) return settings;
  constexpr std::size_t most = std::size_t{1} << 20U;
  std::string text;
  try {
    text = read_file(file, most);
  } catch (const Error&) {
    return settings;  // what we may not read, the go command may not read either
  }
  for (const std::string_view line : lines_of(text)) {
    const std::size_t end = line.find('=');
    if (end == std::string_view::npos || line.front() < 'A' || line.front() > 'Z') continue;
    settings[std::string(line.substr(0, end))] = line.substr(end + 1);
  }
  return settings;
}

Environment without_defaults(Environment environment) {
  const std::string note = " " + value_or_none(environment, defaults_variable) + " ";
  const bool port = note.find(" GOOS=" + value_or_none(environment, "GOOS") +
                              " GOARCH=" + value_or_none(environment, "GOARCH") + " ") != std::string::npos;
  const auto is_ours = [&](const auto& variable) {
    const auto& [name, value] = variable;
    if (name == defaults_variable) return true;
    if (name == "GOOS" || name == "GOARCH") return port;
    // CGO_ENABLED=0 is for a port that an SDK compiles no C for (sdk/c_tools/launcher.sh)
    if (name == cache_program_variable || name == "CGO_ENABLED")
      return note.find(" " + name + "=" + value + " ") != std::string::npos;
    const Setting* const setting = find_setting(name);
    return setting != nullptr && setting->kind == SettingKind::compiling &&
           note.find(" " + name + "=" + value + " ") != std::string::npos;
  };
  environment.erase(std::remove_if(environment.begin(), environment.end(), is_ours), environment.end());
  return environment;
}

void require_no_colon(const std::filesystem::path& output, const std::string& doing) {
  if (output.string().find(':') == std::string::npos) return;
  throw Error(doing,
              output.string() +
                  " has a colon in it, and a directory with one cannot be on PATH: another go "
                  "command would run",
              "Name another store: --store DIR, or GOSTRAP_STORE=DIR.");
}

namespace {

/// The port that go would make programs for; a sentence where GOOS or GOARCH make it another than the SDK's.
Port chosen_port(const Manifest& sdk, const Environment& environment, std::vector<std::string>& said) {
  Port port = sdk.port;
  std::string undo, chosen;
  for (const auto& [name, part] : {std::pair{"GOOS", &port.goos}, std::pair{"GOARCH", &port.goarch}}) {
    const std::string value = value_or_none(environment, name);
    if (value.empty() || value == *part) continue;
    *part = value;
    append(chosen, " and ", std::string(name) + "=" + value);
    append(undo, " ", name);
  }
  if (!chosen.empty()) {
    said.push_back(chosen + " in the environment: go makes programs for " + port.text() + ", not for " +
                   sdk.port.text() + " (unset " + undo + ")");
  }
  return port;
}

bool counts_for(const Setting& setting, const Port& port) {
  return setting.architectures.empty() ||
         std::find(setting.architectures.begin(), setting.architectures.end(), port.goarch) !=
             setting.architectures.end();
}

/// What `choice` of a setting does to programs for `port`; nothing where it does nothing.
std::optional<std::string> bent_by(const Setting& setting, const Choice& choice, const Manifest& sdk,
                                   const Port& port, const Version& version) {
  const std::string text = setting.name + "=" + choice.value + " " + choice.where;
  const bool counts = counts_for(setting, port);
  if (!go_refuses(setting)) {
    const Port as = counts ? port : Port{"linux", setting.architectures.front()};
    if (const auto refusal = why_not_set(setting.name, choice.value, as, version)) {
      if (counts)
        throw UsageError(text + " cannot be: " + refusal->reason,
                         refusal->next + (refusal->next.empty() ? "" : " ") + "Or: " + choice.undo);
      return text + " cannot be: " + refusal->reason + "; it does not count for " + port.text() + " (" +
             choice.undo + ")";
    }
  }
  if (!counts) return {};
  const auto own = sdk.profile.settings.find(setting.name);
  if (own == sdk.profile.settings.end()) {
    if (is_default(setting.name, choice.value)) return {};
    return text + ": programs are compiled with it (" + choice.undo + ")";
  }
  if (own->second == choice.value) return {};
  return text + " wins over the SDK's " + setting.name + "=" + own->second + " (" + choice.undo + ")";
}

/// What the launcher of an SDK that compiles C passes over.
void say_of_c(const CCompiler& compiler, const Environment& environment,
              const std::map<std::string, std::string>& written, std::vector<std::string>& said) {
  for (const char* const name : {"AR", "CC", "CXX", "PKG_CONFIG"}) {
    const Choice choice = choice_of(name, environment, written);
    if (choice.value.empty()) continue;
    said.push_back(std::string(name) + "=" + choice.value + " " + choice.where +
                   ": not used, this SDK is bound to " + compiler.version + " (" + choice.undo + ")");
  }
  const auto enabled = written.find("CGO_ENABLED");
  if (enabled != written.end() && enabled->second == "0" && value_or_none(environment, "CGO_ENABLED").empty())
    said.push_back(
        "CGO_ENABLED=0 of `go env -w` is passed over: this SDK compiles C; in the environment it counts");
}

/// What is no setting of an SDK's, and changes what all go commands do.
void say_of_commands(const Manifest& sdk, const Environment& environment,
                     const std::map<std::string, std::string>& written, std::vector<std::string>& said) {
  for (const char* const name : {"GOROOT", "GOTOOLDIR"}) {
    if (const std::string value = value_or_none(environment, name); !value.empty())
      said.push_back(std::string(name) + "=" + value +
                     " in the environment is taken away: the SDK's go would take it for its own");
  }
  const Choice toolchain = choice_of("GOTOOLCHAIN", environment, written);
  const std::string named = toolchain.value.substr(0, toolchain.value.find_first_of("+-"));
  if (named.starts_with("go") && named != "go" + sdk.release)
    said.push_back("GOTOOLCHAIN=" + toolchain.value + " " + toolchain.where + " is passed over: go" +
                   sdk.release + " is used as it is (" + toolchain.undo + ")");
  if (const Choice flags = choice_of("GOFLAGS", environment, written); !flags.value.empty())
    said.push_back("GOFLAGS=" + flags.value + " " + flags.where + ": every go command has these flags (" +
                   flags.undo + ")");
  const Choice c =
      choice_of("CGO_ENABLED", environment, sdk.profile.c ? std::map<std::string, std::string>() : written);
  if (sdk.profile.c) say_of_c(*sdk.profile.c, environment, written, said);
  if (c.value == "1" && sdk.port != own_port() && !sdk.profile.c)
    said.push_back("CGO_ENABLED=1 " + c.where +
                   ": what is C in packages is compiled by CC, which an SDK has "
                   "none of: --cgo names one that has (" +
                   c.undo + ")");
  if (c.value == "0" && (sdk.port == own_port() || sdk.profile.c))
    said.push_back("CGO_ENABLED=0 " + c.where + ": packages are compiled without what is C in them (" +
                   c.undo + ")");
}

}  // namespace

std::vector<std::string> bent(const Manifest& sdk, const Environment& environment) {
  const std::map<std::string, std::string> written = written_settings(environment);
  check_goroot(sdk, environment, written);
  std::vector<std::string> said;
  const Port port = chosen_port(sdk, environment, said);
  say_of_commands(sdk, environment, written, said);
  const std::optional<Version> version = parse_version(sdk.release);
  if (!version) return said;
  for (const Setting& setting : settings()) {
    if (setting.kind != SettingKind::compiling) continue;
    // an SDK's own settings, unless they are baked, are set in the environment, and so the file does not
    // count
    const bool is_set = sdk.profile.settings.count(setting.name) != 0 && !sdk.profile.baked;
    const Choice choice =
        choice_of(setting.name, environment, is_set ? std::map<std::string, std::string>() : written);
    if (choice.value.empty()) continue;
    if (auto sentence = bent_by(setting, choice, sdk, port, *version)) said.push_back(*std::move(sentence));
  }
  return said;
}

}  // namespace gostrap
