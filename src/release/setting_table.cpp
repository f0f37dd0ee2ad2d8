// The facts: which settings there are, and which values each release knows.
#include "release/setting.hpp"
#include "release/setting_words.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

using Words = std::vector<std::string>;

/// A value, and the minor version that brought it. They stand in order, the least demanding first.
struct Value {
  const char* setting;
  const char* value;
  int since;
};

constexpr std::array values_known{
    Value{"GO386", "softfloat", 16},
    Value{"GO386", "sse2", 16},
    Value{"GOAMD64", "v1", 18},
    Value{"GOAMD64", "v2", 18},
    Value{"GOAMD64", "v3", 18},
    Value{"GOAMD64", "v4", 18},
    Value{"GOARM", "5", 0},
    Value{"GOARM", "6", 0},
    Value{"GOARM", "7", 0},
    Value{"GOARM64", "v8.0", 23},
    Value{"GOARM64", "v8.1", 23},
    Value{"GOARM64", "v8.2", 23},
    Value{"GOARM64", "v8.3", 23},
    Value{"GOARM64", "v8.4", 23},
    Value{"GOARM64", "v8.5", 23},
    Value{"GOARM64", "v8.6", 23},
    Value{"GOARM64", "v8.7", 23},
    Value{"GOARM64", "v8.8", 23},
    Value{"GOARM64", "v8.9", 23},
    Value{"GOARM64", "v9.0", 23},
    Value{"GOARM64", "v9.1", 23},
    Value{"GOARM64", "v9.2", 23},
    Value{"GOARM64", "v9.3", 23},
    Value{"GOARM64", "v9.4", 23},
    Value{"GOARM64", "v9.5", 23},
    Value{"GOFIPS140", "off", 24},
    Value{"GOFIPS140", "latest", 24},
    Value{"GOFIPS140", "inprocess", 24},
    Value{"GOFIPS140", "certified", 27},
    Value{"GOFIPS140", "v1.0.0", 24},
    Value{"GOFIPS140", "v1.26.0", 27},
    Value{"GOMIPS", "softfloat", 10},
    Value{"GOMIPS", "hardfloat", 10},
    Value{"GOMIPS64", "softfloat", 11},
    Value{"GOMIPS64", "hardfloat", 11},
    Value{"GOPPC64", "power8", 9},
    Value{"GOPPC64", "power9", 9},
    Value{"GOPPC64", "power10", 20},
    Value{"GORISCV64", "rva20u64", 23},
    Value{"GORISCV64", "rva22u64", 23},
    Value{"GORISCV64", "rva23u64", 25},
    Value{"GOWASM", "satconv", 13},
    Value{"GOWASM", "signext", 13},
    // what may follow
    Value{"GOARM,", "softfloat", 22},
    Value{"GOARM,", "hardfloat", 22},
    Value{"GOARM64,", "lse", 23},
    Value{"GOARM64,", "crypto", 23},
    Value{"GOWASM,", "satconv", 13},
    Value{"GOWASM,", "signext", 13},
};

/// The fields of Flags in src/internal/goexperiment/flags.go.
constexpr std::array experiments_always{
    "fieldtrack", "preemptibleloops", "staticlockranking", "boringcrypto", "regabiwrappers", "regabiargs",
    "arenas",     "cgocheck2",        "heapminimum512kib", "loopvar",      "newinliner"};
constexpr std::array experiments_23{"coverageredesign", "cacheprog", "rangefunc", "aliastypeparams"};
constexpr std::array experiments_24{"swissmap", "spinbitmutex", "synchashtriemap", "synctest"};
constexpr std::array experiments_27{"dwarf5",        "jsonv2", "greenteagc",    "randomizedheapbase64",
                                    "runtimefreegc", "simd",   "runtimesecret", "sizespecializedmalloc",
                                    "mapsplitgroup"};

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

Words known(const std::string& setting, const Version& version) {
  Words words;
  for (const Value& each : values_known) {
    if (setting == each.setting && version.minor >= each.since) words.emplace_back(each.value);
  }
  return words;
}

}  // namespace

const std::vector<Setting>& settings() {
  using enum SettingKind;
  static const std::vector<Setting> all{
      {"GO386", compiling, {"386"}, 0, true},
      {"GOAMD64", compiling, {"amd64"}, 18, true},
      {"GOARM", compiling, {"arm"}, 0, true},
      {"GOARM64", compiling, {"arm64"}, 23, true},
      {"GOMIPS", compiling, {"mips", "mipsle"}, 10, true},
      {"GOMIPS64", compiling, {"mips64", "mips64le"}, 11, true},
      {"GOPPC64", compiling, {"ppc64", "ppc64le"}, 9, true},
      {"GORISCV64", compiling, {"riscv64"}, 23, true},
      {"GOWASM", compiling, {"wasm"}, 13, false},
      {"GOFIPS140", compiling, {}, 24, true},
      {"GOEXPERIMENT", compiling, {}, 0, true},
      {"GOGC", runtime_default, {}, 0, false},
      {"GOMEMLIMIT", runtime_default, {}, 19, false},
      {"GODEBUG", runtime_default, {}, 0, false},
  };
  return all;
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
  return known(name, version);
}

std::vector<std::string> setting_suffixes(const std::string& name, const Version& version) {
  return known(name + ",", version);
}

std::optional<std::set<std::string>> known_experiments(const Version& version) {
  std::set<std::string> names(experiments_always.begin(), experiments_always.end());
  switch (version.minor) {
    case 24:
      names.insert(experiments_24.begin(), experiments_24.end());
      [[fallthrough]];
    case 23:
      names.insert(experiments_23.begin(), experiments_23.end());
      return names;
    case 27:
      names.insert(experiments_27.begin(), experiments_27.end());
      return names;
    default:
      return std::nullopt;
  }
}

}  // namespace gostrap
