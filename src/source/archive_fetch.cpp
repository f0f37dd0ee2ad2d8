#include "source/archive_fetch.hpp"

#include "download/download.hpp"
#include "release/published.hpp"
#include "source/archive.hpp"
#include "support/error.hpp"
#include "support/stage.hpp"

#include <string_view>

namespace gostrap {
bool is_archive_url(const std::string& origin) {
  if (!is_web_url(origin)) return false;
  const std::string name = name_in_url(origin);
  for (const std::string_view ending : {".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".zip", ".tar"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) return true;
  }
  return false;
}

Digest fetch_archive(const Release& release, const std::string& url, const SourceRequest& request,
                     const fs::path& destination, Progress& progress) {
  const TemporaryDirectory place(request.scratch);
  const std::string published = release.name() + ".src.tar.gz";
  DownloadRequest wanted;
  wanted.urls = {url};
  if (name_in_url(url) == published || !release.source) wanted.sha256 = release.source_archive;
  wanted.file = place.path() / published;
  wanted.most = request.limits.bytes;
  wanted.most_option = "--max-bytes";
  wanted.patience = request.patience;
  const DownloadReceipt receipt = download(wanted, progress);
  try {
    unpack_source(wanted.file, destination, request.limits, progress);
  } catch (const Error& error) {
    // where it came from says more than where it lay
    throw Error("unpack " + receipt.url, error.why(), error.next());
  }
  return receipt.sha256;
}

}  // namespace gostrap
