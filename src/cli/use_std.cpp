#include "cli/use_std.hpp"

#include "sdk/bent.hpp"
#include "sdk/launcher.hpp"
#include "seed/seed.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"

#include <iostream>

namespace gostrap {
namespace {

void fill_cache(const StoreEntry& compiled, const Environment& environment) {
  std::string said;
  Command command;
  command.argv = {seed_program(compiled.path).string(), "fill"};
  command.environment = environment;
  command.on_line = [&said](std::string_view line) { append(said, "\n", line); };
  const Exit exit = run(command);
  if (!said.empty()) std::cerr << said << "\n";
  if (!exit.ok() && said.empty()) {
    std::cerr << "gostrap: the compiled std of " << compiled.path.string()
              << " was not put into GOCACHE: " << exit.text() << "\n";
  }
}

}  // namespace

std::optional<StoreEntry> compiled_std(const std::vector<StoreEntry>& entries, const StoreEntry& sdk,
                                       const Release& release) {
  const StoreEntry* const found = find_entry(entries, Kind::compiled_std, release, sdk.port, sdk.profile);
  if (found == nullptr) return std::nullopt;
  // a stranger's program is run beside the same stranger's SDK alone
  if (found->is_strangers() && (!sdk.is_strangers() || found->bundle != sdk.bundle)) return std::nullopt;
  return *found;
}

bool has_cache_programs(const StoreEntry& compiled) {
  const std::optional<Version> version = parse_version(compiled.release);
  return version && *version >= first_with_cache_programs;
}

bool is_unwanted(const Environment& environment) {
  const auto own = value_in(environment, cache_program_variable);
  return own && own->empty();
}

Environment settings_for(const StoreEntry& compiled, const Environment& environment) {
  std::error_code hidden;
  if (!fs::exists(seed_program(compiled.path), hidden)) return {};  // somebody has just removed it
  if (is_unwanted(environment)) return {};
  if (!has_cache_programs(compiled)) {
    fill_cache(compiled, environment);
    return {};
  }
  const Environment own = without_defaults(environment);
  const std::string where = choice_of(cache_program_variable, own, written_settings(own)).where;
  const std::string command = seed_command(compiled.path);
  if (where.empty() && command.empty()) {
    std::cerr << "gostrap: std is compiled again: " << compiled.path.string()
              << " has both kinds of quotes in it, and cannot be named to the go command\n";
    return {};
  }
  if (where.empty()) return {{cache_program_variable, command}};
  std::cerr << "gostrap: std is compiled again: you have set " << cache_program_variable << " " << where
            << ", which wins over what " << compiled.path.string() << " has\n";
  return {};
}

}  // namespace gostrap
