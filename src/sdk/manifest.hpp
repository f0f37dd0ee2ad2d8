// The manifest: the JSON inside an output (share/gostrap/manifest.json) that says what it is. It names
// neither a time nor a place nor a bootstrap: two roads to the same output write the same bytes.
#pragma once

#include "release/kind.hpp"
#include "release/profile.hpp"
#include "release/release.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

/// How gostrap lays SDKs out: what it adds to a toolchain, and how that reads. 1: bin/go is a link to
/// share/go/bin/go, and manifests have no number. 2: bin/go is a launcher (sdk/launcher.hpp). 3: the same, of
/// an SDK that compiles C (sdk/c_tools.hpp).
constexpr int plain_layout = 2, current_layout = 3;
/// The one that an SDK with that profile gets now.
inline int layout_of(const Profile& profile) {
  return profile.c ? current_layout : plain_layout;
}
/// The number of a layout that this gostrap knows. Throws Error for another one.
int layout_in(const JsonView& json);

struct FileRecord {
  Digest digest{};
  bool executable = false;
  bool operator==(const FileRecord&) const = default;
};

struct Manifest {
  Kind kind = Kind::sdk;  ///< toolchain (a host's too), sdk, archives or std
  std::string release;    ///< "1.24.4"
  std::string commit;
  Digest source{};        ///< of the canonical source's NAR
  Port hosted_on;         ///< the port its programs run on
  Port port;              ///< the port it targets by default (the same for toolchain and archives)
  Profile profile;        ///< what it was made with beside the canonical recipe
  int layout = 1;         ///< of an SDK; toolchains and archives have always been as they are
  bool canonical = true;  ///< made by the recipe that gives upstream's bits
  std::vector<std::string> differences;      ///< files of share/go that differ from the canonical toolchain:
                                             ///< go.env, and what the profile changes
  std::optional<Digest> nar;                 ///< of the NAR of share/go, where there is one
  std::map<std::string, FileRecord> files;   ///< every file of the output but the manifest, by path
  std::map<std::string, std::string> links;  ///< every symbolic link and its target
};

/// Where the manifest lies below an output.
std::filesystem::path manifest_path(const std::filesystem::path& output);

Json to_json(const Manifest& manifest);
Manifest manifest_from_json(const JsonView& json);
/// Throws Error when `output` has none or it cannot be read.
Manifest read_manifest(const std::filesystem::path& output);
/// The same without files and links, which nobody has looked at then: what it is, in a third of the time.
Manifest read_manifest_head(const std::filesystem::path& output);

/// Hashes what lies below `output` and fills nar, files and links.
void record_contents(const std::filesystem::path& output, Manifest& manifest);

/// The GOROOT of an SDK or toolchain.
std::filesystem::path goroot_of(const std::filesystem::path& output);

}  // namespace gostrap
