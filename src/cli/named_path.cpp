#include "cli/named_path.hpp"

#include "sdk/manifest.hpp"

#include <filesystem>

namespace gostrap {

bool is_path(const std::string& word) {
  return word.starts_with('/') || word.starts_with("./") || word.starts_with("../") || word == "." ||
         word == "..";
}

std::string or_directory(const std::string& word) {
  std::error_code hidden;
  const bool there = !is_path(word) && std::filesystem::is_regular_file(manifest_path(word), hidden);
  return there ? ". The directory of that name is ./" + word : "";
}

}  // namespace gostrap
