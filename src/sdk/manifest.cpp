#include "sdk/manifest.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace gostrap {
namespace {

constexpr int schema = 1;
constexpr const char* manifest_place = "share/gostrap/manifest.json";
constexpr const char* goroot_place = "share/go";

Kind kind_in(const JsonView& json) {
  const std::string name = json.string();
  for (const Kind kind : {Kind::toolchain, Kind::sdk, Kind::archives, Kind::compiled_std}) {
    if (text(kind) == name) return kind;
  }
  json.refuse("\"" + name + "\" is none of toolchain, sdk, archives, std");
}

Port port_in(const JsonView& json) {
  try {
    return parse_port(json.string());
  } catch (const UsageError& error) {
    json.refuse(error.why());
  }
}

/// A manifest may come from a stranger: its paths are used to open files.
std::string checked_path(const std::string& path, const JsonView& json) {
  bool leads_out =
      path.empty() || path.front() == '/' || ("/" + path + "/").find("/../") != std::string::npos;
  for (const char each : path)
    leads_out = leads_out || static_cast<unsigned char>(each) < ' ' || each == '\x7f';
  if (leads_out) json.refuse("\"" + path + "\" is not a path below the output");
  return path;
}

}  // namespace

int layout_in(const JsonView& json) {
  if (!json.raw().is_number_unsigned() || json.raw().get<std::uint64_t>() == 0)
    json.refuse("it should be a number from 1");
  const auto layout = json.raw().get<std::uint64_t>();
  if (layout > current_layout) {
    json.refuse("it was made by a newer gostrap: this one knows layouts up to " +
                std::to_string(current_layout) + ", and it has " + std::to_string(layout));
  }
  return static_cast<int>(layout);
}

fs::path manifest_path(const fs::path& output) {
  return output / manifest_place;
}

fs::path goroot_of(const fs::path& output) {
  return output / goroot_place;
}

Json to_json(const Manifest& manifest) {
  Json json = Json::object();
  json["schema"] = schema;
  json["kind"] = text(manifest.kind);
  if (manifest.layout != 1) json["layout"] = manifest.layout;
  json["release"] = manifest.release;
  json["commit"] = manifest.commit;
  json["source"] = sri(manifest.source);
  json["hostedOn"] = manifest.hosted_on.text();
  json["port"] = manifest.port.text();
  json["profile"] = to_json(manifest.profile);
  json["canonical"] = manifest.canonical;
  json["differences"] = manifest.differences;
  json["nar"] = manifest.nar ? sri(*manifest.nar) : "";
  // not by [], which looks each key up in a list of all those before it
  Json::object_t files, links;
  for (const auto& [path, record] : manifest.files) {
    files.push_back(Json::object_t::value_type(path, hex(record.digest) + (record.executable ? " x" : "")));
  }
  for (const auto& [path, target] : manifest.links) links.push_back(Json::object_t::value_type(path, target));
  json["files"] = std::move(files);
  json["links"] = std::move(links);
  return json;
}

namespace {

Manifest head_from_json(const JsonView& json) {
  const Json& given = json.at("schema").raw();
  if (!given.is_number_integer() || given != Json(schema)) {  // get<int>() would take 4294967297 for 1
    json.at("schema").refuse("this gostrap reads manifests of schema " + std::to_string(schema) + " only");
  }
  Manifest manifest;
  manifest.kind = kind_in(json.at("kind"));
  if (json.has("layout")) manifest.layout = layout_in(json.at("layout"));
  manifest.release = json.string("release");
  if (!parse_version(manifest.release)) json.at("release").refuse("it is not a Go version");
  manifest.commit = json.string("commit");
  manifest.source = sri_in(json.at("source"));
  manifest.hosted_on = port_in(json.at("hostedOn"));
  manifest.port = port_in(json.at("port"));
  if (json.has("profile")) manifest.profile = profile_from_json(json.at("profile"));
  if (manifest.profile.c && port_of_target(manifest.profile.c->target) != manifest.port)
    json.at("profile").refuse("its C compiler is for another port");
  if (manifest.kind == Kind::sdk && manifest.profile.c && manifest.layout < layout_of(manifest.profile))
    json.at("profile").refuse("an SDK of layout " + std::to_string(manifest.layout) + " compiled no C");
  manifest.canonical = json.at("canonical").truth();
  for (const JsonView& each : json.at("differences").items()) manifest.differences.push_back(each.string());
  const JsonView nar = json.at("nar");
  if (facts_of(manifest.kind).has_goroot || !nar.string().empty()) manifest.nar = sri_in(nar);
  return manifest;
}

/// The file to read.
fs::path manifest_of(const fs::path& output) {
  fs::path file = manifest_path(output);
  if (!fs::exists(file)) {
    throw Error(
        "read what " + output.string() + " is",
        fs::exists(output) ? "it has no " + std::string(manifest_place) : "there is nothing of that name",
        "Name an output of gostrap: an SDK, a toolchain or archives (`gostrap list` shows the store's).");
  }
  return file;
}

}  // namespace

Manifest manifest_from_json(const JsonView& json) {
  Manifest manifest = head_from_json(json);
  for (const auto& [path, value] : json.at("files").members()) {
    std::string text = value.string();
    const bool executable = text.ends_with(" x");
    if (executable) text.resize(text.size() - 2);
    const std::optional<Digest> digest = digest_in_hex(text);
    if (!digest) value.refuse("it should be a SHA-256 in hexadecimal, and \" x\" for a program");
    manifest.files.emplace_hint(manifest.files.end(), checked_path(path, value),
                                FileRecord{*digest, executable});
  }
  for (const auto& [path, target] : json.at("links").members()) {
    manifest.links.emplace(checked_path(path, target), target.string());
  }
  return manifest;
}

Manifest read_manifest(const fs::path& output) {
  const fs::path file = manifest_of(output);
  return manifest_from_json(JsonDocument(read_file(file), file.string()).view());
}

Manifest read_manifest_head(const fs::path& output) {
  const fs::path file = manifest_of(output);
  const std::string text = read_file(file);
  const std::string name = file.string();
  const Json json = parse_json_without({"files", "links"}, text, name);
  return head_from_json({json, name, text});
}

void record_contents(const fs::path& output, Manifest& manifest) {
  manifest.files.clear();
  manifest.links.clear();
  const std::string prefix = std::string(goroot_place) + "/";
  if (facts_of(manifest.kind).has_goroot) {
    const auto add_file = [&](const std::string& path, const Digest& content, bool executable) {
      manifest.files[prefix + path] = {content, executable};
    };
    const auto add_link = [&](const std::string& path, const std::string& target) {
      manifest.links[prefix + path] = target;
    };
    manifest.nar = nar_hash(goroot_of(output), add_file, add_link).digest;
  }
  for (const TreeEntry& entry : list_tree(output)) {
    if (entry.path.starts_with(prefix) || entry.path == manifest_place) continue;
    const fs::path path = output / entry.path;
    if (entry.type == TreeEntry::Type::symlink) manifest.links[entry.path] = fs::read_symlink(path).string();
    if (entry.type == TreeEntry::Type::file) {
      manifest.files[entry.path] = {sha256_file(path), is_executable(path)};
    }
  }
}

}  // namespace gostrap
