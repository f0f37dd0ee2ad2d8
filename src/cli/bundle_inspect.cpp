// gostrap bundle inspect and diff: what is in a bundle, without unpacking it.
#include "bundle/compare.hpp"
#include "cli/bundle.hpp"
#include "cli/terminal.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

void print_index(const ReadingWords& words, const BundleReader& reader) {
  const BundleIndex& index = reader.index();
  std::uint64_t all = 0;
  for (const BundleEntry& entry : index.entries) {
    std::string what = on_one_line(entry.name);
    what.resize(std::max<std::size_t>(what.size() + 1, 36), ' ');
    std::cout << what << entry.files << " files, " << size_text(entry.bytes);
    if (entry.new_bytes != entry.bytes)
      std::cout << ", of which " << size_text(entry.new_bytes) << " are new";
    std::cout << "\n";
    all += entry.new_bytes;
  }
  std::cout << index.entries.size() << " entries, " << size_text(all) << " unpacked; made by gostrap "
            << on_one_line(index.made_by, 200) << "; " << signer_text(words, reader) << "\n";
}

Json index_json(const BundleReader& reader) {
  Json json = to_json(reader.index());
  json["signedBy"] = reader.signed_by() ? Json(reader.signed_by()->fingerprint()) : Json(nullptr);
  json["indexSha256"] = hex(sha256(reader.index_text()));
  return json;
}

/// As `sha256sum` and `ls -F` would have it.
void print_files(const std::vector<EntryListing>& listings) {
  for (const EntryListing& listing : listings) {
    for (const Item& item : listing.contents) {
      const std::string path = listing.entry.name + "/" + item.path;
      if (item.type == Item::Type::directory) continue;
      if (item.type == Item::Type::symlink) {
        std::cout << std::string(64, '-') << "  " << on_one_line(path) << " -> " << on_one_line(item.target)
                  << "\n";
      } else {
        std::cout << hex(item.digest) << "  " << on_one_line(path) << (item.executable ? "*" : "") << "\n";
      }
    }
  }
}

struct InspectBundleWords : ReadingWords {
  bool files = false, check = false, sbom = false, pins = false;

  void declare(Options& options) {
    ReadingWords::declare(options);
    options.add("files", "every file with its SHA-256", files);
    options.add("check", "read all of it, and hash every file", check);
    options.add("sbom", "print its bill of materials (CycloneDX, JSON)", sbom);
    options.add("pins", "print its releases.json", pins);
  }
};

ExitCode inspect_bundle(const InspectBundleWords& words) {
  words.common.arguments.require("bundle");
  const auto reader = open_reader(words, words.common.arguments.words);
  const std::string sbom = reader->read_sbom();
  const std::string releases = reader->read_releases();
  if (words.sbom || words.pins) {
    // a stranger's JSON is read before it is shown
    const JsonDocument document(words.sbom ? sbom : releases, reader->name());
    print_json(document.view().raw());
    return ExitCode::done;
  }
  std::vector<EntryListing> listings;
  if (words.files || words.check) listings = list_bundle(*reader, words.check);
  if (words.common.json) {
    Json json = index_json(*reader);
    if (words.files) {
      for (std::size_t i = 0; i < listings.size(); ++i) {
        Json files = Json::object();
        for (const Item& item : listings[i].contents) {
          if (item.type == Item::Type::file)
            files[item.path] = hex(item.digest) + (item.executable ? " x" : "");
          if (item.type == Item::Type::symlink) files[item.path] = "-> " + item.target;
        }
        json["entries"][i]["content"] = std::move(files);
      }
    }
    print_json(json);
    return ExitCode::done;
  }
  if (words.files) print_files(listings);
  if (!words.files) print_index(words, *reader);
  if (words.check) std::cout << "every file is what the index says\n";
  return ExitCode::done;
}

ExitCode diff_bundles(const ReadingWords& words) {
  if (words.common.arguments.words.size() != 2) {
    throw UsageError("it needs two bundles", "Usage: gostrap bundle diff FILE FILE");
  }
  std::vector<std::vector<EntryListing>> sides;
  std::vector<BundlePart> pins;
  for (const std::string& word : words.common.arguments.words) {
    const auto reader = open_reader(words, {word});
    reader->read_sbom();
    reader->read_releases();
    sides.push_back(list_bundle(*reader, true));
    pins.push_back(reader->index().releases);
  }
  std::vector<EntryDifference> found = differences(sides[0], sides[1]);
  if (pins[0] != pins[1]) {
    found.emplace_back().name = "releases.json";
    found.back().described_otherwise = true;
  }
  Json json = Json::array();
  for (const EntryDifference& each : found) {
    const bool both = each.kind == EntryDifference::Kind::changed;
    const std::string only = each.kind == EntryDifference::Kind::only_first ? "first" : "second";
    if (words.common.json) {
      Json entry = Json::object();
      entry["name"] = each.name;
      if (!both) entry["only"] = only;
      if (both) {
        entry["added"] = each.added;
        entry["removed"] = each.removed;
        entry["changed"] = each.changed;
        entry["describedOtherwise"] = each.described_otherwise;
      }
      json.push_back(std::move(entry));
      continue;
    }
    if (!both) std::cout << (only == "first" ? "- " : "+ ") << on_one_line(each.name) << "\n";
    if (each.described_otherwise) std::cout << "~ " << on_one_line(each.name) << " (what is said of it)\n";
    for (const std::string& path : each.removed)
      std::cout << "- " << on_one_line(each.name + "/" + path) << "\n";
    for (const std::string& path : each.added)
      std::cout << "+ " << on_one_line(each.name + "/" + path) << "\n";
    for (const std::string& path : each.changed)
      std::cout << "~ " << on_one_line(each.name + "/" + path) << "\n";
  }
  if (words.common.json) print_json(json);
  return found.empty() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb bundle_inspect_verb{
    .name = "bundle inspect",
    .arguments = "FILE… [OPTIONS]",
    .summary = nullptr,
    .help =
        "Shows what is in a bundle and who signed it, without unpacking it: only its beginning is\n"
        "read, unless --files or --check ask for more. FILE may be - or the first of several parts.\n",
    .group = VerbGroup::part_of_another,
    .brief = "FILE",
    .examples = {{{"gostrap bundle inspect go.tar.zst", "what is in it and who signed"}}},
    .bind = bind<InspectBundleWords, inspect_bundle>,
};

const Verb bundle_diff_verb{
    .name = "bundle diff",
    .arguments = "FILE FILE [OPTIONS]",
    .summary = nullptr,
    .help =
        "Shows what two bundles differ in, entry by entry and file by file, and in what they say of their\n"
        "entries. Exit code 1 where they do.\n",
    .group = VerbGroup::part_of_another,
    .bind = bind<ReadingWords, diff_bundles>,
};

}  // namespace gostrap
