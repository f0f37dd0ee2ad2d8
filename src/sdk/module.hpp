// The toolchain modules: golang.org/toolchain@v0.0.1-go1.24.4.linux-riscv64, as distpack makes them, as a
// module proxy serves them, and with the hashes by which the Go checksum database vouches for them.
#pragma once

#include "archive/bounds.hpp"
#include "release/port.hpp"
#include "support/hash.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace gostrap {

constexpr const char* toolchain_module = "golang.org/toolchain";

/// True for a file that distpack makes for the module: "v0.0.1-go1.24.4.linux-riscv64.zip", .mod or .info.
bool is_module_file(const std::string& name);
/// "v0.0.1-go1.24.4.linux-riscv64": the port's own name, armv6l is linux-arm here.
std::string module_version(const std::string& release, const Port& port);

struct ModuleHashes {
  std::string zip;  ///< "h1:…" of the module's zip, as in the database's line for VERSION
  std::string mod;  ///< "h1:…" of its go.mod, as in the line for VERSION/go.mod
  bool operator==(const ModuleHashes&) const = default;
};

/// The hashes of the module's files in `directory`; nothing when they are not all there. (Hash1 of
/// golang.org/x/mod/sumdb/dirhash: SHA-256 of the lines "SHA-256  NAME", sorted by name.)
std::optional<ModuleHashes> module_hashes(const std::filesystem::path& directory, const std::string& version,
                                          const Limits& limits = {});

/// Of any zip or tar, and of a go.mod.
std::string h1_of_archive(const std::filesystem::path& archive, const Limits& limits);
std::string h1_of_mod(const std::filesystem::path& mod);
/// Of files by their names in the module.
std::string h1_of_files(const std::map<std::string, Digest>& files);
/// Of the go.mod that cmd/distpack gives to every toolchain.
std::string h1_of_toolchain_mod();

}  // namespace gostrap
