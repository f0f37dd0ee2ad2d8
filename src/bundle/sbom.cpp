#include "bundle/sbom.hpp"

#include "bundle/sbom_parts.hpp"
#include "sdk/layout.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace gostrap {
namespace {

/// A UUID (version 8: of whoever makes it) of the hash.
std::string uuid_of(const Digest& digest) {
  std::string text = hex(digest).substr(0, 32);
  text[12] = '8';
  text[16] = "89ab"[digest.bytes[8] & 3U];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, "-");
  return text;
}

std::string percent_encoded(const std::string& text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const char each : text) {
    const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                       (each >= '0' && each <= '9') ||
                       std::string_view("-._~/:").find(each) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(each);
    result += plain ? std::string(1, each) : std::string{'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return result;
}

/// A Go release in one of its forms.
Json go_component(const std::string& ref, const std::string& version, const std::string& commit) {
  Json json = Json::object();
  json["type"] = "application";
  json["bom-ref"] = ref;
  json["supplier"] = Json::object();
  json["supplier"]["name"] = "The Go Authors";
  json["name"] = "go";
  json["version"] = version;
  json["cpe"] = "cpe:2.3:a:golang:go:" + version + ":*:*:*:*:*:*:*";
  json["purl"] = "pkg:generic/go@" + percent_encoded(version) +
                 (commit.empty() ? "" : "?vcs_url=git%2Bhttps://go.googlesource.com/go%40" + commit);
  Json licence = Json::object();
  licence["license"] = Json::object();
  licence["license"]["id"] = "BSD-3-Clause";
  json["licenses"] = Json::array({std::move(licence)});
  return json;
}

/// "!burnt!sushi" is how a module cache spells BurntSushi.
std::string unescaped_module(const std::string& path) {
  std::string result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool upper = path[i] == '!' && i + 1 < path.size();
    result += upper ? static_cast<char>(path[++i] - 'a' + 'A') : path[i];
  }
  return result;
}

/// "…/example.com/m/@v/v1.0.0.zip" of a proxy's tree or of a module cache's download directory.
std::optional<std::pair<std::string, std::string>> module_of(const std::string& path) {
  const std::size_t at = path.find("/@v/");
  if (at == std::string::npos || !path.ends_with(".zip")) return std::nullopt;
  std::string name = path.substr(0, at);
  const std::size_t download = name.find("cache/download/");
  if (download != std::string::npos) name = name.substr(download + 15);
  return std::pair(unescaped_module(name), unescaped_module(path.substr(at + 4, path.size() - at - 8)));
}

