#include "compile/query.hpp"

#include "compile/file_hashes.hpp"
#include "compile/lost_bytes.hpp"
#include "compile/stamps.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <array>
#include <set>

namespace gostrap {
namespace {

/// What a caller may set to say where modules are and how they are fetched.
constexpr std::array module_settings{"GOPATH",  "GOMODCACHE", "GOPROXY",   "GONOPROXY",
                                     "GOSUMDB", "GONOSUMDB",  "GOPRIVATE", "GOINSECURE",
                                     "GOAUTH",  "GOVCS",      "GOWORK"};
/// What an answer that is remembered depends on, of all that the machine has: what else a fetch may need
/// changes nothing of what was fetched.
constexpr std::array machine_settings{"PATH", "HOME", "XDG_CONFIG_HOME"};

/// Variables that would bend the answer, or say where somebody else is.
bool is_kept_out(const std::string& name) {
  static const std::set<std::string> names{"CC",  "CXX",    "FC",   "AR",      "PKG_CONFIG",
                                           "PWD", "OLDPWD", "LANG", "LANGUAGE"};
  return name.starts_with("GO") || name.starts_with("CGO_") || name.starts_with("LC_") ||
         name.starts_with("BASH_FUNC_") || names.contains(name);
}

struct GoOutput {
  std::string documents;  ///< JSON, one after the other
  std::string messages;   ///< all other lines
};

/// Both streams come as one: documents begin and end with a brace in the first column, and nothing else does.
GoOutput ask(const std::vector<std::string>& argv, const Environment& environment,
             const std::string& directory, const std::string& doing) {
  GoOutput output;
  bool inside = false;
  Command command;
  command.argv = argv;
  command.environment = environment;
  command.directory = directory;
  command.on_line = [&](std::string_view line) {
    if (line == "{") inside = true;
    (inside ? output.documents : output.messages) += std::string(line) + "\n";
    if (line == "}") inside = false;
  };
  const Exit exit = run(command);
  if (exit.ok()) return output;
  const std::string why = output.messages.empty() ? exit.text() : without_trailing(output.messages, "\n");
  const bool full = why.find("no space left on device") != std::string::npos ||
                    why.find("disk quota exceeded") != std::string::npos;
  throw Error(
      doing, why,
      full ? "The go command keeps its indexes in the compile cache: free some space there, or name another "
             "place with --cache DIR or $GOSTRAP_COMPILE_CACHE."
           : "");
}

/// Only what lies on this machine is asked where the network must not be touched.
std::string without_network(const std::string& proxies) {
  std::string files;
  for (const std::string_view proxy : split(proxies, ",|")) {
    if (proxy.starts_with("file:")) files += std::string(proxy) + ",";
  }
  return files + "off";
}

std::string go_of(const ProgramQuery& query) {
  return query.goroot + "/bin/go";
}

Environment machine_environment() {
  Environment environment;
  for (auto& [name, value] : own_environment()) {
    if (!is_kept_out(name)) environment.emplace_back(name, value);
  }
  return environment;
}

/// `how` says what is listed of each package.
std::vector<std::string> list_command(const ProgramQuery& query, const std::vector<std::string>& how) {
  std::vector<std::string> argv{go_of(query), "list", "-deps"};
  argv.insert(argv.end(), how.begin(), how.end());
  argv.insert(argv.end(), {"-pgo=off", "-buildvcs=false"});
  if (const std::string tags = join(query.tags, ","); !tags.empty()) argv.push_back("-tags=" + tags);
  if (!query.mod.empty()) argv.push_back("-mod=" + query.mod);
  if (!query.mod_file.empty()) argv.push_back("-modfile=" + query.mod_file);
  if (!query.build_mode.empty()) argv.push_back("-buildmode=" + query.build_mode);
  argv.emplace_back("--");
  argv.insert(argv.end(), query.packages.begin(), query.packages.end());
  return argv;
}

std::vector<std::string> list_command(const ProgramQuery& query) {
  return list_command(query, {std::string("-json=") + go_list_fields});
}

/// "example.org/a (a.go b.go)" of each package beside std that has C in it, which go list passes over.
std::vector<std::string> packages_with_c(const ProgramQuery& query, const Environment& environment) {
  const std::vector<std::string> how{
      "-e", "-f", "{{if and .CgoFiles (not .Standard)}}{{.ImportPath}} ({{join .CgoFiles \" \"}}){{end}}"};
  // what the first question could not fetch is not asked for again
  const Environment offline =
      with(environment, {{"CGO_ENABLED", "1"}, {"GOPROXY", "off"}, {"GONOPROXY", "none"}});
  const GoOutput listed = ask(list_command(query, how), offline, query.directory, "list the packages with C");
  std::vector<std::string> packages;
  for (const std::string_view line : lines_of(listed.messages)) {
    if (line.ends_with(")")) packages.emplace_back(line);
  }
  return packages;
}

/// Where C is why the packages cannot be listed, that is told instead.
void refuse_c(const ProgramQuery& query, const Environment& environment) {
  std::vector<std::string> packages;
  try {
    packages = packages_with_c(query, environment);
  } catch (const Error&) {
    return;  // the first failure says more
  }
  if (packages.empty()) return;
  throw UsageError(
      "compile makes programs of Go alone, and these packages have C in them: " + join(packages, ", "),
      "They are left to go build: gostrap exec " + query.port.text() + " --cgo -- go build.");
}

GoOutput ask_for_packages(const ProgramQuery& query, const Environment& environment) {
  try {
    return ask(list_command(query), environment, query.directory,
               "list the packages of " + join(query.packages, " "));
  } catch (const Error&) {
    refuse_c(query, environment);
    throw;
  }
}

/// All that the answer depends on beside the sources.
std::string question_key(const ProgramQuery& query) {
  std::string text = "gostrap program 3\n" + query.directory + "\n" + (query.offline ? "offline\n" : "");
  for (const std::string& word : list_command(query)) text += word + '\0';
  text += query.port.text() + "\n";
  for (const auto& [name, value] : query.settings) text += name + "=" + value + "\n";
  for (const char* name : machine_settings)
    text += std::string(name) + "=" + environment_value(name).value_or("") + "\n";
  for (const char* name : module_settings)
    text += std::string(name) + "=" + environment_value(name).value_or("") + "\n";
  text += "GOENV=" + environment_value("GOENV").value_or("") + "\n";
  return hex(sha256(text));
}

LostBytes lost_bytes(const ProgramQuery& query, const StepCache& cache) {
  std::vector<std::string> directories{query.goroot, query.sdk, query.directory, cache.root().string()};
  for (const char* name : {"HOME", "XDG_CONFIG_HOME", "GOPATH", "GOMODCACHE", "GOWORK"})
    directories.push_back(environment_value(name).value_or(""));
  return LostBytes(directories);
}

}  // namespace

Environment query_environment(const ProgramQuery& query, const StepCache& cache) {
  Environment environment = machine_environment();
  Environment asking = environment;
  for (const char* name : {"GOENV", "GOPATH", "GOMODCACHE", "GOPROXY", "GONOPROXY", "GOSUMDB", "GONOSUMDB",
                           "GOPRIVATE", "GOINSECURE", "GOAUTH", "GOVCS", "GOWORK"}) {
    if (const auto value = environment_value(name)) asking.emplace_back(name, *value);
  }
  // where it is, it takes from here if that is right: so a link to a module's directory is part of that
  // module
  environment.emplace_back("PWD", query.directory);
  asking.emplace_back("PWD", query.directory);
  asking.emplace_back("GOTOOLCHAIN", "local");
  asking.emplace_back("GOCACHE", (cache.root() / "go").string());  // it wants one even to tell its settings
  std::vector<std::string> argv{go_of(query), "env", "-json"};
  argv.insert(argv.end(), module_settings.begin(), module_settings.end());
  const auto own =
      parse_go_env(ask(argv, asking, query.directory, "ask the SDK's go command for its settings").documents);
  const LostBytes bytes = lost_bytes(query, cache);
  for (const auto& [name, said] : own) {
    const std::string value = bytes.restored(said);
    if (value.empty()) continue;
    environment.emplace_back(name, name == "GOPROXY" && query.offline ? without_network(value) : value);
  }
  if (query.offline) environment = with(environment, {{"GOVCS", "*:off"}});
  return with(with(environment, {{"GOENV", "off"},
                                 {"GOFLAGS", ""},
                                 {"GOTOOLCHAIN", "local"},
                                 {"GOCACHE", (cache.root() / "go").string()},
                                 {"GOOS", query.port.goos},
                                 {"GOARCH", query.port.goarch},
                                 {"CGO_ENABLED", "0"},
                                 {"LC_ALL", "C"}}),
              query.settings);
}

ProgramAnswer query_program(const ProgramQuery& query, const StepCache& cache) {
  const std::string key = question_key(query);
  const std::int64_t start = now_in_nanoseconds();
  ProgramAnswer answer;
  const LostBytes bytes = lost_bytes(query, cache);
  const auto take = [&](const std::string& env, const std::string& list) {
    answer.go_env = parse_go_env(env);
    answer.packages = parse_go_list(list);
    bytes.restore(answer);
  };
  const std::optional<std::string> note = query.fresh ? std::nullopt : cache.note(key);
  if (note) {
    const std::size_t list = note->find("\n\n{");
    const std::size_t env = note->find("\n\n{", list == std::string::npos ? list : list + 1);
    if (env != std::string::npos && stamps_hold(std::string_view(*note).substr(0, list + 1))) {
      take(note->substr(list + 2, env - list - 1), note->substr(env + 2));
      answer.remembered = true;
      return answer;
    }
  }
  const Environment environment = query_environment(query, cache);
  const GoOutput env = ask({go_of(query), "env", "-json"}, environment, query.directory,
                           "ask the SDK's go command for its settings");
  const GoOutput list = ask_for_packages(query, environment);
  take(env.documents, list.documents);
  const std::optional<std::string> stamps = stamps_for(answer.packages, query, answer.go_env, start);
  if (stamps) cache.write_note(key, *stamps + "\n" + env.documents + "\n" + list.documents);
  return answer;
}

}  // namespace gostrap
