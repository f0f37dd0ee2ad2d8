#include "sdk/official.hpp"

#include "sdk/layout.hpp"
#include "sdk/module.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "toolchain/distpack.hpp"
#include "toolchain/packing.hpp"

namespace gostrap {
namespace {

const std::string* published_checksum(const std::string& file, const Releases& releases) {
  for (const Release& release : releases.all()) {
    const auto there = release.archives.find(file);
    if (there != release.archives.end()) return &there->second;
    if (file == release.name() + ".src.tar.gz") return &release.source_archive;
  }
  return nullptr;
}

}  // namespace

Check check_module(const fs::path& output, const Manifest& manifest) {
  const std::string version = module_version(manifest.release, manifest.hosted_on);
  Check check{"module", Check::Result::not_possible, "", {}};
  std::optional<ModuleHashes> hashes;
  try {
    hashes = module_hashes(output, version);
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
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
    check.says = "not comparable: the published one carries Apple's signatures (--against FILE says more)";
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
  checks.push_back(check_module(output, manifest));
  return checks;
}

Check check_official_toolchain(const fs::path& output, const Manifest& manifest, const fs::path& host,
                               const Releases& releases, Progress& progress) {
  const std::string name = archive_name(manifest.release, manifest.hosted_on);
  Check check{"official " + name, Check::Result::not_possible, "", {}};
  if (!manifest.canonical) {
    check.result = Check::Result::failed;
    check.says =
        "not canonical: it was made with " + manifest.profile.text() +
        (manifest.profile.of_host().empty() ? "; only its source differs from upstream's, not its programs"
                                            : "");
    for (const std::string& path : manifest.differences) check.details.push_back("differs: share/go/" + path);
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
