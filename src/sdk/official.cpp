#include "sdk/official.hpp"

#include "sdk/layout.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "toolchain/packing.hpp"

namespace gostrap {
namespace {

/// darwin archives as published carry Apple's signatures, which nobody else can make.
bool is_signed_by_apple(const std::string& file) {
  return file.find(".darwin-") != std::string::npos;
}

bool is_module_file(const std::string& file) {
  return file.compare(0, 7, "v0.0.1-") == 0;
}

const std::string* published_checksum(const std::string& file, const Releases& releases) {
  for (const Release& release : releases.all()) {
    const auto there = release.archives.find(file);
    if (there != release.archives.end()) return &there->second;
    if (file == release.name() + ".src.tar.gz") return &release.source_archive;
  }
  return nullptr;
}

}  // namespace

Check check_official_archive(const fs::path& file, const Releases& releases) {
  const std::string name = file.filename().string();
  Check check{"official " + name, Check::Result::passed, "", {}};
  const std::string* published = published_checksum(name, releases);
  if (published == nullptr) {
    check.result = Check::Result::not_possible;
    check.says = is_module_file(name)
                     ? "not comparable: module files are vouched for by the Go checksum database"
                     : "not comparable: upstream publishes no archive of that name for a known release";
    return check;
  }
  const std::string digest = hex(sha256_file(file));
  if (digest == *published) {
    check.says = "canonical: " + digest;
    return check;
  }
  if (is_signed_by_apple(name)) {
    check.result = Check::Result::not_possible;
    check.says = "not comparable: the published one carries Apple's signatures";
    return check;
  }
  check.result = Check::Result::failed;
  check.says = "not canonical: the bits differ";
  check.details = {"ours:      " + digest, "published: " + *published};
  return check;
}

std::vector<Check> check_official_archives(const fs::path& output, const Manifest& manifest,
                                           const Releases& releases) {
  std::vector<Check> checks;
  for (const auto& [path, record] : manifest.files) {
    if (path.find('/') == std::string::npos && !is_module_file(path)) {
      checks.push_back(check_official_archive(output / path, releases));
    }
  }
  return checks;
}

Check check_official_toolchain(const fs::path& output, const Manifest& manifest, const fs::path& host,
                               const Releases& releases, Progress& progress) {
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  Check check{"official " + name, Check::Result::not_possible, "", {}};
  if (!manifest.canonical) {
    check.says = "not canonical: it was made with a profile";
    return check;
  }
  const Release& release = releases.get(manifest.release);
  if (published_checksum(name, releases) == nullptr) {
    check.says = "not comparable: upstream publishes no " + name;
    return check;
  }
  const TemporaryDirectory work;
  const fs::path toolchain = work.path() / "toolchain";
  place_tree(goroot_of(output), toolchain, Place::copy);
  if (manifest.kind == OutputKind::sdk) write_file(toolchain / "go.env", read_file(upstream_go_env(output)));
  BuildOptions options;
  options.work = work.path() / "work";
  options.log = work.path() / "log";
  const fs::path packed = work.path() / "packed";
  make_directories(options.work);
  make_directories(packed);
  try {
    build_distpack(release, host, options, options.work / "distpack", progress);
    build_archives(release, manifest.hosted_on, options.work / "distpack", toolchain, options, packed,
                   progress);
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    check.result = Check::Result::failed;
    check.says = "not canonical: " + error.why();
    return check;
  }
  return check_official_archive(packed / name, releases);
}

}  // namespace gostrap
