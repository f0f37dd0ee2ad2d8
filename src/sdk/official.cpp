#include "sdk/official.hpp"

#include "archive/each_entry.hpp"
#include "sdk/layout.hpp"
#include "sdk/module.hpp"
#include "sdk/upstream_archive.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/stage.hpp"
#include "toolchain/distpack.hpp"
#include "toolchain/packing.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace gostrap {
namespace {

/// Of the release that the name is of: no other has a say in it.
const Digest* published_checksum(const std::string& file, const Releases& releases) {
  const std::optional<Version> version = version_of_file(file);
  const Release* const release = version ? releases.find(*version) : nullptr;
  if (release == nullptr) return nullptr;
  const auto there = release->archives.find(file);
  if (there != release->archives.end()) return &there->second;
  const bool is_source = file == release->name() + ".src.tar.gz" && release->source_archive;
  return is_source ? &*release->source_archive : nullptr;
}

}  // namespace

Check check_module(const fs::path& output, const Manifest& manifest) {
  const std::string version = module_version(manifest.release, manifest.hosted_on);
  Check check{"module", Check::Result::not_possible, "", {}};
  std::optional<ModuleHashes> hashes;
  try {
    hashes = module_hashes(output, version);
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    check.result = Check::Result::failed;
    check.says = error.what();
    return check;
  }
  if (!hashes) {
    check.says = "it has no files of " + std::string(toolchain_module) + "@" + version;
    return check;
  }
  check.says = "to be compared with what the Go checksum database says of it:";
  const std::string name = std::string(toolchain_module) + " " + version;
  check.details = {name + " " + hashes->zip, name + "/go.mod " + hashes->mod};
  return check;
}

bool is_signed_by_apple(const std::string& file) {
  return file.find(".darwin-") != std::string::npos;
}

Check check_official_archive(const fs::path& file, const Releases& releases) {
  const std::string name = file.filename().string();
  Check check{"official " + name, Check::Result::passed, "", {}};
  const Digest* const published = published_checksum(name, releases);
  if (published == nullptr) {
    check.result = Check::Result::not_possible;
    check.says = is_module_file(name)
                     ? "not comparable: module files are vouched for by the Go checksum database"
                     : "not comparable: upstream publishes no archive of that name for a known release";
    return check;
  }
  const Digest digest = sha256_file(file);
  if (digest == *published) {
    check.says = "canonical: " + hex(digest);
    return check;
  }
  if (is_signed_by_apple(name)) {
    check.result = Check::Result::not_possible;
    check.says = "not comparable: the published one carries Apple's signatures (--against FILE says more)";
    return check;
  }
  check.result = Check::Result::failed;
  check.says = "not canonical: the bits differ";
  check.details = {"ours:      " + hex(digest), "published: " + hex(*published)};
  return check;
}

std::vector<fs::path> archives_in(const fs::path& output, const Manifest& manifest) {
  std::vector<fs::path> archives;
  for (const auto& [path, record] : manifest.files) {
    if (path.find('/') == std::string::npos && !is_module_file(path)) archives.push_back(output / path);
  }
  return archives;
}

std::vector<Check> check_official_archives(const fs::path& output, const Manifest& manifest,
                                           const Releases& releases) {
  std::vector<Check> checks;
  for (const fs::path& archive : archives_in(output, manifest))
    checks.push_back(check_official_archive(archive, releases));
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  if (manifest.profile.empty() && !manifest.files.contains(name))
    checks.push_back({"official " + name, Check::Result::failed, "it is not there", {}});
  checks.push_back(check_module(output, manifest));
  return checks;
}

Originals originals_of(const fs::path& output, const Manifest& manifest) {
  Originals originals;
  if (manifest.kind != Kind::sdk) return originals;
  originals["go.env"] = read_file(upstream_go_env(output));
  if (!manifest.profile.of_host().empty() || !fs::exists(upstream_files(output))) return originals;
  for (const TreeEntry& entry : list_tree(upstream_files(output))) {
    if (entry.type == TreeEntry::Type::file)
      originals[entry.path] = read_file(upstream_files(output) / entry.path);
  }
  return originals;
}

