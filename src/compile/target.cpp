#include "compile/target.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <cctype>

namespace gostrap {
namespace {

std::string value_of(const std::map<std::string, std::string>& environment, const std::string& name) {
  const auto there = environment.find(name);
  return there == environment.end() ? "" : there->second;
}

/// The variable that chooses among instruction sets of an architecture (cmd/go/internal/cfg, GetArchEnv).
std::string feature_variable(const std::string& goarch) {
  static const std::map<std::string, std::string> variables{
      {"386", "GO386"},     {"amd64", "GOAMD64"},   {"arm", "GOARM"},         {"arm64", "GOARM64"},
      {"mips", "GOMIPS"},   {"mipsle", "GOMIPS"},   {"mips64", "GOMIPS64"},   {"mips64le", "GOMIPS64"},
      {"ppc64", "GOPPC64"}, {"ppc64le", "GOPPC64"}, {"riscv64", "GORISCV64"}, {"wasm", "GOWASM"},
  };
  return value_of(variables, goarch);
}

bool prefers_pie(const std::string& goos) {
  return goos == "android" || goos == "ios" || goos == "windows" || goos == "darwin";
}

/// lib/fips140 has aliases, as inprocess.txt, with a version in them.
std::string fips_version(const std::string& name, const std::string& goroot) {
  std::error_code hidden;
  const fs::path alias = fs::path(goroot) / "lib" / "fips140" / (name + ".txt");
  if (name.empty() || goroot.empty() || name.find('/') != std::string::npos ||
      !fs::is_regular_file(alias, hidden))
    return name;
  std::string version = read_file(alias, 4096);
  while (!version.empty() && std::isspace(static_cast<unsigned char>(version.back())) != 0)
    version.pop_back();
  return version;
}

}  // namespace

Target target_from(const Port& port, const std::map<std::string, std::string>& go_env) {
  Target target;
  target.port = port;
  target.feature = feature_variable(port.goarch);
  if (!target.feature.empty()) target.feature_value = value_of(go_env, target.feature);
  target.experiment = value_of(go_env, "GOEXPERIMENT");
  target.fips140 = fips_version(value_of(go_env, "GOFIPS140"), value_of(go_env, "GOROOT"));
  target.go_version = value_of(go_env, "GOVERSION");
  return target;
}

std::vector<std::string> assembler_defines(const Target& target) {
  const std::string& goarch = target.port.goarch;
  const std::string& value = target.feature_value;
  std::vector<std::string> names{"GOOS_" + target.port.goos, "GOARCH_" + goarch};
  if (goarch == "386" || goarch == "amd64" || goarch == "riscv64" || goarch.starts_with("mips")) {
    names.push_back(target.feature + "_" + value);
  } else if (goarch.starts_with("ppc64")) {
    if (value == "power10") names.emplace_back("GOPPC64_power10");
    if (value == "power10" || value == "power9") names.emplace_back("GOPPC64_power9");
    names.emplace_back("GOPPC64_power8");
  } else if (goarch == "arm") {
    const bool seven = value.find('7') != std::string::npos;
    if (seven) names.emplace_back("GOARM_7");
    if (seven || value.find('6') != std::string::npos) names.emplace_back("GOARM_6");
    names.emplace_back("GOARM_5");
  } else if (goarch == "arm64" && (value.find(",lse") != std::string::npos || value.starts_with("v9") ||
                                   (value.starts_with("v8.") && !value.starts_with("v8.0")))) {
    names.emplace_back("GOARM64_LSE");  // internal/buildcfg: part of v8.1 and later
  }
  std::vector<std::string> arguments;
  for (std::string& name : names) {
    arguments.emplace_back("-D");
    arguments.push_back(std::move(name));
  }
  return arguments;
}

Layout layout_for(const Port& port, const std::string& mode) {
  if (!mode.empty() && mode != "exe" && mode != "pie") {
    throw UsageError("--buildmode takes exe or pie, not \"" + mode + "\"",
                     "The other modes need cgo, or make no program.");
  }
  const bool pie = mode == "pie" || (mode.empty() && prefers_pie(port.goos));
  Layout layout;
  layout.linker_mode = pie ? "pie" : "exe";
  if (pie && port.goos != "windows" && port.goos != "aix") layout.code_flag = "-shared";
  if (!mode.empty() && !layout.code_flag.empty()) layout.suffix = layout.code_flag.substr(1);
  return layout;
}

std::string program_suffix(const Port& port) {
  return port.goos == "windows" ? ".exe" : "";
}

std::string language_of(const std::string& go_version) {
  const std::string version = go_version.starts_with("go") ? go_version.substr(2) : go_version;
  const std::size_t dot = version.find('.');
  if (dot == std::string::npos) return version;
  std::size_t end = dot + 1;
  while (end < version.size() && std::isdigit(static_cast<unsigned char>(version[end])) != 0) ++end;
  return version.substr(0, end);
}

}  // namespace gostrap
