#include "bundle/sbom_parts.hpp"

#include "sdk/layout.hpp"
#include "source/known_blobs.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace gostrap {
namespace {

/// A file's path below the source that the entry is, or has in it; empty for what lies beside that.
std::string path_in_source(const BundleInput& input, const std::string& path) {
  if (!facts_of(input.entry.kind).has_goroot) return path;
  const std::string goroot = goroot_of({}).string() + "/";
  return path.starts_with(goroot) ? path.substr(goroot.size()) : "";
}

std::filesystem::path source_in(const BundleInput& input) {
  return facts_of(input.entry.kind).has_goroot ? goroot_of(input.tree) : input.tree;
}

/// Null for what is no blob, as far as its name tells.
const KnownBlob* blob_called(const std::string& path) {
  static const KnownBlob unknown{"", BlobUse::unknown, "nobody here knows what it is",
                                 "go build links it into whatever has that package", nullptr};
  if (const KnownBlob* const known = known_blob(path))
    return known->use == BlobUse::tests || known->use == BlobUse::nothing ? nullptr : known;
  return path.ends_with(".syso") && !is_for_tests(path) ? &unknown : nullptr;
}

Json source_of(const std::string& name, const std::string& url) {
  Json json = Json::object();
  json["name"] = name;
  if (!url.empty()) json["url"] = url;
  return json;
}

/// What others call it: those that have a place where it can be looked up.
Json references_of(const Advisory& advisory) {
  Json references = Json::array();
  for (const std::string& alias : advisory.aliases) {
    const bool cve = alias.starts_with("CVE-");
    if (!cve && !alias.starts_with("GHSA-")) continue;
    Json each = Json::object();
    each["id"] = alias;
    each["source"] = cve ? source_of("NVD", "https://nvd.nist.gov/vuln/detail/" + alias)
                         : source_of("GitHub", "https://github.com/advisories/" + alias);
    references.push_back(std::move(each));
  }
  return references;
}

/// The components that one advisory affects, and the versions that end it.
struct Affects {
  std::map<std::string, std::string> version_of;  ///< by bom-ref
  std::set<std::string> fixes;

  void add(const std::string& ref, const std::string& version, const Affected& affected,
           const std::string& called) {
    version_of.emplace(ref, version);
    if (!affected.fixed.empty()) fixes.insert(called + " " + affected.fixed);
  }
};

Affects affected_by(const Advisory& advisory, const VersionedComponents& components) {
  Affects affects;
  for (const auto& [module, by_version] : {std::pair(stdlib_module, &components.of_stdlib),
                                           std::pair(commands_module, &components.of_toolchain)}) {
    for (const auto& [version, refs] : *by_version) {
      const auto affected = is_affected(advisory, module, semver_of(version));
      if (!affected) continue;
      for (const std::string& ref : refs) affects.add(ref, version.text(), *affected, "Go");
    }
  }
  for (const auto& [module, ref] : components.modules) {
    const std::optional<Semver> version = parse_semver(module.second);
    if (!version) continue;
    if (const auto affected = is_affected(advisory, module.first, *version))
      affects.add(ref, module.second, *affected, module.first);
  }
  return affects;
}

Json to_json(const Advisory& advisory, const Affects& affects) {
  Json json = Json::object();
  json["id"] = advisory.id;
  json["source"] =
      source_of(advisory.id.starts_with("GO-") ? "Go Vulnerability Database" : "OSV", advisory.url);
  const Json references = references_of(advisory);
  if (!references.empty()) json["references"] = references;
  if (!advisory.summary.empty()) json["description"] = advisory.summary;
  if (!affects.fixes.empty()) json["recommendation"] = "Fixed in " + join(affects.fixes, ", ");
  json["affects"] = Json::array();
  for (const auto& [ref, version] : affects.version_of) {
    Json of_version = Json::object();
    of_version["version"] = version;
    of_version["status"] = "affected";
    Json each = Json::object();
    each["ref"] = ref;
    each["versions"] = Json::array({std::move(of_version)});
    json["affects"].push_back(std::move(each));
  }
  return json;
}

}  // namespace

Json bom_property(const std::string& name, const std::string& value) {
  Json json = Json::object();
  json["name"] = "gostrap:" + name;
  json["value"] = value;
  return json;
}

Json bom_sha256(const Digest& digest) {
  Json json = Json::object();
  json["alg"] = "SHA-256";
  json["content"] = hex(digest);
  return json;
}

Json blob_components(const std::string& ref, const BundleInput& input, const Contents& contents) {
  Json components = Json::array();
  for (const Item& item : contents) {
    if (item.type != Item::Type::file) continue;
    const std::string path = path_in_source(input, item.path);
    const KnownBlob* const blob = blob_called(path);
    if (blob == nullptr) continue;
    Json each = Json::object();
    each["type"] = "file";
    each["bom-ref"] = ref + "#" + item.path;
    each["name"] = path;
    each["description"] = std::string(blob->what) + "; taken by: " + blob->taken_by;
    each["hashes"] = Json::array({bom_sha256(item.digest)});
    each["properties"] = Json::array({bom_property("use", text(blob->use))});
    const std::string origin =
        blob->origin != nullptr ? blob->origin(source_in(input), path, item.digest) : std::string();
    if (!origin.empty()) each["properties"].push_back(bom_property("origin", origin));
    components.push_back(std::move(each));
  }
  return components;
}

void VersionedComponents::add(const BundleInput& input, const std::string& ref) {
  const std::optional<Version> version = parse_version(input.entry.release);
  if (!version) return;
  of_stdlib[*version].insert(ref);
  if (input.entry.kind != Kind::compiled_std) of_toolchain[*version].insert(ref);
}

Json vulnerabilities_of(const VersionedComponents& components, AdvisoryDatabase& database) {
  std::set<std::string> modules{stdlib_module, commands_module};
  for (const auto& [module, ref] : components.modules) modules.insert(module.first);
  Json vulnerabilities = Json::array();
  for (const Advisory& advisory : database.about(modules)) {
    const Affects affects = affected_by(advisory, components);
    if (!affects.version_of.empty()) vulnerabilities.push_back(to_json(advisory, affects));
  }
  return vulnerabilities;
}

}  // namespace gostrap
