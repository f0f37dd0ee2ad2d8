#include "image/image.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/output_file.hpp"
#include "support/strings.hpp"
#include "support/time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

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

/// What `docker save` writes (image/tarexport in moby), and `docker load` of a Docker without containerd's
/// store wants: the file of the configuration, and those of the layers.
Json manifest_for_docker(const fs::path& layout, const std::vector<PlatformImage>& images,
                         const std::string& tag) {
  const auto is_amd64 = [](const PlatformImage& image) {
    return image.platform.port == Port{"linux", "amd64"};
  };
  auto chosen = std::find_if(images.begin(), images.end(), is_amd64);
  if (chosen == images.end()) chosen = images.begin();
  const auto blob = [](const std::string& digest) {
    return "blobs/sha256/" + digest.substr(digest.find(':') + 1);
  };
  const Json manifest = read_json(layout / blob(chosen->manifest.digest));
  Json entry = Json::object();
  entry["Config"] = blob(manifest.at("config").at("digest").get<std::string>());
  entry["RepoTags"] = Json::array({parse_image_name(tag).familiar});
  entry["Layers"] = Json::array();
  for (const Json& layer : manifest.at("layers"))
    entry["Layers"].push_back(blob(layer.at("digest").get<std::string>()));
  return Json::array({entry});
}

/// Words of small letters and digits, with '.', '_', "__" or dashes between (distribution/reference).
bool is_path_component(const std::string& text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty() || !plain(text.front()) || !plain(text.back())) return false;
  for (std::size_t i = 0; i < text.size();) {
    if (plain(text[i])) {
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of(text[i], i), text.size());
    const std::size_t run = end - i;
    const bool good = text[i] == '-' || (text[i] == '_' && run <= 2) || (text[i] == '.' && run == 1);
    if (!good || !plain(text[end])) return false;
    i = end;
  }
  return true;
}

bool is_tag(const std::string& text) {
  return !text.empty() && text.size() <= 128 && text.front() != '.' && text.front() != '-' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
             std::string::npos;
}

bool is_registry(const std::string& text) {
  return text == "localhost" ||
         (text.find_first_of(".:") != std::string::npos &&
          text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-") ==
              std::string::npos);
}

}  // namespace

ImageName parse_image_name(const std::string& text) {
  const std::size_t slash = text.find('/');
  std::string registry = slash == std::string::npos ? "" : text.substr(0, slash);
  std::string path = text;
  if (is_registry(registry)) {
    path = text.substr(slash + 1);
  } else {
    registry.clear();
  }
  const std::size_t colon = path.find(':');
  const std::string tag = colon == std::string::npos ? "latest" : path.substr(colon + 1);
  path.resize(std::min(colon, path.size()));
  bool good = is_tag(tag) && text.size() <= 255;
  for (const std::string_view part : split(path, "/")) good = good && is_path_component(std::string(part));
  if (!good) {
    throw UsageError(
        "\"" + text + "\" is no name for an image",
        "A name is [HOST/]PATH[:TAG], its path in small letters, such as ghcr.io/us/server:1.2.");
  }
  ImageName name;
  name.familiar = (registry.empty() ? "" : registry + "/") + path + ":" + tag;
  if (registry.empty()) registry = "docker.io";
  if (registry == "docker.io" && path.find('/') == std::string::npos) path = "library/" + path;
  name.full = registry + "/" + path + ":" + tag;
  return name;
}

std::string rfc3339(std::int64_t time) {
  return utc_text(Time(std::chrono::seconds(time)));
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
      TarWriter::Form::gnu, time);
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
  // the first is for skopeo and podman, the second for containerd, which takes it as it stands
  top["manifests"][0]["annotations"] = {{"org.opencontainers.image.ref.name", tag},
                                        {"io.containerd.image.name", parse_image_name(tag).full}};
  create_file(layout / "oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}\n");
  create_file(layout / "index.json", to_text(top));
}

void pack_layout(const fs::path& layout, const std::vector<PlatformImage>& images, const std::string& tag,
                 const fs::path& file) {
  OutputFile out(file);
  TarWriter tar([&](std::string_view piece) { out.write(piece); }, TarWriter::Form::gnu, 0);
  // what says that it is an image comes first, for readers that stream
  tar.file_from("oci-layout", layout / "oci-layout", 0644);
  tar.file_from("index.json", layout / "index.json", 0644);
  tar.file("manifest.json", to_text(manifest_for_docker(layout, images, tag)));
  tar.tree("blobs", layout / "blobs");
  tar.finish();
  out.commit();
}

}  // namespace gostrap
