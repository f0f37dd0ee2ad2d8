#include "image/image.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <ctime>

namespace gostrap {
namespace {

constexpr const char* manifest_type = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* index_type = "application/vnd.oci.image.index.v1+json";
constexpr const char* config_type = "application/vnd.oci.image.config.v1+json";

std::string layer_type(Compression how) {
  std::string type = "application/vnd.oci.image.layer.v1.tar";
  if (how == Compression::gzip) type += "+gzip";
  if (how == Compression::zstd) type += "+zstd";
  return type;
}

Json to_json(const Descriptor& descriptor) {
  Json json = Json::object();
  json["mediaType"] = descriptor.media_type;
  json["digest"] = "sha256:" + descriptor.digest;
  json["size"] = descriptor.size;
  return json;
}

Json to_json(const std::map<std::string, std::string>& texts) {
  Json json = Json::object();
  for (const auto& [name, value] : texts) json[name] = value;
  return json;
}

void put_platform(Json& json, const Platform& platform) {
  json["architecture"] = platform.port.goarch;
  json["os"] = platform.port.goos;
  if (!platform.variant.empty()) json["variant"] = platform.variant;
}

Json config_of(const ImageSettings& settings, const std::vector<Layer>& layers) {
  Json config = Json::object();
  config["created"] = rfc3339(settings.created);
  put_platform(config, settings.platform);
  Json& run = config["config"] = Json::object();
  if (!settings.user.empty()) run["User"] = settings.user;
  if (!settings.environment.empty()) run["Env"] = settings.environment;
  if (!settings.entrypoint.empty()) run["Entrypoint"] = settings.entrypoint;
  if (!settings.command.empty()) run["Cmd"] = settings.command;
  if (!settings.directory.empty()) run["WorkingDir"] = settings.directory;
  run["Labels"] = to_json(settings.annotations);
  Json& root = config["rootfs"] = Json::object();
  root["type"] = "layers";
  root["diff_ids"] = Json::array();
  config["history"] = Json::array();
  for (const Layer& layer : layers) {
    root["diff_ids"].push_back("sha256:" + layer.diff_id);
    Json step = Json::object();
    step["created"] = rfc3339(settings.created);
    step["created_by"] = layer.made_of;
    config["history"].push_back(std::move(step));
  }
  return config;
}

}  // namespace

std::string rfc3339(std::int64_t time) {
  const std::time_t seconds = time;
  std::tm parts = {};
  if (::gmtime_r(&seconds, &parts) == nullptr) throw Error("write a date", "it is out of range");
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

Layer write_layer(const fs::path& layout, Compression how, std::int64_t time, const std::string& made_of,
                  const std::function<void(TarWriter&)>& fill) {
  BlobWriter blob(layout);
  Sha256 plain;
  Compressor compressor([&](std::string_view piece) { blob.write(piece); }, how);
  TarWriter tar(
      [&](std::string_view piece) {
        plain.update(piece);
        compressor.write(piece);
      },
      time);
  fill(tar);
  tar.finish();
  compressor.finish();
  Layer layer;
  layer.blob = blob.finish(layer_type(how));
  layer.diff_id = hex(plain.finish());
  layer.made_of = made_of;
  return layer;
}

Descriptor write_image(const fs::path& layout, const ImageSettings& settings,
                       const std::vector<Layer>& layers) {
  const Descriptor config = write_blob(layout, config_type, to_text(config_of(settings, layers)));
  Json manifest = Json::object();
  manifest["schemaVersion"] = 2;
  manifest["mediaType"] = manifest_type;
  manifest["config"] = to_json(config);
  manifest["layers"] = Json::array();
  for (const Layer& layer : layers) manifest["layers"].push_back(to_json(layer.blob));
  manifest["annotations"] = to_json(settings.annotations);
  return write_blob(layout, manifest_type, to_text(manifest));
}

void finish_layout(const fs::path& layout, const std::vector<PlatformImage>& images,
                   const std::map<std::string, std::string>& annotations, const std::string& tag) {
  Json manifests = Json::array();
  for (const PlatformImage& image : images) {
    Json json = to_json(image.manifest);
    put_platform(json["platform"] = Json::object(), image.platform);
    manifests.push_back(std::move(json));
  }
  Json index = Json::object();
  index["schemaVersion"] = 2;
  index["mediaType"] = index_type;
  index["manifests"] = manifests;
  Json top = index;
  if (images.size() > 1) {
    index["annotations"] = to_json(annotations);
    top["manifests"] = Json::array({to_json(write_blob(layout, index_type, to_text(index)))});
  }
  top["manifests"][0]["annotations"] = {{"org.opencontainers.image.ref.name", tag}};
  create_file(layout / "oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}\n");
  create_file(layout / "index.json", to_text(top));
}

void pack_layout(const fs::path& layout, const fs::path& file) {
  OutputFile out(file);
  TarWriter tar([&](std::string_view piece) { out.write(piece); }, 0);
  // what says that it is an image comes first, for readers that stream
  tar.file_from("oci-layout", layout / "oci-layout", 0644);
  tar.file_from("index.json", layout / "index.json", 0644);
  tar.tree("blobs", layout / "blobs");
  tar.finish();
  out.commit();
}

}  // namespace gostrap
