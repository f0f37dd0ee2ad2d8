#include "release/published.hpp"

#include "support/error.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::size_t nix_hash = 32;

bool is_nix_hash(const std::string& text) {
  constexpr std::string_view letters = "0123456789abcdfghijklmnpqrsvwxyz";
  return std::all_of(text.begin(), text.end(),
                     [&](char each) { return letters.find(each) != std::string_view::npos; });
}

}  // namespace

PublishedArchive published_archive(const Release& release, const Port& port) {
  const std::string file = archive_name(release.version.text(), port);
  const auto pinned = release.archives.find(file);
  if (pinned != release.archives.end()) return {file, pinned->second};
  throw Error("use upstream's " + file,
              release.name() + " pins no checksum of such a file: " +
                  (release.has(port) ? "upstream has published none, or nobody has told it here"
                                     : "it has no port " + port.text()),
              "Build it from source: without --published, or with `gostrap host`.");
}

std::string published_name(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const bool in_nix_store =
      name.size() > nix_hash + 1 && name[nix_hash] == '-' && is_nix_hash(name.substr(0, nix_hash));
  return in_nix_store ? name.substr(nix_hash + 1) : name;
}

std::string name_in_url(const std::string& url) {
  const std::string path = url.substr(0, url.find_first_of("?#"));
  return path.substr(path.rfind('/') + 1);
}

std::optional<Version> version_of_archive(const std::filesystem::path& file, const Port& port) {
  const std::string name = published_name(file);
  const std::optional<Version> version = version_of_file(name);
  return version && name == archive_name(version->text(), port) ? version : std::nullopt;
}

}  // namespace gostrap
