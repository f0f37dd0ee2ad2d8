#include "image/make_layout.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/output_file.hpp"
#include "support/stage.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

std::vector<PlatformImage> in_order(std::vector<PlatformImage> images) {
  std::sort(images.begin(), images.end(), [](const PlatformImage& a, const PlatformImage& b) {
    return a.platform.text() < b.platform.text();
  });
  const auto twice = std::adjacent_find(
      images.begin(), images.end(),
      [](const PlatformImage& a, const PlatformImage& b) { return a.platform.text() == b.platform.text(); });
  if (twice != images.end()) throw Error({}, "two of these are for " + twice->platform.text());
  return images;
}

}  // namespace

MadeLayout make_layout(const LayoutRequest& request,
                       const std::function<std::vector<PlatformImage>(const fs::path&)>& fill) {
  fs::path out = fs::absolute(request.out).lexically_normal();
  if (!out.has_filename()) out = out.parent_path();
  const ImageName name = parse_image_name(request.tag);
  const bool streamed = is_stream(request.out);
  const bool packed = streamed || out.extension() == ".tar";
  if (packed && !streamed && fs::exists(fs::symlink_status(out))) {
    throw Error("make " + out.string(), "something is there already",
                "Name another place, or remove it first.");
  }
  std::optional<TemporaryDirectory> unpacked;
  if (streamed) unpacked.emplace();
  if (packed && !streamed) {
    make_directories(out.parent_path());
    unpacked.emplace(out.parent_path());
  }
  Stage stage(unpacked ? unpacked->path() / "layout" : out);
  std::vector<PlatformImage> images = in_order(fill(stage.path()));
  finish_layout(stage.path(), images, request.annotations, request.tag);
  if (packed) {
    pack_layout(stage.path(), images, request.tag, streamed ? fs::path(request.out) : out);
  } else {
    stage.commit();
  }
  return {std::move(out), name.full, std::move(images)};
}

}  // namespace gostrap