namespace {

/// From here on a release's compressor may be another one than ours.
constexpr Version unknown_compressor{1, 27, 0, 0};

std::string entry_text(const std::string& digest, bool executable) {
  return digest + (executable ? " x" : "");
}

/// What each entry of an archive is, but for directories, by its path below the GOROOT.
std::map<std::string, std::string> archived_files(const fs::path& archive) {
  std::map<std::string, std::string> packed;
  each_archive_entry(archive, Limits(), [&](const ArchiveEntry& entry, const ReadContent& read) {
    if (entry.type == ArchiveEntry::Type::directory) return;
    Sha256 hash;
    read([&](std::string_view piece) { hash.update(piece); });
    packed[entry.path] = entry_text(hex(hash.finish()), (entry.mode & 0100U) != 0);
  });
  // upstream's begin with go/
  const bool below_go = std::all_of(packed.begin(), packed.end(),
                                    [](const auto& each) { return each.first.starts_with("go/"); });
  if (!below_go) return packed;
  std::map<std::string, std::string> shorter;
  for (auto& [path, what] : packed) shorter[path.substr(3)] = std::move(what);
  return shorter;
}

/// The same of a GOROOT; what else is there is named, since no archive has it.
std::map<std::string, std::string> files_of(const fs::path& goroot, const Originals& originals) {
  std::map<std::string, std::string> found;
  for (const TreeEntry& entry : list_tree(goroot)) {
    const fs::path file = goroot / entry.path;
    if (entry.type == TreeEntry::Type::directory) {
      if (fs::is_empty(file)) found[entry.path] = "an empty directory";
      continue;
    }
    std::string& what = found[entry.path];
    if (entry.type == TreeEntry::Type::symlink) {
      what = "a link";
    } else {
      const bool executable = is_executable(file);
      const auto original = originals.find(entry.path);
      what = entry_text(hex(original != originals.end() ? sha256(original->second) : sha256_file(file)),
                        executable);
    }
  }
  return found;
}

/// What the archive has that the GOROOT has not, and the other way round. Whoever packed it may have left
/// files out.
std::vector<std::string> differences_from_archive(const fs::path& archive, const fs::path& goroot,
                                                  const Originals& originals) {
  const std::map<std::string, std::string> packed = archived_files(archive);
  const std::map<std::string, std::string> found = files_of(goroot, originals);
  std::vector<std::string> words;
  for (const auto& [path, what] : found) {
    const auto there = packed.find(path);
    if (there == packed.end()) {
      words.push_back("share/go/" + path + " is in no archive of upstream's");
    } else if (there->second != what) {
      words.push_back("share/go/" + path + " differs");
    }
  }
  for (const auto& [path, what] : packed) {
    if (!found.contains(path)) words.push_back("share/go/" + path + " is missing");
  }
  shorten(words);
  return words;
}

/// By another toolchain of the release, which has no say in what comes out: an archive with the published
/// checksum is upstream's whoever made it, and what is in it is then held against the output file by file.
Check packed_by(const fs::path& host, const fs::path& output, const Manifest& manifest,
                const Releases& releases, Progress& progress) {
  const Release& release = releases.get(manifest.release);
  const Originals originals = originals_of(output, manifest);
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  const TemporaryDirectory work;
  const fs::path toolchain = work.path() / "toolchain";
  place_tree(goroot_of(output), toolchain, CopyMode::copy);
  for (const auto& [path, text] : originals) write_file(toolchain / path, text);
  const Workshop workshop{work.path() / "work", work.path() / "log", progress};
  const fs::path packed = work.path() / "packed";
  make_directories(workshop.work);
  make_directories(packed);
  try {
    build_distpack(release, host, workshop.work / "distpack", workshop);
    build_archives({HostedPort(release.at(manifest.hosted_on)), workshop.work / "distpack", toolchain},
                   packed, workshop);
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    return {"official " + name, Check::Result::failed, "not canonical: " + error.why(), {}};
  }
  Check check = check_official_archive(packed / name, releases);
  if (check.result != Check::Result::passed) return check;
  check.details = differences_from_archive(packed / name, goroot_of(output), originals);
  if (check.details.empty()) return check;
  check.result = Check::Result::failed;
  check.says = "not canonical: it has not the files of the published archive";
  return check;
}

/// What an SDK is whose profile changes nothing of its programs: they are upstream's, if all but the changed
/// files is.
std::string without_defaults(const fs::path& output, const Manifest& manifest, const Releases& releases,
                             Progress& progress) {
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  const Digest* const published = published_checksum(name, releases);
  if (published == nullptr || !name.ends_with(".tar.gz"))
    return "whether its programs are upstream's is not known";
  progress.phase("Packing " + name);
  const Packed packed = pack_upstream_archive(goroot_of(output), originals_of(output, manifest));
  return packed.digest == *published ? "only its source differs from upstream's, not its programs"
                                     : "and other files than that changes differ as well, or its programs do";
}

}  // namespace

