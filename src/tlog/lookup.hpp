// What a checksum database answers when it is asked for a module: the number of its record, the record, and a
// tree that has it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// "Azure" as "!azure": paths are files also where case is not told apart (module.EscapePath). Throws Error
/// for what is no path or version of a module.
std::string escaped_module(std::string_view text);

/// "lookup/golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64"
std::string lookup_path(const std::string& module, const std::string& version);

struct Lookup {
  std::uint64_t record = 0;
  std::string text;  ///< the record: lines as go.sum has them
  std::string note;  ///< the signed tree
};

/// Believes nothing; `what` (a file) stands in the Error.
Lookup parse_lookup(std::string_view text, const std::string& what);

/// The record of a module as a checksum database writes it.
std::string record_of(const std::string& module, const std::string& version, const std::string& zip_hash,
                      const std::string& mod_hash);

/// The lines of a record that are about that version, "" where it has none.
std::string lines_about(std::string_view record, const std::string& module, const std::string& version);

}  // namespace gostrap
