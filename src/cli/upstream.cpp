#include "cli/upstream.hpp"

#include "download/download.hpp"
#include "source/new_release.hpp"
#include "source/source.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

/// Without a scheme: what may be a secret in a URL is hidden in errors.
constexpr const char* upstreams_index = "go.dev/dl/?mode=json&include=all";
constexpr std::uint64_t longest_index = std::uint64_t{64} << 20U;

std::map<std::string, std::string> tags_at(const std::string& origin, const Patience& patience,
                                           Progress& progress) {
  const TemporaryDirectory scratch;
  SourceRequest request;
  request.patience = patience;
  request.scratch = scratch.path();
  return patiently(patience, progress, [&] { return tags_of(origin, request, progress); });
}

std::string by_hand() {
  return std::string("By hand: save what ") + upstreams_index +
         " answers with, and name the file: --index FILE";
}

std::string downloaded(const std::string& url, const Patience& patience, Progress& progress) {
  try {
    return download_text(url, longest_index, patience, progress);
  } catch (const Error& error) {
    throw Error(error.doing(), error.why(), error.next() + (error.next().empty() ? "" : "\n") + by_hand());
  }
}

}  // namespace

std::string IndexWord::name() const {
  return named.value_or(std::string("https://") + upstreams_index);
}

void IndexWord::declare(Options& options, const std::string& otherwise) {
  options.add("index", "go.dev's download index as JSON, a file or a URL" + otherwise, "FILE|URL", named);
}

JsonDocument read_index_document(const std::string& name, bool offline, const Patience& patience,
                                 Progress& progress) {
  if (!is_web_url(name)) {
    if (name.find("://") != std::string::npos)
      throw UsageError("--index takes a file, or a URL with https:// or http://, not " + name);
    return {read_file(name, longest_index), name};
  }
  const std::string shown = without_secrets(name);
  if (offline) {
    throw Error("read " + shown, "it is on the network, and --offline was given", by_hand());
  }
  if (name.starts_with("http://")) {
    progress.note(shown + " comes over http, which anybody on the way can change: what it says is believed");
  }
  std::string text = downloaded(name, patience, progress);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || (text[begin] != '[' && text[begin] != '{')) {
    const bool page = begin != std::string::npos && text[begin] == '<';
    throw Error("read " + shown, page ? "it is a web page, and no index" : "it is no JSON",
                std::string("What is wanted is what ") + upstreams_index + " answers with.");
  }
  return {std::move(text), shown};
}

std::vector<std::string> upstream_origins(const std::optional<std::string>& from) {
  if (from) return {*from};
  if (const auto mirror = environment_value("GOSTRAP_MIRROR")) return {*mirror};
  return upstreams_origins();
}

UpstreamTags upstream_tags(const std::vector<std::string>& origins, bool must, bool offline,
                           const Patience& patience, Progress& progress) {
  for (const std::string& origin : origins) {
    const OriginKind kind = kind_of_origin(origin);
    const bool on_network = is_on_network(kind);
    const std::string shown = on_network ? without_secrets(origin) : origin;
    try {
      if (on_network && offline) {
        if (!must) continue;
        throw Error("ask " + shown + " for its tags", "it is on the network, and --offline was given");
      }
      if (kind != OriginKind::network && kind != OriginKind::repository)
        throw Error("ask " + shown + " for its tags", "it is no git repository");
      return {tags_at(on_network ? origin : local_path(origin).string(), patience, progress), shown};
    } catch (const Error& error) {
      if (must) throw Error(error.doing(), error.why(), error.next());
      progress.note(std::string(error.what()) + ": the commits of releases are not known from there");
    }
  }
  return {};
}

}  // namespace gostrap
