#include "sdk/module.hpp"

#include "archive/each_entry.hpp"
#include "archive/untrusted_name.hpp"
#include "support/encoding.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <map>

namespace gostrap {
namespace {

constexpr const char* version_start = "v0.0.1-go";

}  // namespace

std::string h1_of_files(const std::map<std::string, Digest>& files) {
  Sha256 hash;
  for (const auto& [name, digest] : files) hash.update(hex(digest) + "  " + name + "\n");
  return "h1:" + base64(bytes_of(hash.finish()));
}

bool is_module_file(const std::string& name) {
  return name.starts_with(version_start);
}

std::string module_version(const std::string& release, const Port& port) {
  return version_start + release + "." + port.dashed();
}

std::string h1_of_archive(const fs::path& archive, const Limits& limits) {
  std::map<std::string, Digest> files;
  each_archive_entry(archive, limits, [&](const ArchiveEntry& entry, const ReadContent& read) {
    if (entry.type != ArchiveEntry::Type::file || entry.path.find('\n') != std::string::npos) {
      throw Error("hash the module " + archive.string(),
                  in_quotes(entry.path) + " is no file that the zip of a module may hold");
    }
    Sha256 hash;
    read([&](std::string_view piece) { hash.update(piece); });
    if (!files.emplace(entry.path, hash.finish()).second) {
      throw Error("hash the module " + archive.string(), in_quotes(entry.path) + " stands in it twice");
    }
  });
  return h1_of_files(files);
}

std::string h1_of_mod(const fs::path& mod) {
  return h1_of_files({{"go.mod", sha256_file(mod)}});
}

std::string h1_of_toolchain_mod() {
  return h1_of_files({{"go.mod", sha256("module " + std::string(toolchain_module) + "\n")}});
}

std::optional<ModuleHashes> module_hashes(const fs::path& directory, const std::string& version,
                                          const Limits& limits) {
  const fs::path zip = directory / (version + ".zip");
  const fs::path mod = directory / (version + ".mod");
  if (!fs::is_regular_file(zip) || !fs::is_regular_file(mod)) return std::nullopt;
  return ModuleHashes{h1_of_archive(zip, limits), h1_of_mod(mod)};
}

}  // namespace gostrap
