// Images in the OCI image layout (image-spec 1.1): layers, a configuration and a manifest for each platform,
// an index over several. No time, place or name of the machine enters: the same content gives the same
// digests.
#pragma once

#include "archive/compressor.hpp"
#include "archive/tar_writer.hpp"
#include "image/blob.hpp"
#include "release/port.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

/// What an image is for (config.md and image-index.md): GOOS and GOARCH, and for arm which one.
struct Platform {
  Port port;
  std::string variant;  ///< "v6"; empty where there is none

  std::string text() const { return port.text() + (variant.empty() ? "" : "/" + variant); }
};

struct Layer {
  Descriptor blob;
  std::string diff_id;  ///< hexadecimal SHA-256 of the tar stream before compression
  std::string made_of;  ///< for the history
};

struct ImageSettings {
  Platform platform;
  std::int64_t created = 0;  ///< seconds since 1970
  std::string user;
  std::string directory;
  std::vector<std::string> environment;  ///< "NAME=VALUE"
  std::vector<std::string> entrypoint;
  std::vector<std::string> command;
  std::map<std::string, std::string> annotations;  ///< also labels of the configuration
};

/// "2025-05-30T19:04:00Z"
std::string rfc3339(std::int64_t time);

/// Writes a layer that `fill` puts entries into; `time` is the entries'.
Layer write_layer(const std::filesystem::path& layout, Compression how, std::int64_t time,
                  const std::string& made_of, const std::function<void(TarWriter&)>& fill);

/// Writes the configuration and the manifest.
Descriptor write_image(const std::filesystem::path& layout, const ImageSettings& settings,
                       const std::vector<Layer>& layers);

/// An image of the index, and what it runs on.
struct PlatformImage {
  Platform platform;
  Descriptor manifest;
};

/// A name as Docker and registries read it: "gs/server:1" in full is "docker.io/gs/server:1".
struct ImageName {
  std::string familiar;  ///< with its tag, which is "latest" where none was named
  std::string full;      ///< and with its registry
};

/// Throws UsageError for what is no name of an image.
ImageName parse_image_name(const std::string& text);

/// Writes what makes the directory an image layout: oci-layout, and index.json that names the image `tag`.
/// One image stands there itself, of several the index does.
void finish_layout(const std::filesystem::path& layout, const std::vector<PlatformImage>& images,
                   const std::map<std::string, std::string>& annotations, const std::string& tag);

/// The layout as one tar file, which skopeo, podman, containerd and every Docker load: beside the layout lies
/// a manifest.json for those that know no layouts. It has one image, for they can take no other: that of
/// linux/amd64 where there is one, else the first.
void pack_layout(const std::filesystem::path& layout, const std::vector<PlatformImage>& images,
                 const std::string& tag, const std::filesystem::path& file);

}  // namespace gostrap
