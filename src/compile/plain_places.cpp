#include "compile/plain_places.hpp"

#include "compile/utf8.hpp"
#include "support/error.hpp"
#include "support/stage.hpp"

#include <algorithm>

namespace gostrap {

bool is_plain(std::string_view path) {
  return is_utf8(path) && std::none_of(path.begin(), path.end(), [](char c) {
           return c == ';' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

fs::path PlainPlaces::of(const fs::path& directory) {
  if (is_plain(directory.string())) return directory;
  for (const auto& [link, own] : names_) {
    if (own == directory.string()) return link;
  }
  if (!links_) links_.emplace(is_plain(temporary_place().string()) ? temporary_place() : fs::path("/tmp"));
  const fs::path link = links_->path() / std::to_string(names_.size() + 1);
  std::error_code failed;
  fs::create_symlink(directory, link, failed);
  if (failed) throw Error("make a link to " + directory.string(), failed.message());
  names_.emplace_back(link.string(), directory.string());
  return link;
}

std::string PlainPlaces::with_own_names(std::string text) const {
  for (const auto& [link, own] : names_) {
    for (std::size_t at = text.find(link); at != std::string::npos; at = text.find(link, at + own.size()))
      text.replace(at, link.size(), own);
  }
  return text;
}

}  // namespace gostrap
