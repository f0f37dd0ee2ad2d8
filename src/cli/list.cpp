// gostrap list: what the store holds.
#include "cli/command_line.hpp"
#include "cli/verbs.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {

ExitCode list_verb(const Words& words) {
  CommandLine line("list [OPTIONS]", "Shows what the store holds, newest first.\n");
  if (!line.parse(words)) return ExitCode::done;
  const Store store = line.store();
  Json json = Json::array();
  for (const StoreEntry& entry : store.entries()) {
    if (!line.json()) {
      std::string what = text(entry.kind) + " go" + entry.release;
      if (entry.kind != StepKind::source) what += " " + entry.port.text();
      if (entry.reference) what += " (reference)";
      if (!entry.profile.empty()) what += " " + entry.profile.text();
      if (!entry.profile.leaves_toolchain_alone()) what += " (not canonical)";
      what.resize(std::max<std::size_t>(what.size() + 1, 36), ' ');
      std::cout << what << entry.made << "  " << entry.path.string() << "\n";
      continue;
    }
    Json each = Json::object();
    each["kind"] = text(entry.kind);
    each["release"] = entry.release;
    if (entry.kind != StepKind::source) each["port"] = entry.port.text();
    each["reference"] = entry.reference;
    each["profile"] = to_json(entry.profile);
    each["canonical"] = entry.profile.leaves_toolchain_alone();
    each["made"] = entry.made;
    each["path"] = entry.path.string();
    each["provenance"] = store.provenance_file(entry.entry).string();
    json.push_back(std::move(each));
  }
  if (line.json()) {
    print_json(json);
  } else if (store.entries().empty()) {
    std::cerr << "The store at " << store.root().string() << " is empty: `gostrap build PORT` fills it.\n";
  }
  return ExitCode::done;
}

}  // namespace gostrap