Check check_official_toolchain(const fs::path& output, const Manifest& manifest,
                               const std::optional<fs::path>& host, const Releases& releases,
                               Progress& progress) {
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  Check check{"official " + name, Check::Result::not_possible, "", {}};
  if (!manifest.canonical) {
    check.result = Check::Result::failed;
    check.says = "not canonical: it was made with " + manifest.profile.text();
    if (manifest.profile.of_host().empty())
      check.says += "; " + without_defaults(output, manifest, releases, progress);
    for (const std::string& path : manifest.differences) check.details.push_back("differs: share/go/" + path);
    return check;
  }
  const Release& release = releases.get(manifest.release);
  const Digest* const published = published_checksum(name, releases);
  if (published == nullptr) {
    check.says = "not comparable: upstream publishes no " + name;
    return check;
  }
  const Originals originals = originals_of(output, manifest);
  if (name.ends_with(".tar.gz")) {
    progress.phase("Packing " + name);
    const Packed packed = pack_upstream_archive(goroot_of(output), originals);
    if (packed.digest == *published) {
      check.result = Check::Result::passed;
      check.says = "canonical: " + hex(*packed.digest);
      return check;
    }
    if (!packed.why_not.empty()) {
      check.result = Check::Result::failed;
      check.says = "not canonical: " + packed.why_not;
      return check;
    }
    if (is_signed_by_apple(name)) {
      check.says = "not comparable: the published one carries Apple's signatures (--against FILE says more)";
      return check;
    }
    if (release.version < unknown_compressor) {
      check.result = Check::Result::failed;
      check.says = "not canonical: the bits differ";
      check.details = {"ours:      " + hex(*packed.digest), "published: " + hex(*published)};
      return check;
    }
  }
  if (host) return packed_by(*host, output, manifest, releases, progress);
  check.says = "not possible: packing " + name + " needs another toolchain of " + release.name() +
               " that runs here and is not a stranger's, and the store has none (gostrap build " +
               own_port().text() + " --release " + manifest.release + ")";
  return check;
}

std::optional<Check> check_packer(const fs::path& output, const Manifest& manifest, const Releases& releases,
                                  Progress& progress) {
  const fs::path packer = output / packer_place;
  if (manifest.kind != Kind::toolchain || !fs::exists(fs::symlink_status(packer))) return std::nullopt;
  Check check{
      "packer", Check::Result::passed, std::string(packer_place) + " is what its own source makes", {}};
  if (manifest.hosted_on != own_port()) {
    check.result = Check::Result::not_possible;
    check.says = std::string(packer_place) + " was not looked at: it runs on " + manifest.hosted_on.text();
    return check;
  }
  const TemporaryDirectory work;
  const Workshop workshop{work.path() / "work", work.path() / "log", progress};
  make_directories(workshop.work);
  build_distpack(releases.get(manifest.release), goroot_of(output), work.path() / "distpack", workshop);
  if (same_file(packer, work.path() / "distpack")) return check;
  check.result = Check::Result::failed;
  check.says = std::string(packer_place) + " is not what its own source makes";
  return check;
}

}  // namespace gostrap
