// Files from the web: one file that is known by its SHA-256, from the first mirror that has it; and small
// texts. Whether the network may be touched at all (--offline) is the caller's business.
#pragma once

#include "support/hash.hpp"
#include "support/patience.hpp"
#include "support/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// Whether it begins as what can be downloaded: with http:// or https://.
bool is_web_url(std::string_view text);

struct DownloadRequest {
  std::vector<std::string> urls;  ///< http:// or https://, tried in order
  std::optional<Digest>
      sha256;                  ///< nothing where it is not known: then the caller holds it against something
  std::filesystem::path file;  ///< where it goes, in a directory that is there
  std::uint64_t most = 0;      ///< bytes
  std::string most_option;     ///< what raises that, for an error: "--max-bytes"
  Patience patience;
};

struct DownloadReceipt {
  std::string url;  ///< without secrets; empty where the file was there already
  Digest sha256{};
  std::uint64_t bytes = 0;
};

/// Puts the file in its place at once, over what is there, and leaves nothing else. Where the right one is
/// there already, nothing is fetched. What failed within leaves FILE.part and FILE.part.json, if the server
/// can go on from there, and the next call does; a part of another state of the file is never added to.
/// Processes that want the same FILE at once wait for each other.
/// Throws Error (never Transient: the retries were made) that tells the failure of each mirror.
DownloadReceipt download(const DownloadRequest& request, Progress& progress);

/// A small text, such as an index, of at most `most` bytes. Throws as download() does.
std::string download_text(const std::string& url, std::uint64_t most, const Patience& patience,
                          Progress& progress);
/// The same; nothing where the server says that it has no such (404, 410).
std::optional<std::string> download_text_if_there(const std::string& url, std::uint64_t most,
                                                  const Patience& patience, Progress& progress);

}  // namespace gostrap
