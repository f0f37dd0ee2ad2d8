#include "store/provenance.hpp"

#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>
#include <sys/utsname.h>

#include <algorithm>
#include <cctype>
#include <thread>

namespace gostrap {
namespace {

constexpr std::size_t longest_word = 4096;
constexpr std::size_t longest_plain_word = 100;

std::string word_in(const JsonView& json) {
  std::string word = json.string();
  if (word.size() > longest_word)
    json.refuse("it has " + std::to_string(word.size()) + " bytes, and " + std::to_string(longest_word) +
                " are the most");
  const bool controls = std::any_of(word.begin(), word.end(), [](char each) {
    return static_cast<unsigned char>(each) < ' ' || each == '\x7f';
  });
  if (controls) json.refuse("there are control characters in it");
  return word;
}

std::string word_or_none(const JsonView& json, const std::string& key) {
  return json.has(key) ? word_in(json.at(key)) : std::string();
}

double number_or_none(const JsonView& json, const std::string& key) {
  if (!json.has(key)) return 0;
  if (!json.at(key).raw().is_number()) json.at(key).refuse("it should be a number");
  const auto value = json.at(key).raw().get<double>();
  if (!(value >= 0 && value <= 1e15)) json.at(key).refuse("it should be a number from 0 to 1e15");
  return value;
}

void require_object(const JsonView& json) {
  if (!json.raw().is_object()) json.refuse("it should be an object");
}

Machine machine_in(const JsonView& json) {
  require_object(json);
  Machine machine;
  machine.system = word_or_none(json, "system");
  machine.architecture = word_or_none(json, "architecture");
  machine.processors = static_cast<unsigned>(std::min(number_or_none(json, "processors"), 1e6));
  return machine;
}

PublishedArchive published_in(const JsonView& json) {
  require_object(json);
  const std::optional<Digest> sha256 = digest_in_hex(json.string("sha256"));
  if (!sha256) json.at("sha256").refuse("it should be a SHA-256 in hexadecimal");
  return {word_in(json.at("file")), *sha256};
}

BuildRun run_in(const JsonView& json) {
  require_object(json);
  BuildRun run;
  for (const JsonView& word : json.at("command").items()) run.argv.push_back(word.string());
  for (const auto& [name, value] : json.at("environment").members())
    run.environment.emplace_back(name, value.string());
  run.seconds = number_or_none(json, "seconds");
  run.cpu_seconds = number_or_none(json, "cpuSeconds");
  run.peak_memory = static_cast<std::uint64_t>(number_or_none(json, "peakMemory"));
  run.network_cut = json.has("withoutNetwork") && json.at("withoutNetwork").truth();
  return run;
}

Making making_in(const JsonView& json) {
  require_object(json);
  Making making;
  if (json.has("run")) making.run = run_in(json.at("run"));
  making.bootstrap = word_or_none(json, "bootstrap");
  making.origin = word_or_none(json, "origin");
  making.origin_kind = word_or_none(json, "kind");
  making.nar = word_or_none(json, "nar");
  making.commit = word_or_none(json, "commit");
  if (json.has("patches")) {
    for (const JsonView& patch : json.at("patches").items())
      making.patches.push_back({word_in(patch.at("name")), word_in(patch.at("sha256"))});
  }
  if (json.has("toolchain")) making.on_the_way.push_back(making_in(json.at("toolchain")));
  return making;
}

std::optional<Time> time_in(const Json& json) {
  return json.is_string() ? parse_utc(json.get_ref<const std::string&>()) : std::nullopt;
}

/// Short words that no terminal acts on; empty for anything else.
std::string plain_word(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  const std::string word = found->get<std::string>();
  const auto plain = [](unsigned char each) {
    return std::isalnum(each) != 0 || each == ':' || each == '/' || each == '+' || each == '-' || each == '=';
  };
  return word.size() <= longest_plain_word && std::all_of(word.begin(), word.end(), plain) ? word
                                                                                           : std::string();
}

Installed installed_in(const Json& json) {
  Installed installed;
  if (!json.is_object()) return installed;
  if (json.contains("made")) installed.made = time_in(json["made"]);
  installed.bundle = plain_word(json, "bundle");
  installed.signed_by = plain_word(json, "signedBy");
  installed.vouched = json.contains("vouched") && json["vouched"] == true;
  return installed;
}

Json to_json(const StepInputs& inputs) {
  return parse_json(inputs.text, "the inputs of a step");
}

Json to_json(const BuildRun& run) {
  Json json = Json::object();
  json["command"] = run.argv;
  json["environment"] = Json::object();
  for (const auto& [name, value] : run.environment) json["environment"][name] = value;
  if (run.seconds <= 0) return json;
  json["seconds"] = run.seconds;
  json["cpuSeconds"] = run.cpu_seconds;
  json["peakMemory"] = run.peak_memory;
  json["withoutNetwork"] = run.network_cut;
  return json;
}

Json to_json(const Making& making) {
  Json json = Json::object();
  const auto put = [&](const char* key, const std::string& word) {
    if (!word.empty()) json[key] = word;
  };
  if (making.run) json["run"] = to_json(*making.run);
  put("bootstrap", making.bootstrap);
  put("origin", making.origin);
  put("kind", making.origin_kind);
  for (const PatchName& patch : making.patches) {
    Json each = Json::object();
    each["name"] = patch.name;
    each["sha256"] = patch.sha256;
    json["patches"].push_back(std::move(each));
  }
  put("nar", making.nar);
  put("commit", making.commit);
  for (const Making& toolchain : making.on_the_way) json["toolchain"] = to_json(toolchain);
  return json;
}

Json to_json(const Machine& machine) {
  Json json = Json::object();
  json["system"] = machine.system;
  json["architecture"] = machine.architecture;
  json["processors"] = machine.processors;
  return json;
}

Json to_json(const Installed& installed) {
  Json json = Json::object();
  if (installed.made) json["made"] = utc_text(*installed.made);
  json["bundle"] = installed.bundle;
  json["signedBy"] = installed.signed_by;
  json["vouched"] = installed.vouched;
  return json;
}

Json to_json(const std::vector<TimedPhase>& phases) {
  Json json = Json::array();
  for (const TimedPhase& phase : phases) {
    Json each = Json::object();
    each["name"] = phase.name;
    each["begin"] = phase.begin;
    each["seconds"] = phase.seconds;
    json.push_back(std::move(each));
  }
  return json;
}

}  // namespace

StepInputs inputs_of(Kind kind, const std::string& release, const std::optional<Digest>& source,
                     const std::optional<Port>& port, const Profile& profile) {
  Json json = Json::object();
  json["step"] = text(kind);
  if (!release.empty()) json["release"] = release;
  if (source) json["source"] = sri(*source);
  if (port) json["port"] = port->text();
  if (!profile.empty()) json["profile"] = to_json(profile);
  StepInputs inputs;
  inputs.kind = kind;
  inputs.release = release;
  inputs.source = source;
  inputs.port = port;
  inputs.profile = profile;
  inputs.text = json.dump();
  return inputs;
}

StepInputs read_inputs(const JsonView& json) {
  require_object(json);
  StepInputs inputs;
  const std::string word = word_in(json.at("step"));
  const std::optional<Kind> kind = kind_called(word);
  if (!kind) json.at("step").refuse("this gostrap knows no such step");
  inputs.kind = *kind;
  inputs.release = word_or_none(json, "release");
  if (json.has("source")) inputs.source = sri_in(json.at("source"));
  if (json.has("port")) inputs.port = parse_port(word_in(json.at("port")));
  inputs.reference = json.has("reference");
  if (json.has("profile")) inputs.profile = profile_from_json(json.at("profile"));
  if (json.has("bootstrap")) {
    const JsonView bootstrap = json.at("bootstrap");
    require_object(bootstrap);
    inputs.bootstrap = BootstrapId{word_or_none(bootstrap, "name"), word_or_none(bootstrap, "go"),
                                   word_or_none(bootstrap, "step")};
  }
  if (json.has("published")) inputs.published = published_in(json.at("published"));
  if (json.has("layout")) layout_in(json.at("layout"));  // an SDK of a newer gostrap is refused
  inputs.text = json.raw().dump();
  return inputs;
}

std::string key_of(const std::string& inputs) {
  return hex(sha256(inputs)).substr(0, 32);
}

Provenance begun_now() {
  Provenance provenance;
  provenance.gostrap = GOSTRAP_VERSION;
  provenance.made = time_now();
  utsname name = {};
  ::uname(&name);
  provenance.machine = Machine{std::string(name.sysname) + " " + name.release, name.machine,
                               std::thread::hardware_concurrency()};
  return provenance;
}

Provenance read_provenance(const JsonView& json) {
  require_object(json);
  Provenance provenance;
  provenance.gostrap = word_or_none(json, "gostrap");
  if (json.has("made")) provenance.made = time_in(json.at("made").raw());
  if (json.has("machine")) provenance.machine = machine_in(json.at("machine"));
  provenance.name = word_or_none(json, "name");
  provenance.key = word_or_none(json, "key");
  if (json.has("inputs")) provenance.inputs = read_inputs(json.at("inputs"));
  provenance.why = word_or_none(json, "why");
  if (json.has("making")) provenance.making = making_in(json.at("making"));
  provenance.seconds = number_or_none(json, "seconds");
  if (json.has("phases")) {
    for (const JsonView& phase : json.at("phases").items())
      provenance.phases.push_back(
          {phase.string("name"), number_or_none(phase, "begin"), number_or_none(phase, "seconds")});
  }
  if (json.has("log")) provenance.log = word_in(json.at("log"));
  if (json.has("from")) {
    for (const JsonView& each : json.at("from").items()) provenance.from.push_back(read_provenance(each));
  }
  if (json.has("installed")) provenance.installed = installed_in(json.at("installed").raw());
  if (json.has("claims")) provenance.claims = json.at("claims").raw().dump();
  if (json.has("rebuilt")) provenance.rebuilt.push_back(read_provenance(json.at("rebuilt")));
  return provenance;
}

Provenance read_provenance(const fs::path& file) {
  const JsonDocument json(read_file(file), file.string());
  return read_provenance(json.view());
}

Json to_json(const Provenance& provenance) {
  Json json = Json::object();
  if (!provenance.gostrap.empty()) json["gostrap"] = provenance.gostrap;
  if (provenance.made) json["made"] = utc_text(*provenance.made);
  if (provenance.machine) json["machine"] = to_json(*provenance.machine);
  if (!provenance.name.empty()) json["name"] = provenance.name;
  if (provenance.inputs) {
    json["key"] = provenance.key;
    json["inputs"] = to_json(*provenance.inputs);
  }
  if (!provenance.why.empty()) json["why"] = provenance.why;
  if (provenance.making) json["making"] = to_json(*provenance.making);
  if (provenance.seconds > 0) {
    json["seconds"] = provenance.seconds;
    json["phases"] = to_json(provenance.phases);
  }
  if (provenance.log) json["log"] = *provenance.log;
  if (!provenance.key.empty() || !provenance.from.empty()) json["from"] = Json::array();
  for (const Provenance& each : provenance.from) json["from"].push_back(to_json(each));
  if (provenance.installed) json["installed"] = to_json(*provenance.installed);
  for (const Provenance& each : provenance.rebuilt) json["rebuilt"] = to_json(each);
  if (!provenance.claims.empty()) json["claims"] = parse_json(provenance.claims, "the claims of a bundle");
  return json;
}

std::string to_text(const Provenance& provenance) {
  return to_text(to_json(provenance));
}

namespace {

bool is_place(const std::string& word) {
  return word.starts_with('/');
}

Making portable(Making making) {
  making.origin.clear();  // somebody's directory, often
  if (making.run) {
    BuildRun run;
    for (const std::string& word : making.run->argv)
      run.argv.push_back(is_place(word) ? fs::path(word).filename().string() : word);
    for (const auto& [name, value] : making.run->environment) {
      if (!is_place(value)) run.environment.emplace_back(name, value);
    }
    making.run = std::move(run);
  }
  for (Making& each : making.on_the_way) each = portable(std::move(each));
  return making;
}

}  // namespace

Provenance portable(const Provenance& provenance) {
  Provenance part;
  part.gostrap = provenance.gostrap;
  part.name = provenance.name;
  part.key = provenance.key;
  part.inputs = provenance.inputs;
  if (provenance.making) part.making = portable(*provenance.making);
  for (const Provenance& each : provenance.from) part.from.push_back(portable(each));
  for (const Provenance& each : provenance.rebuilt) part.rebuilt.push_back(portable(each));
  return part;
}

bool is_pinned_source(const Provenance& provenance) {
  return provenance.inputs && provenance.inputs->kind == Kind::source && provenance.inputs->profile.empty();
}

const Installed* strangers_part(const Provenance& provenance) {
  if (provenance.installed) return provenance.installed->vouched ? nullptr : &*provenance.installed;
  for (const Provenance& each : provenance.from) {
    if (is_pinned_source(each)) continue;
    if (const Installed* const found = strangers_part(each)) return found;
  }
  return nullptr;
}

const Provenance* published_host(const Provenance& provenance) {
  if (provenance.inputs && provenance.inputs->kind == Kind::host)
    return provenance.inputs->published && provenance.rebuilt.empty() ? &provenance : nullptr;
  for (const Provenance& each : provenance.from) {
    if (const Provenance* const found = published_host(each)) return found;
  }
  return nullptr;
}

std::optional<Provenance> with_rebuilt_host(const Provenance& provenance, const std::string& key,
                                            const Provenance& rebuilt) {
  Provenance changed = provenance;
  if (provenance.inputs && provenance.inputs->published && provenance.key == key) {
    changed.rebuilt = {rebuilt};
    return changed;
  }
  bool found = false;
  for (Provenance& each : changed.from) {
    std::optional<Provenance> with = with_rebuilt_host(each, key, rebuilt);
    if (!with) continue;
    found = true;
    each = *std::move(with);
  }
  return found ? std::optional(std::move(changed)) : std::nullopt;
}

std::optional<fs::path> provenance_of(const fs::path& output) {
  const fs::path name = output.filename();
  const fs::path beside = output.string() + ".provenance.json";
  const fs::path in_store = output.parent_path() / "provenance" / (name.string() + ".json");
  for (const fs::path& file : {beside, in_store}) {
    if (fs::is_regular_file(file)) return file;
  }
  return std::nullopt;
}

}  // namespace gostrap
