#include "source/source.hpp"

#include "release/published.hpp"
#include "source/archive.hpp"
#include "source/archive_fetch.hpp"
#include "source/directory.hpp"
#include "source/git.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/nar.hpp"
#include "support/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

struct Failure {
  std::string origin, why, next;
};

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool looks_remote(const std::string& origin) {
  if (origin.starts_with("file://")) return false;
  if (origin.find("://") != std::string::npos) return true;
  const std::size_t colon = origin.find(':');  // scp's form, host:path
  return colon != std::string::npos && colon > 0 && colon < origin.find('/') && origin.front() != '-';
}

void require_known_scheme(const std::string& origin, const std::string& doing) {
  const std::size_t end = origin.find("://");
  if (end == std::string::npos) return;
  const std::string scheme = origin.substr(0, end);
  const std::array<const char*, 5> known = {"https", "http", "ssh", "git+ssh", "git"};
  if (std::find(known.begin(), known.end(), scheme) == known.end()) {
    throw Error(doing, scheme + ":// is not a way to reach a git repository or an archive",
                "There are https:// and http:// for both, and ssh://, git:// and file://.");
  }
}

std::string by_hand(const Release& release) {
  const std::string archive = release.name() + ".src.tar.gz";
  return "By hand: get " + archive + " from wherever you can" +
         (release.source_archive ? " (its SHA-256 is " + hex(*release.source_archive) + ")" : "") +
         " and name it: --from " + archive;
}

void require_empty(const fs::path& destination) {
  if (fs::is_directory(destination) && fs::is_empty(destination)) return;
  throw Error("write the source to " + destination.string(), "it is not an empty directory");
}

void empty(const fs::path& destination) {
  std::vector<fs::path> entries;
  for (const fs::directory_entry& each : fs::directory_iterator(destination)) entries.push_back(each.path());
  for (const fs::path& each : entries) remove_tree(each);
}

/// Of a release whose source has not been seen, an origin has to meet another pin.
void require_a_pin(const Release& release, OriginKind kind, const fs::path& path, const std::string& doing) {
  if (release.source) return;
  const bool git = kind == OriginKind::network || kind == OriginKind::repository;
  if (git && !release.commit.empty()) return;
  if (kind == OriginKind::download && release.source_archive) return;  // it is held against that as it comes
  if (kind == OriginKind::archive && release.source_archive) {
    const Digest found = sha256_file(path);
    if (found == *release.source_archive) return;
    throw Error(doing,
                "its SHA-256 is " + hex(found) + ", but that of " + release.name() +
                    ".src.tar.gz is pinned to " + hex(*release.source_archive),
                "It is not the file that was published: do not build it. Name another origin: --from …");
  }
  const std::string known = release.commit.empty() ? "the SHA-256 of " + release.name() + ".src.tar.gz"
                                                   : "the commit of " + release.tag;
  const std::string other = release.commit.empty() ? "that archive" : "a git repository";
  throw Error(doing,
              std::string("nothing that is pinned of ") + release.name() + " can be held against " +
                  (git                             ? "a git repository"
                   : kind == OriginKind::directory ? "a directory"
                                                   : "an archive") +
                  ": only " + known +
                  (release.source_archive && !release.commit.empty() ? " and the SHA-256 of its archive are"
                                                                     : " is") +
                  " known",
              "Name " + other + ": --from …");
}

Digest checked_nar(const Release& release, const fs::path& tree, const std::string& doing) {
  const Digest found = nar_hash(tree).digest;
  if (!release.source || found == *release.source) return found;
  throw Error(
      doing,
      "its NAR hash is " + sri(found) + ", but the source of " + release.name() + " is pinned to " +
          sri(*release.source),
      "These are not the bits of " + release.name() + ": do not build them. Name another origin: --from …");
}

/// As it may be shown: a path is no secret.
std::string shown_origin(const std::string& origin) {
  const OriginKind kind = kind_of_origin(origin);
  return is_on_network(kind) || kind == OriginKind::missing ? without_secrets(origin) : origin;
}

/// Upstream publishes toolchains beside the sources, by names that differ in their ends.
void refuse_toolchain(const Release& release, const std::string& origin, OriginKind kind,
                      const std::string& doing) {
  if (kind != OriginKind::archive && kind != OriginKind::download) return;
  if (!release.archives.contains(published_name(kind == OriginKind::download ? name_in_url(origin) : origin)))
    return;
  throw Error(doing, "by its name it is upstream's toolchain, and not the source",
              "--published takes it. The source is " + release.name() + ".src.tar.gz.");
}

