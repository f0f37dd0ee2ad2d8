#include "release/setting_table.hpp"

#include "release/embedded.hpp"
#include "support/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace gostrap {
namespace {

using Words = std::vector<std::string>;

/// A value, and the minor version that brought it.
using Value = std::pair<std::string, int>;

struct Facts {
  std::vector<Setting> settings;
  std::map<std::string, std::vector<Value>> values;    ///< in order, the least demanding first
  std::map<std::string, std::vector<Value>> suffixes;  ///< what may follow one
  /// By minor version, the fields of Flags in src/internal/goexperiment/flags.go; "always" those of all.
  std::map<std::string, Words> experiments;
};

constexpr std::array no_settings{
    NoSetting{"CGO_ENABLED",
              "it belongs to a build, and an SDK for another port than the machine's has it 0 as it is",
              "Set it in the environment: CGO_ENABLED=0 go build."},
    NoSetting{"GOTOOLCHAIN", "every SDK has GOTOOLCHAIN=local in its go.env", "Leave it out."},
    NoSetting{"GOCACHE", "an SDK with a profile has a build cache of its own",
              "`gostrap env` prints it; a GOCACHE in the environment wins."},
    NoSetting{"GOFLAGS", "flags belong to a build, not to an SDK",
              "Export GOFLAGS, or give them to `gostrap compile` (--gcflags, --ldflags, --tags)."},
    NoSetting{"GOOS", "the port says it", "Such as gostrap build linux/riscv64."},
    NoSetting{"GOARCH", "the port says it", "Such as gostrap build linux/riscv64."},
    NoSetting{"GOROOT", "it is the SDK itself", "`gostrap env` puts an SDK to use."},
    NoSetting{"GOPATH", "it is a place on one machine", "Set it in the environment."},
    NoSetting{"GOBIN", "it is a place on one machine", "Set it in the environment."},
    NoSetting{"GOMODCACHE", "it is a place on one machine", "Set it in the environment."},
    NoSetting{"GOTMPDIR", "it is a place on one machine", "Set it in the environment."},
    NoSetting{"GOPROXY", "it says where modules come from, not what programs are",
              "Set it in the environment."},
    NoSetting{"GOSUMDB", "it says where modules come from, not what programs are",
              "Set it in the environment."},
    NoSetting{"GOPRIVATE", "it says where modules come from, not what programs are",
              "Set it in the environment."},
    NoSetting{"GONOSUMDB", "it says where modules come from, not what programs are",
              "Set it in the environment."},
    NoSetting{"GOENV", "it is a file on one machine", "Set it in the environment."},
    NoSetting{"GOMAXPROCS", "programs read it when they start, and no default can be compiled in",
              "Set it where the program runs."},
    NoSetting{"GOTRACEBACK", "programs read it when they start, and no default can be compiled in",
              "Set it where the program runs."},
    NoSetting{"CC", "C is not covered", "Set it in the environment, with CGO_ENABLED=1."},
    NoSetting{"CXX", "C is not covered", "Set it in the environment, with CGO_ENABLED=1."},
    NoSetting{"GO_LDSO", "make.bash would bake it into the linker, and the bits would not be upstream's",
              "--ldflags=-I=FILE names a dynamic linker for one program."},
    NoSetting{"GO_EXTLINK_ENABLED",
              "make.bash would bake it into the linker, and the bits would not be upstream's",
              "--ldflags=-linkmode=internal chooses for one program."},
};

/// src/runtime/mgc.go (gcStart) and src/runtime/cgocheck.go, runtime1.go
struct DebugFact {
  const char* name;
  const char* values;
  const char* remark;
};
constexpr std::array debug_facts{
    DebugFact{
        "gcstoptheworld", "0,1,2",
        "it prints nothing. It turns concurrent collection off: the program stands still for each (2: and "
        "while it sweeps). What prints a line for each collection is GODEBUG=gctrace=1."},
    DebugFact{"cgocheck", "0,1", ""},
};

Words words(const JsonView& list) {
  Words words;
  for (const JsonView& each : list.items()) words.push_back(each.string());
  return words;
}

std::vector<Value> values(const JsonView& list) {
  std::vector<Value> values;
  for (const JsonView& each : list.items())
    values.emplace_back(each.items().at(0).string(), each.items().at(1).raw().get<int>());
  return values;
}

Facts read_facts() {
  const JsonDocument document(std::string(embedded::nix_settings_json), "nix/settings.json, as shipped");
  const JsonView json = document.view();
  Facts facts;
  for (const JsonView& each : json.at("settings").items()) {
    const auto says = [&](const char* key) { return each.has(key) && each.at(key).truth(); };
    Setting setting{each.string("name"),
                    says("runtime") ? SettingKind::runtime_default : SettingKind::compiling,
                    {},
                    each.at("since").raw().get<int>(),
                    says("baked")};
    if (each.has("architectures")) setting.architectures = words(each.at("architectures"));
    if (each.has("values")) facts.values[setting.name] = values(each.at("values"));
    if (each.has("suffixes")) facts.suffixes[setting.name] = values(each.at("suffixes"));
    setting.one_suffix = says("oneSuffix");
    facts.settings.push_back(std::move(setting));
  }
  for (const auto& [minor, names] : json.at("experiments").members()) facts.experiments[minor] = words(names);
  return facts;
}

const Facts& facts() {
  static const Facts facts = read_facts();
  return facts;
}

Words known(const std::map<std::string, std::vector<Value>>& all, const std::string& name,
            const Version& version) {
  Words words;
  const auto found = all.find(name);
  if (found == all.end()) return words;
  for (const auto& [value, since] : found->second) {
    if (version.minor >= since) words.push_back(value);
  }
  return words;
}

}  // namespace

const std::vector<Setting>& settings() {
  return facts().settings;
}

const Setting* find_setting(const std::string& name) {
  for (const Setting& each : settings()) {
    if (name == each.name) return &each;
  }
  return nullptr;
}

const Setting* setting_of(const Port& port) {
  for (const Setting& each : settings()) {
    const Words& of = each.architectures;
    if (std::find(of.begin(), of.end(), port.goarch) != of.end()) return &each;
  }
  return nullptr;
}

const NoSetting* why_no_setting(const std::string& name) {
  const auto* const found = std::find_if(no_settings.begin(), no_settings.end(),
                                         [&](const NoSetting& each) { return name == each.name; });
  return found != no_settings.end() ? &*found : nullptr;
}

const char* debug_values(const std::string& name) {
  for (const DebugFact& each : debug_facts) {
    if (name == each.name) return each.values;
  }
  return nullptr;
}

std::string debug_remark(const std::string& name, const std::string& value) {
  for (const DebugFact& each : debug_facts) {
    if (name == each.name && value != "0") return each.remark;
  }
  return {};
}

std::vector<std::string> setting_values(const std::string& name, const Version& version) {
  return known(facts().values, name, version);
}

std::vector<std::string> setting_suffixes(const std::string& name, const Version& version) {
  return known(facts().suffixes, name, version);
}

std::optional<std::set<std::string>> known_experiments(const Version& version) {
  const auto& all = facts().experiments;
  const auto found = all.find(std::to_string(version.minor));
  if (found == all.end()) return std::nullopt;
  std::set<std::string> names(all.at("always").begin(), all.at("always").end());
  names.insert(found->second.begin(), found->second.end());
  return names;
}

}  // namespace gostrap
