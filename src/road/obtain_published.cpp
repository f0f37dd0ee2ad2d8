#include "road/obtain_published.hpp"

#include "download/download.hpp"
#include "source/source.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"
#include "support/url.hpp"

#include <optional>
#include <vector>

namespace gostrap {
namespace {

std::vector<std::string> upstreams_urls(const std::string& file) {
  return {"https://go.dev/dl/" + file, "https://dl.google.com/go/" + file};
}

/// On this machine; nothing where that origin has none.
std::optional<fs::path> file_at(const std::string& origin, const std::string& name) {
  const fs::path path = local_path(origin);
  std::error_code hidden;
  if (fs::is_regular_file(path, hidden) && published_name(path) == name) return path;
  if (fs::is_regular_file(path / name, hidden)) return path / name;
  return std::nullopt;
}

ObtainedArchive fetched(const PublishedArchive& archive, const std::vector<std::string>& urls,
                        const Workshop& workshop) {
  DownloadRequest wanted;
  wanted.urls = urls;
  wanted.sha256 = archive.sha256;
  wanted.file = workshop.work / archive.file;
  wanted.most = workshop.sources.limits.bytes;
  wanted.most_option = "--max-bytes";
  wanted.patience = workshop.sources.patience;
  const DownloadReceipt receipt = download(wanted, workshop.progress);
  return {wanted.file, receipt.url};
}

}  // namespace

ObtainedArchive obtain_published(const Release& release, const PublishedArchive& archive,
                                 const Workshop& workshop) {
  const auto named = workshop.sources.origins.find(release.version);
  std::vector<std::string> urls;
  std::string others;  // that were named, and have none
  if (named != workshop.sources.origins.end()) {
    for (const std::string& origin : named->second) {
      if (is_web_url(origin) && published_name(name_in_url(origin)) == archive.file) {
        urls.push_back(origin);
      } else if (const auto file = is_web_url(origin) ? std::nullopt : file_at(origin, archive.file)) {
        return {*file, file->string()};
      } else {
        append(others, ", ", without_secrets(origin));
      }
    }
  }
  const std::string doing = "get " + archive.file;
  const std::string by_hand = "Get it from " + upstreams_urls(archive.file).front() +
                              ", and name the file or its directory: --from " + release.version.text() +
                              "=FILE";
  if (urls.empty() && !others.empty())
    throw Error(doing, "--from names no file of that name: " + others, by_hand);
  if (workshop.sources.offline)
    throw Error(doing, "it is not on this machine, and the network is not to be touched (--offline)",
                by_hand);
  return fetched(archive, urls.empty() ? upstreams_urls(archive.file) : urls, workshop);
}

}  // namespace gostrap
