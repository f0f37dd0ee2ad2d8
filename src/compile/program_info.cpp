#include "compile/program_info.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <map>

namespace gostrap {
namespace {

/// As module caches spell paths and versions, so that no two differ in case alone: "!burnt!sushi".
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      result += '!';
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c;
    }
  }
  return result;
}

/// "fips140v1.0" for "v1.0.0", nothing for "off" and "latest", which are the release's own source.
std::string fips_tag(const std::string& version) {
  if (!version.starts_with("v")) return {};
  const std::size_t minor = version.find('.');
  return "fips140" + version.substr(0, minor == std::string::npos ? minor : version.find('.', minor + 1));
}

class Modules {
 public:
  Modules(const std::string& cache, const NamedRoots& roots) : cache_(cache), roots_(roots) {}

  /// `directory` of a package in it tells whether it came from the module cache.
  BuildModule convert(const GoModule& module, const std::string& directory) const {
    BuildModule result{module.path, module.version.empty() ? "(devel)" : module.version, "", {}};
    if (module.replacement) {
      result.replacement = {convert(*module.replacement, directory)};
    } else if (!module.version.empty() && roots_.symbolic(directory).starts_with("${MODCACHE}")) {
      result.sum = module_sum(cache_, module.path, module.version);
    }
    return result;
  }

 private:
  const std::string& cache_;
  const NamedRoots& roots_;
};

}  // namespace

std::string module_sum(const std::string& module_cache, const std::string& path, const std::string& version) {
  const fs::path file =
      fs::path(module_cache) / "cache" / "download" / escaped(path) / "@v" / (escaped(version) + ".ziphash");
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden)) return {};
  return without_trailing(read_file(file, 4096), " \t\n\v\f\r");
}

BuildInfo program_info(const std::vector<GoPackage>& packages, const GoPackage& main, const Target& target,
                       const RecipeOptions& options, const NamedRoots& roots) {
  const Modules modules(options.module_cache, roots);
  BuildInfo info;
  info.path = main.import_path;
  if (main.module) info.main = modules.convert(*main.module, main.directory);
  std::map<std::string, BuildModule> dependencies;
  for (const GoPackage& package : packages) {
    if (!package.module || (main.module && package.module->path == main.module->path)) continue;
    dependencies.try_emplace(package.module->path, modules.convert(*package.module, package.directory));
  }
  for (const auto& [path, module] : dependencies) info.dependencies.push_back(module);

  const auto set = [&](const std::string& key, const std::string& value) {
    info.settings.emplace_back(key, value);
  };
  if (options.assembler_flags.given()) set("-asmflags", options.assembler_flags.raw());
  set("-buildmode", options.build_mode.empty() ? "exe" : options.build_mode);
  set("-compiler", "gc");
  if (!options.compiler_flags.raw().empty()) set("-gcflags", options.compiler_flags.raw());
  std::string tags = join(options.tags, ",");
  // the go command adds a tag for a snapshot of the cryptographic module (cmd/go/internal/fips140)
  if (const std::string tag = fips_tag(target.fips140); !tag.empty()) append(tags, ",", tag);
  if (!tags.empty()) set("-tags", tags);
  set("-trimpath", "true");
  if (!main.default_godebug.empty()) set("DefaultGODEBUG", main.default_godebug);
  set("CGO_ENABLED", "0");
  set("GOARCH", target.port.goarch);
  if (!target.experiment.empty()) set("GOEXPERIMENT", target.experiment);
  if (!target.fips140.empty() && target.fips140 != "off") set("GOFIPS140", target.fips140);
  set("GOOS", target.port.goos);
  if (!target.feature.empty() && !target.feature_value.empty()) set(target.feature, target.feature_value);
  if (!options.pgo.empty()) {
    set("-pgo", fs::path(options.pgo).filename().string());
    std::sort(info.settings.begin(), info.settings.end());
  }
  return info;
}

}  // namespace gostrap
