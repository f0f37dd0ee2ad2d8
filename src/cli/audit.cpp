// gostrap audit: what in a source no compiler made here, and what becomes of it.
#include "cli/common_words.hpp"
#include "cli/named_path.hpp"
#include "cli/safe_streams.hpp"
#include "cli/verbs.hpp"
#include "sdk/manifest.hpp"
#include "source/blobs.hpp"
#include "source/goroot.hpp"
#include "store/in_use.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>

namespace gostrap {
namespace {

struct AuditWords {
  CommonWords common;
  bool tests = false;

  void declare(Options& options) {
    common.declare(options);
    options.add("tests", "list what only tests read too, file by file", tests);
  }
};

/// The source of a release, as the store has it.
fs::path source_in_store(const AuditWords& words, const std::string& name) {
  const Releases releases = words.common.releases();
  const Release& release = releases.get(name);
  const auto source = words.common.store().find(Kind::source, release, own_port());
  if (source) return source->path;
  throw Error("audit " + release.name(), "the store has no source of it",
              "gostrap build " + own_port().text() + " --release " + release.version.text() +
                  words.common.store_words() + ", or name a tree: gostrap audit ./DIR");
}

/// The source that lies in what was named: a tree, a GOROOT, or an output with one in it.
fs::path source_at(const fs::path& named) {
  if (!fs::is_directory(named))
    throw UsageError(named.string() + " is no directory", "A source tree is one.");
  const fs::path goroot = fs::exists(manifest_path(named)) ? goroot_of(named) : named;
  if (is_source_tree(goroot)) return goroot;
  throw Error("audit " + named.string(), "it is no source of Go: there is no VERSION and no src/make.bash",
              "What counts is a source tree, a GOROOT, or a toolchain or SDK of gostrap.");
}

std::size_t count(const BlobSearch& search, BlobUse use) {
  return static_cast<std::size_t>(std::count_if(search.blobs.begin(), search.blobs.end(),
                                                [&](const Blob& blob) { return blob.use == use; }));
}

/// What several have in common is said once, above the first.
void print(const Blob& blob, const Blob* before) {
  if (before == nullptr || before->what != blob.what || before->taken_by != blob.taken_by) {
    if (!blob.what.empty()) std::cout << "  " << blob.what << "\n";
    if (!blob.taken_by.empty()) std::cout << "  taken by: " << on_one_line(blob.taken_by) << "\n";
  }
  std::cout << "    " << on_one_line(blob.path) << "  " << blob.form << ", " << counted(blob.size, "byte")
            << "\n      sha256:" << hex(blob.sha256) << "\n";
  if (!blob.origin.empty()) std::cout << "      " << on_one_line(blob.origin) << "\n";
}

struct Heading {
  BlobUse use;
  const char* words;
};
constexpr std::array headings{
    Heading{BlobUse::program, "can be linked into programs"},
    Heading{BlobUse::run_time, "read by programs while they run, where there is a GOROOT"},
    Heading{BlobUse::toolchain, "has a say in what the toolchain's own programs become"},
    Heading{BlobUse::nothing, "taken by nothing that is built"},
    Heading{BlobUse::unknown, "UNKNOWN: nobody here knows what it is for"},
    Heading{BlobUse::tests, "read by tests only"},
};

void print(const BlobSearch& search, bool tests) {
  for (const auto& [use, heading] : headings) {
    const std::size_t number = count(search, use);
    if (number == 0 || (use == BlobUse::tests && !tests)) continue;
    std::cout << heading << " (" << number << ")\n";
    const Blob* before = nullptr;
    for (const Blob& blob : search.blobs) {
      if (blob.use == use) print(blob, std::exchange(before, &blob));
    }
  }
  const std::size_t read_by_tests = count(search, BlobUse::tests), unknown = count(search, BlobUse::unknown);
  std::cout << counted(search.files, "file") << ": " << search.blobs.size() - read_by_tests
            << " are no text, " << read_by_tests << " more are read by tests only"
            << (read_by_tests == 0 || tests ? "" : " (--tests lists them)") << "; "
            << (unknown == 0 ? std::string("none") : std::to_string(unknown)) << " unknown\n";
  if (search.compiled != 0) {
    std::cout << "Not looked at: " << counted(search.compiled, "file")
              << " in bin and pkg, where what was compiled lies; `gostrap verify` is about those.\n";
  }
}

Json to_json(const Blob& blob) {
  Json json = Json::object();
  json["path"] = blob.path;
  json["form"] = blob.form;
  json["size"] = blob.size;
  json["sha256"] = hex(blob.sha256);
  json["use"] = text(blob.use);
  if (!blob.what.empty()) json["what"] = blob.what;
  if (!blob.taken_by.empty()) json["takenBy"] = blob.taken_by;
  if (!blob.origin.empty()) json["origin"] = blob.origin;
  return json;
}

Json to_json(const BlobSearch& search, const fs::path& tree) {
  Json json = Json::object();
  json["source"] = tree.string();
  json["version"] = version_line(tree);
  json["files"] = search.files;
  json["compiled"] = search.compiled;
  json["blobs"] = Json::array();
  for (const Blob& blob : search.blobs) json["blobs"].push_back(to_json(blob));
  return json;
}

ExitCode audit(const AuditWords& words) {
  const std::string& word = words.common.arguments.one("release or path");
  const fs::path named = is_path(word) ? fs::path(word) : source_in_store(words, word);
  const Store store = words.common.store();
  const std::optional<FileLock> use = use_entry_at(store, named);
  const fs::path tree = source_at(locate(store, named).tree);
  const BlobSearch search = find_blobs(tree);
  if (words.common.json) {
    print_json(to_json(search, tree));
  } else {
    std::cout << on_one_line(version_line(tree)) << "  " << exact(tree.string()) << "\n";
    print(search, words.tests);
  }
  return count(search, BlobUse::unknown) == 0 ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb audit_verb{
    .name = "audit",
    .arguments = "V|PATH [OPTIONS]",
    .summary = "list what in a source no compiler made, and what becomes of it",
    .help =
        "Looks at every file of a release's source (as the store has it), of a source tree, a GOROOT, a "
        "toolchain or\n"
        "an SDK, and lists those that are no text: what each is for, what links it, and where upstream says "
        "that\n"
        "it comes from. What only tests read is counted (--tests lists it). Exit code 1 where there is one "
        "that\n"
        "nobody here knows. A word that begins with / or . is a path.\n",
    .brief = "V|PATH",
    .examples = {{{"gostrap audit 1.24.4", "the source of a release that the store has"},
                  {"gostrap audit ./go --json", "any tree of Go's source"}}},
    .bind = bind<AuditWords, audit>,
};

}  // namespace gostrap