/// One try of one origin, to the end.
SourceReceipt take_from(const std::string& origin, const Release& release, const SourceRequest& request,
                        const fs::path& destination, Progress& progress) {
  const std::string shown = shown_origin(origin);
  const std::string doing = "use the source from " + shown;
  const fs::path path = local_path(origin);
  SourceReceipt receipt{shown, "git", {}, {}};
  const OriginKind kind = kind_of_origin(origin);
  if (kind == OriginKind::missing) throw Error(doing, "there is nothing at that path");
  refuse_toolchain(release, origin, kind, doing);
  require_a_pin(release, kind, path, doing);
  switch (kind) {
    case OriginKind::network:
      require_known_scheme(origin, doing);
      receipt.git = fetch_source(release, origin, request, destination, progress);
      break;
    case OriginKind::download:
      fetch_archive(release, origin, request, destination, progress);
      receipt.kind = "archive";
      break;
    case OriginKind::repository:
      receipt.git = read_source(release, path, destination, request.limits, progress);
      break;
    case OriginKind::archive:
      unpack_source(path, destination, request.limits, progress);
      receipt.kind = "archive";
      break;
    case OriginKind::directory:
      copy_source(path, destination, request.limits, progress);
      receipt.kind = "directory";
      break;
    case OriginKind::missing:
      break;
  }
  progress.phase("Checking the source");
  receipt.nar = checked_nar(release, destination, doing);
  return receipt;
}

/// The same, and again after a pause when the network is to blame.
SourceReceipt take_patiently(const std::string& origin, const Release& release, const SourceRequest& request,
                             const fs::path& destination, Progress& progress) {
  return patiently(request.patience, progress, [&] {
    empty(destination);
    return take_from(origin, release, request, destination, progress);
  });
}

[[noreturn]] void give_up(const Release& release, const std::vector<Failure>& failures, bool skipped) {
  const std::string doing = "get the source of " + release.name();
  if (failures.empty()) throw Error(doing, "no origin is named", by_hand(release));
  std::string next =
      failures.size() == 1 && !failures.front().next.empty() ? failures.front().next + "\n" : "";
  next += by_hand(release);
  if (failures.size() == 1 && !skipped) throw Error(doing, failures.front().why, next);
  std::string why = "no origin has it";
  for (const Failure& each : failures) why += "\n  " + each.origin + ": " + each.why;
  throw Error(doing, why, next);
}

}  // namespace

fs::path local_path(const std::string& origin) {
  constexpr std::string_view scheme = "file://";
  if (!origin.starts_with(scheme)) return origin;
  std::string_view rest = std::string_view(origin).substr(scheme.size());
  if (rest.starts_with("localhost/")) rest.remove_prefix(std::string_view("localhost").size());
  std::string path;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const int high = rest[at] == '%' && at + 2 < rest.size() ? hex_digit(rest[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(rest[at + 2]) : -1;
    if (low < 0) {
      path += rest[at];
    } else {
      path += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return path;
}

OriginKind kind_of_origin(const std::string& origin) {
  const fs::path path = local_path(origin);
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status))
    return is_git_repository(path) ? OriginKind::repository : OriginKind::directory;
  if (fs::exists(status)) return OriginKind::archive;
  if (is_archive_url(origin)) return OriginKind::download;
  return looks_remote(origin) ? OriginKind::network : OriginKind::missing;
}

bool is_on_network(OriginKind kind) {
  return kind == OriginKind::network || kind == OriginKind::download;
}

SourceReceipt obtain_source(const Release& release, const SourceRequest& request, const fs::path& destination,
                            Progress& progress) {
  require_empty(destination);
  std::vector<Failure> failures;
  bool skipped = false;
  for (const std::string& origin : request.origins) {
    const std::string shown = shown_origin(origin);
    if (request.offline && is_on_network(kind_of_origin(origin))) {
      skipped = true;
      failures.push_back({shown, "it is on the network, and --offline was given", {}});
      continue;
    }
    try {
      return take_patiently(origin, release, request, destination, progress);
    } catch (const Interrupted&) {
      empty(destination);
      throw;
    } catch (const Error& error) {
      failures.push_back({shown, error.what(), error.next()});
      if (&origin != &request.origins.back()) {
        progress.note(std::string(error.what()) + "; trying the next origin");
      }
    }
    empty(destination);
  }
  give_up(release, failures, skipped);
}

void require_source(const Release& release, const fs::path& tree) {
  static_cast<void>(release.nar());
  checked_nar(release, tree, "use the source at " + tree.string());
}

}  // namespace gostrap
