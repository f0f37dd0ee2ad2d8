// What the words of `gostrap bundle` share.
#pragma once

#include "bundle/reader.hpp"
#include "cli/command_line.hpp"
#include "cli/verbs.hpp"

#include <memory>

namespace gostrap {

ExitCode create_bundle_verb(const Words& words);
ExitCode inspect_bundle_verb(const Words& words);
ExitCode diff_bundles_verb(const Words& words);
ExitCode install_bundle_verb(const Words& words);

/// --key and the limits.
void add_reading_options(CommandLine& line);
/// Opens what the words name; with --key, one of these keys must have signed it.
std::unique_ptr<BundleReader> open_reader(const CommandLine& line, const std::vector<std::string>& words);

/// "63.1 MB"
std::string size_text(std::uint64_t bytes);
/// "signed by SHA256:…", and whether anybody asked for that key
std::string signer_text(const CommandLine& line, const BundleReader& reader);

}  // namespace gostrap