/// What a JSON string can hold as it is.
bool is_plain_text(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

class SbomBuilder {
 public:
  SbomBuilder(const Releases& releases, std::string made_by)
      : releases_(releases), made_by_(std::move(made_by)) {}

  void add(const BundleInput& input, const Contents& contents) {
    const std::string ref = "entry:" + input.entry.name;
    if (input.entry.kind == Kind::modules) return add_modules(ref, input, contents);
    Json component = go_component(ref, input.entry.release, commit_of(input.entry.release));
    component["description"] = describe(input.entry);
    component["pedigree"] = pedigree(input);
    component["properties"] = Json::array();
    Json& properties = component["properties"];
    properties.push_back(bom_property("kind", text(input.entry.kind)));
    properties.push_back(bom_property("key", input.entry.key));
    properties.push_back(bom_property("source", sri(*input.entry.source)));
    if (input.entry.port) properties.push_back(bom_property("port", input.entry.port->text()));
    if (input.entry.hosted_on) properties.push_back(bom_property("hostedOn", input.entry.hosted_on->text()));
    properties.push_back(bom_property("contents", "sha256:" + hex(sha256(to_text(contents)))));
    add_published(input.provenance, properties);
    if (input.manifest) add_manifest(input, properties);
    const Json references = references_of(input);
    if (!references.empty()) component["externalReferences"] = references;
    Json blobs = blob_components(ref, input, contents);
    if (!blobs.empty()) component["components"] = std::move(blobs);
    versioned_.add(input, ref);
    components_[ref] = std::move(component);
    top_.insert(ref);
    add_rungs(ref, input.provenance);
    if (input.manifest && input.manifest->profile.c) add_c_compiler(ref, *input.manifest->profile.c);
  }

  Json finish(const std::vector<BundleInput>& inputs, AdvisoryDatabase* advisories) {
    Json json = Json::object();
    json["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json";
    json["bomFormat"] = "CycloneDX";
    json["specVersion"] = "1.6";
    std::string all;
    for (const BundleInput& input : inputs) all += input.entry.store_name() + "\n";
    for (const auto& [ref, component] : components_) all += component.dump() + "\n";
    const Json vulnerabilities =
        advisories != nullptr ? vulnerabilities_of(versioned_, *advisories) : Json::array();
    if (advisories != nullptr) all += vulnerabilities.dump();
    json["serialNumber"] = "urn:uuid:" + uuid_of(sha256(all));
    json["version"] = 1;
    json["metadata"] = metadata();
    json["components"] = Json::array();
    for (auto& [ref, component] : components_) json["components"].push_back(std::move(component));
    json["dependencies"] = Json::array();
    json["dependencies"].push_back(dependency("bundle", top_));
    for (const auto& [ref, needs] : needs_) json["dependencies"].push_back(dependency(ref, needs));
    if (advisories != nullptr) json["vulnerabilities"] = vulnerabilities;
    return json;
  }

 private:
  std::string commit_of(const std::string& version) const {
    const std::optional<Version> parsed = parse_version(version);
    const Release* release = parsed ? releases_.find(*parsed) : nullptr;
    return release != nullptr ? release->commit : std::string();
  }

  static std::string describe(const BundleEntry& entry) {
    if (entry.kind == Kind::source) return "Source of Go " + entry.release;
    if (entry.kind == Kind::sdk) {
      return "SDK of Go " + entry.release + " for " + entry.port->text() + ", runs on " +
             entry.hosted_on->text();
    }
    if (entry.kind == Kind::compiled_std)
      return "Compiled standard library of Go " + entry.release + " for " + entry.port->text();
    if (entry.kind == Kind::archives) return "Archives of Go " + entry.release + " for " + entry.port->text();
    return "Toolchain of Go " + entry.release + ", runs on " + entry.hosted_on->text();
  }

  /// The commit that it was made from, and the patches on top of it.
  Json pedigree(const BundleInput& input) const {
    Json json = Json::object();
    const std::string commit = commit_of(input.entry.release);
    if (!commit.empty()) {
      Json each = Json::object();
      each["uid"] = commit;
      each["url"] = "https://go.googlesource.com/go/+/" + commit;
      json["commits"] = Json::array({std::move(each)});
    }
    const Json patches = patches_of(input);
    if (!patches.empty()) json["patches"] = patches;
    return json;
  }

  static Json patches_of(const BundleInput& input) {
    Json patches = Json::array();
    if (!input.manifest) return patches;
    for (const Digest& patch : input.manifest->profile.patches) {
      Json each = Json::object();
      each["type"] = "unofficial";
      const fs::path kept = patch_file(input.tree, patch);
      const std::string text = fs::is_regular_file(kept) ? read_file(kept) : std::string();
      if (sha256(text) == patch && is_plain_text(text)) {
        each["diff"] = Json::object();
        each["diff"]["text"] = Json::object();
        each["diff"]["text"]["contentType"] = "text/x-diff";
        each["diff"]["text"]["content"] = text;
      }
      patches.push_back(std::move(each));
    }
    return patches;
  }

  /// A patch is told by its digest; where it lies is said too.
  static Json references_of(const BundleInput& input) {
    Json references = Json::array();
    if (!input.manifest) return references;
    for (const Digest& patch : input.manifest->profile.patches) {
      Json each = Json::object();
      each["type"] = "other";
      each["url"] = input.entry.name + "/" + patch_file({}, patch).string();
      each["comment"] = "A patch of Go's source";
      each["hashes"] = Json::array({bom_sha256(patch)});
      references.push_back(std::move(each));
    }
    return references;
  }

  static void add_manifest(const BundleInput& input, Json& properties) {
    const Manifest& manifest = *input.manifest;
    // of a stranger's nothing was shown
    if (strangers_part(input.provenance) == nullptr)
      properties.push_back(bom_property("canonical", manifest.canonical ? "true" : "false"));
    if (manifest.nar) properties.push_back(bom_property("nar", sri(*manifest.nar)));
    if (!manifest.profile.empty())
      properties.push_back(bom_property("profile", to_json(manifest.profile).dump()));
    for (const std::string& path : manifest.differences) properties.push_back(bom_property("differs", path));
  }

  /// Where upstream has built its toolchain, and nobody of those who have made the bundle.
  static void add_published(const Provenance& provenance, Json& properties) {
    const Provenance* const host = published_host(provenance);
    if (host == nullptr) return;
    const PublishedArchive& archive = *host->inputs->published;
    properties.push_back(bom_property("builtByUpstream", archive.file + " sha256:" + hex(archive.sha256)));
  }

  /// Every rung that the provenance tells of, down to the Go that it began with.
  void add_rungs(const std::string& ref, const Provenance& provenance) {
    if (!needs_[ref].empty()) return;
    if (provenance.inputs && provenance.inputs->bootstrap && !provenance.inputs->bootstrap->name.empty())
      add_first_go(ref, *provenance.inputs->bootstrap);
    for (const Provenance& each : provenance.from) {
      if (each.name.empty()) continue;
      const std::string entry = "entry:" + each.name;
      const std::string below = components_.count(entry) != 0 ? entry : "rung:" + each.name;
      const std::string version = each.inputs ? each.inputs->release : std::string();
      if (below != entry && components_.count(below) == 0) {
        Json component = go_component(below, version, commit_of(version));
        component["scope"] = "excluded";
        component["description"] = "A rung of the ladder; it is not in the bundle";
        component["properties"] =
            Json::array({bom_property("name", each.name), bom_property("key", each.key)});
        add_published(each, component["properties"]);
        components_.emplace(below, std::move(component));
      }
      needs_[ref].insert(below);
      add_rungs(below, each);
    }
  }

  void add_first_go(const std::string& ref, const BootstrapId& bootstrap) {
    const std::string below = "bootstrap:" + bootstrap.name + ":" + bootstrap.go.substr(0, 16);
    const bool go = bootstrap.name.starts_with("go1");
    Json component = go_component(below, go ? bootstrap.name.substr(2) : bootstrap.name, "");
    if (!go) {
      component["name"] = bootstrap.name;
      component.erase("cpe");
      component["purl"] = "pkg:generic/" + percent_encoded(bootstrap.name);
      component.erase("licenses");
      component.erase("supplier");
    }
    component["scope"] = "excluded";
    component["description"] = "The Go that the ladder began with; it is not in the bundle";
    if (digest_in_hex(bootstrap.go))
      component["properties"] = Json::array({bom_property("goCommand", "sha256:" + bootstrap.go)});
    components_.emplace(below, std::move(component));
    needs_[ref].insert(below);
  }

  /// What whoever uses the SDK must have at the same place.
  void add_c_compiler(const std::string& ref, const CCompiler& compiler) {
    const std::string below = "c:" + compiler.identity();
    Json component = Json::object();
    component["type"] = "application";
    component["bom-ref"] = below;
    component["name"] = fs::path(compiler.cc).filename().string();
    component["version"] = compiler.version;
    component["scope"] = "excluded";
    component["description"] = "The C compiler that the SDK is bound to; it is not in the bundle";
    Json properties = Json::array();
    properties.push_back(bom_property("target", compiler.target));
    properties.push_back(bom_property("library", compiler.library));
    for (const auto& [name, version] : compiler.packages)
      properties.push_back(bom_property("package", name + " " + version));
    for (const CPart& part : compiler.parts)
      properties.push_back(bom_property("part", part.name + " sha256:" + hex(part.sha256) + " " + part.path));
    component["properties"] = std::move(properties);
    components_.emplace(below, std::move(component));
    needs_[ref].insert(below);
  }

  void add_modules(const std::string& ref, const BundleInput& input, const Contents& contents) {
    Json component = Json::object();
    component["type"] = "data";
    component["bom-ref"] = ref;
    component["name"] = input.entry.name;
    component["description"] = "A tree of Go modules";
    component["properties"] =
        Json::array({bom_property("kind", "modules"), bom_property("key", input.entry.key),
                     bom_property("contents", "sha256:" + hex(sha256(to_text(contents))))});
    components_[ref] = std::move(component);
    top_.insert(ref);
    for (const Item& item : contents) {
      const auto module = module_of(item.path);
      if (!module) continue;
      const std::string purl =
          "pkg:golang/" + percent_encoded(module->first) + "@" + percent_encoded(module->second);
      Json each = Json::object();
      each["type"] = "library";
      each["bom-ref"] = purl;
      each["name"] = module->first;
      each["version"] = module->second;
      each["purl"] = purl;
      each["hashes"] = Json::array({bom_sha256(item.digest)});
      components_.emplace(purl, std::move(each));
      versioned_.modules.emplace(*module, purl);
      needs_[ref].insert(purl);
    }
  }

  Json metadata() const {
    Json tool = Json::object();
    tool["type"] = "application";
    tool["name"] = "gostrap";
    tool["version"] = made_by_;
    Json json = Json::object();
    json["tools"] = Json::object();
    json["tools"]["components"] = Json::array({std::move(tool)});
    json["component"] = Json::object();
    json["component"]["type"] = "file";
    json["component"]["bom-ref"] = "bundle";
    json["component"]["name"] = "gostrap bundle";
    return json;
  }

  static Json dependency(const std::string& ref, const std::set<std::string>& needs) {
    Json json = Json::object();
    json["ref"] = ref;
    json["dependsOn"] = Json::array();
    for (const std::string& each : needs) json["dependsOn"].push_back(each);
    return json;
  }

  const Releases& releases_;
  std::string made_by_;
  std::map<std::string, Json> components_;  ///< by bom-ref
  std::set<std::string> top_;
  VersionedComponents versioned_;
  std::map<std::string, std::set<std::string>> needs_;
};

}  // namespace

Json sbom_of(const std::vector<BundleInput>& inputs, const std::vector<Contents>& contents,
             const Releases& releases, const std::string& made_by, AdvisoryDatabase* advisories) {
  SbomBuilder builder(releases, made_by);
  // those that others were made from come first: they are entries then, and not mere rungs
  for (const bool derived : {false, true}) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Kind kind = inputs[i].entry.kind;
      if (derived == (kind == Kind::sdk || kind == Kind::toolchain || kind == Kind::archives ||
                      kind == Kind::compiled_std))
        builder.add(inputs[i], contents[i]);
    }
  }
  return builder.finish(inputs, advisories);
}

}  // namespace gostrap
