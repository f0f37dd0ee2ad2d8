#include "compile/contract.hpp"

#include "compile/run_step.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace gostrap {
namespace {

constexpr const char* format_name = "gostrap contract 1";

Json environment_json(const Environment& environment) {
  Json json = Json::object();
  for (const auto& [name, value] : environment) json[name] = value;
  return json;
}

Json sdk_json(const fs::path& sdk) {
  const Manifest manifest = read_manifest_head(sdk);
  Json json;
  json["release"] = manifest.release;
  json["commit"] = manifest.commit;
  json["source"] = sri(manifest.source);
  json["port"] = manifest.port.text();
  json["hostedOn"] = manifest.hosted_on.text();
  json["canonical"] = manifest.canonical;
  json["nar"] = manifest.nar ? sri(*manifest.nar) : "";
  return json;
}

Json step_json(const RecipeStep& step, const StepReport& report, const Recipe& recipe, FileHashes& hashes) {
  Json json;
  json["name"] = step.name;
  json["directory"] = step.object_place;
  json["files"] = Json::array();
  for (const WrittenFile& file : step.files)
    json["files"].push_back({{"path", file.path}, {"text", file.text}});
  json["commands"] = Json::array();
  for (const ToolCommand& command : step.commands) {
    Json each;
    each["argv"] = command.argv;
    each["directory"] = command.directory;
    if (!command.environment.empty()) each["environment"] = environment_json(command.environment);
    json["commands"].push_back(std::move(each));
  }
  json["inputs"] = Json::object();
  for (const std::string& input : step.inputs)
    json["inputs"][input] = hashes.of_input(recipe.roots.actual(input));
  json["output"] = {{"path", step.output}, {"sha256", report.result.output}};
  return json;
}

std::string hash_or_nothing(const std::string& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  // what may not be looked at, or cannot be, is no difference: that is trouble of the machine
  if (status.type() == fs::file_type::none) throw fs::filesystem_error("status", path, failed);
  return fs::is_regular_file(status) ? hex(sha256_file(path)) : "";
}

class ContractCheck {
 public:
  ContractCheck(const JsonView& contract, const std::vector<std::pair<std::string, std::string>>& roots)
      : contract_(contract) {
    if (contract.string_or("format", "") != format_name)
      contract.refuse("it is no contract of a compilation");
    for (const auto& [name, directory] : contract.at("roots").members()) {
      std::string place = directory.string();
      for (const auto& [other, elsewhere] : roots) {
        if (other == name) place = elsewhere;
      }
      roots_.add(name, place);
    }
  }

  std::vector<std::string> run() {
    check_sdk();
    check_files(contract_.at("tools"));
    for (const JsonView& step : contract_.at("steps").items()) check_files(step.at("inputs"));
    const JsonView program = contract_.at("program");
    check_file(program.string("path"), program.string("sha256"));
    return std::move(broken_);
  }

 private:
  /// By its manifest, which is beside the GOROOT; whether the files are as it says, `gostrap verify` tells.
  void check_sdk() {
    const JsonView sdk = contract_.at("sdk");
    const fs::path output = fs::path(roots_.actual("${SDK}")).parent_path().parent_path();
    std::error_code hidden;
    if (!fs::is_regular_file(manifest_path(output), hidden)) {
      broken_.push_back("the SDK is gone: " + output.string());
      return;
    }
    const Manifest manifest = read_manifest_head(output);
    const std::string nar = manifest.nar ? sri(*manifest.nar) : "";
    if (nar != sdk.string("nar"))
      broken_.push_back("the SDK is another: it was " + sdk.string("nar") + " and is " + nar);
  }

  void check_files(const JsonView& files) {
    for (const auto& [path, hash] : files.members()) check_file(path, hash.string());
  }

  void check_file(const std::string& path, const std::string& hash) {
    if (!seen_.insert(path).second) return;
    const std::string actual = roots_.actual(path);
    const std::string now = hash_or_nothing(actual);
    if (now.empty()) {
      broken_.push_back("it is gone: " + actual);
    } else if (now != hash) {
      broken_.push_back("it has changed: " + actual);
    }
  }

  const JsonView& contract_;
  NamedRoots roots_;
  std::set<std::string> seen_;
  std::vector<std::string> broken_;
};

}  // namespace

Json contract_json(const Recipe& recipe, const std::vector<StepReport>& reports, const ContractPaths& paths,
                   FileHashes& hashes) {
  Json json;
  json["format"] = format_name;
  std::string hash;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (recipe.steps[i].output == recipe.output) hash = reports[i].result.output;
  }
  json["program"] = {{"package", recipe.main_package},
                     {"port", recipe.target.port.text()},
                     {"path", literal(paths.program.string())},
                     {"output", recipe.output},
                     {"sha256", hash},
                     {"equals", "CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags=-buildid="}};
  json["sdk"] = sdk_json(paths.sdk);
  json["roots"] = environment_json(recipe.roots.all());
  json["environment"] = environment_json(recipe.environment);
  json["buildInfo"] = recipe.build_info;
  json["tools"] = Json::object();
  json["steps"] = Json::array();
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    for (const ToolCommand& command : recipe.steps[i].commands) {
      const std::string& program = command.argv.front();
      if (program.starts_with("${") && !json["tools"].contains(program))
        json["tools"][program] = hashes.of_input(recipe.roots.actual(program));
    }
    json["steps"].push_back(step_json(recipe.steps[i], reports[i], recipe, hashes));
  }
  return json;
}

std::vector<std::string> broken_promises(const JsonView& contract,
                                         const std::vector<std::pair<std::string, std::string>>& roots) {
  return ContractCheck(contract, roots).run();
}

}  // namespace gostrap
