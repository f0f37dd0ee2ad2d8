// An image layout at the place that a user named: a directory, a tar file or a stream; whole, or not there.
#pragma once

#include "image/image.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct LayoutRequest {
  std::string out;  ///< as it was typed: one tar file where it ends with .tar or is a stream
  std::string tag;  ///< the image's name
  std::map<std::string, std::string> annotations;
};

struct MadeLayout {
  std::filesystem::path out;          ///< absolute
  std::string name;                   ///< in full
  std::vector<PlatformImage> images;  ///< in the order of their platforms
};

/// Calls `fill` with the layout's directory for the blobs of each image. Throws Error where something is in
/// the place already, or two images are for one platform.
MadeLayout make_layout(const LayoutRequest& request,
                       const std::function<std::vector<PlatformImage>(const std::filesystem::path&)>& fill);

}  // namespace gostrap
