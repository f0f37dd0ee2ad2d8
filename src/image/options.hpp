// What whoever makes an image may choose, whatever goes into it.
#pragma once

#include "image/image.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace gostrap {

struct ImageOptions {
  Compression compression = Compression::gzip;
  std::optional<std::filesystem::path> certificates;  ///< a bundle in PEM; none goes in without it
  std::optional<std::int64_t> created;                ///< SOURCE_DATE_EPOCH; else what the content says
  std::string user;                                   ///< "" is the default: nobody, or root in an SDK
  std::string variant;  ///< of an arm program, where its build settings say none
  std::map<std::string, std::string> annotations;
};

}  // namespace gostrap
