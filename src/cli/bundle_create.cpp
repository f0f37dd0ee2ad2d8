// gostrap bundle create
#include "bundle/create.hpp"
#include "cli/bundle.hpp"
#include "cli/named_path.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "support/error.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>

namespace gostrap {
namespace {

struct CreateWords {
  CommonWords common;
  ReleaseWord release;
  OutWord out;
  bool hosted = false, archives = false, host = false, source = false, all = false, full_provenance = false;
  std::vector<std::string> modules;
  std::optional<std::string> sign, split;

  void declare(Options& options) {
    common.declare(options);
    release.declare(options);
    options.add("out", "the file to make; - for standard output", "FILE", out.directory);
    out.usage = options.usage();
    options.add("hosted", "the toolchain hosted on each port, instead of an SDK", hosted);
    options.add("archives", "upstream's archives for each port, instead of an SDK", archives);
    options.add("host", "also the host toolchain, from which SDKs for all ports are made without network",
                host);
    options.add("source", "also the source", source);
    options.add("all", "everything that the store has", all);
    options.add("modules", "a tree of Go modules, or any other (repeatable)", "DIR", modules);
    options.add("sign", "sign it with this private key, as `gostrap key` makes it", "KEY", sign);
    options.add("split", "parts of at most this size, for media: FILE.001, FILE.002, …", "SIZE", split);
    options.add("full-provenance", "all that was recorded: hours, machines and directories too",
                full_provenance);
  }
};

/// "650M", in bytes; 0 when not given
std::uint64_t part_size(const CreateWords& words) {
  if (!words.split) return 0;
  const std::string text = *words.split;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  static const std::vector<std::pair<std::string, std::uint64_t>> units{
      {"", 1}, {"k", 1000}, {"K", 1024}, {"M", 1024 * 1024}, {"G", 1024 * 1024 * 1024}};
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const auto& each) { return each.first == text.substr(digits); });
  const std::uint64_t number = digits == 0 || digits > 9 ? 0 : std::stoull(text.substr(0, digits));
  if (number == 0 || unit == units.end() || number * unit->second < 4096) {
    throw UsageError("--split takes a size of at least 4096 bytes, such as 650M, not \"" + text + "\"");
  }
  return number * unit->second;
}

/// Chooses what the words mean out of the store.
class Chooser {
 public:
  explicit Chooser(const CreateWords& words)
      : words_(words),
        releases_(words.common.releases()),
        store_(words.common.store()),
        entries_(store_.entries()),
        records_(words.full_provenance ? Records::full : Records::portable) {}

  std::vector<BundleInput> run() {
    for (const std::string& word : words_.common.arguments.words) {
      if (is_path(word)) {
        tell_strangers_at(store_, word);
        inputs_.push_back(input_of_directory(word, releases_, records_));
      } else {
        add_ports(word);
      }
    }
    for (const std::string& directory : words_.modules) {
      tell_strangers_at(store_, directory);
      inputs_.push_back(input_of_modules(directory, records_));
    }
    if (words_.source) add(Kind::source, chosen(), {});
    if (words_.host) add(Kind::host, chosen(), own_port());
    if (words_.all) add_all();
    if (inputs_.empty()) {
      throw UsageError("it needs at least one port, directory or --modules DIR",
                       "Such as: gostrap bundle create riscv64 --out go.tar.zst");
    }
    return std::move(inputs_);
  }
  const Releases& releases() const { return releases_; }

 private:
  /// The release of all words that name none.
  const Release& chosen() {
    if (chosen_ != nullptr) return *chosen_;
    WantedOutput wanted{Kind::sdk, {}};
    if (words_.archives) wanted.kind = Kind::archives;
    if (words_.hosted) wanted.kind = Kind::toolchain;
    for (const std::string& word : words_.common.arguments.words) {
      if (!is_path(word) && word.find_first_of("@*?[") == std::string::npos)
        wanted.ports.push_back(parse_port(word));
    }
    return *(chosen_ = &chosen_release(words_.common, words_.release, releases_, wanted));
  }

  /// "riscv64", "linux/*", "riscv64@1.24.4"
  void add_ports(const std::string& word) {
    const std::size_t at = word.find('@');
    const Release& release = at == std::string::npos ? chosen() : releases_.get(word.substr(at + 1));
    const std::string ports = word.substr(0, at);
    std::vector<Kind> kinds;
    if (words_.hosted) kinds.push_back(Kind::toolchain);
    if (words_.archives) kinds.push_back(Kind::archives);
    if (kinds.empty()) kinds.push_back(Kind::sdk);
    const bool pattern = ports.find_first_of("*?[") != std::string::npos;
    const std::vector<Port> matching =
        pattern ? release.matching(ports) : std::vector<Port>{release.at(parse_port(ports)).port()};
    bool found = false;
    for (const Port& port : matching) {
      for (const Kind kind : kinds) {
        if (pattern && find_entry(entries_, kind, release, port) == nullptr) continue;  // what there is of it
        add(kind, release, port);
        found = true;
      }
    }
    if (!found) refuse(kinds.front(), release, ports);
  }

  void add(Kind kind, const Release& release, const Port& port) {
    const StoreEntry* const entry = find_entry(entries_, kind, release, port);
    if (entry == nullptr) refuse(kind, release, kind == Kind::source ? own_port().text() : port.text());
    take(*entry);
  }

  void take(const StoreEntry& entry) {
    if (std::optional<FileLock> use = store_.use(entry.key())) uses_.push_back(std::move(*use));
    tell_strangers(entry);
    inputs_.push_back(input_of_store(store_, entry, records_));
  }

  [[noreturn]] void refuse(Kind kind, const Release& release, const std::string& ports) const {
    const std::string option = kind == Kind::toolchain  ? " --hosted"
                               : kind == Kind::archives ? " --archives"
                                                        : "";
    throw Error("bundle the " + text(kind) + " of " + release.name() + " for " + ports,
                "the store at " + store_.root().string() + " has none",
                "Build it: gostrap build " + ports + option + " --release " + release.version.text());
  }

  void add_all() {
    std::set<std::string> names;
    for (const StoreEntry& entry : entries_) {  // the newest first
      // a patched source is on the way only, and no pin says what it is
      if (entry.kind == Kind::source && !entry.profile.empty()) continue;
      if (names.insert(entry.name()).second) take(entry);
    }
  }

  const CreateWords& words_;
  Releases releases_;
  const Release* chosen_ = nullptr;
  Store store_;
  std::vector<StoreEntry> entries_;
  Records records_;
  std::vector<BundleInput> inputs_;
  std::vector<FileLock> uses_;  // until the bundle is written
};

ExitCode create(const CreateWords& words) {
  const fs::path out = words.out.required();
  const bool to_stream = out == "-";
  if (to_stream && (words.common.json || words.split)) {
    throw UsageError("standard output takes the bundle, and nothing else: no --json, no --split");
  }
  std::optional<PrivateKey> key;
  if (words.sign) key = PrivateKey::read(*words.sign);
  Chooser chooser(words);
  std::vector<BundleInput> inputs = chooser.run();
  // a device or a fifo takes bytes as standard output does
  std::optional<OutputFile> device;
  if (!to_stream && is_stream(out)) {
    if (words.split) throw UsageError("--split makes files, and " + out.string() + " is none");
    device.emplace(out);
  }
  const auto sink = device      ? stream_sink(device->fd(), out.string())
                    : to_stream ? stream_sink(STDOUT_FILENO, "standard output")
                                : file_sink(out, part_size(words));
  CreatedBundle bundle;
  {
    const auto watcher = words.common.progress();
    const auto progress = watcher->begin({});
    bundle = create_bundle(std::move(inputs), chooser.releases(), key ? &*key : nullptr, *sink, *progress);
  }
  if (words.common.json) {
    Json json = Json::object();
    json["files"] = Json::array();
    for (const fs::path& file : bundle.files) json["files"].push_back(file.string());
    json["size"] = bundle.size;
    json["sha256"] = hex(bundle.digest);
    json["signedBy"] = key ? Json(key->public_key().fingerprint()) : Json(nullptr);
    json["entries"] = to_json(bundle.index)["entries"];
    print_json(json);
  } else if (!to_stream) {
    for (const fs::path& file : bundle.files) std::cout << exact(file.string()) << "\n";
  }
  std::cerr << bundle.index.entries.size() << (bundle.index.entries.size() == 1 ? " entry, " : " entries, ")
            << size_text(bundle.size) << ", SHA-256 " << hex(bundle.digest) << ", "
            << (key ? "signed by " + key->public_key().fingerprint() : std::string("not signed")) << "\n";
  return ExitCode::done;
}

}  // namespace

const Verb bundle_create_verb{
    .name = "bundle create",
    .arguments = "[PORT[@V]…] [DIR…] [--modules DIR] --out FILE.tar.zst [OPTIONS]",
    .summary = nullptr,
    .help =
        "Puts SDKs of the store (or, with --hosted and --archives, toolchains and archives) into one file, "
        "with\n"
        "whatever else is named: outputs by their directory (a word that begins with / or .), any tree as\n"
        "--modules. The same inputs give the same file, anywhere. --out - writes to standard output.\n",
    .group = VerbGroup::part_of_another,
    .brief = "PORT…|DIR… --out FILE",
    .examples = {{{"gostrap bundle create riscv64 arm64 --host --source --sign ~/us --out go.tar.zst",
                   "SDKs, and what makes more of them, signed"},
                  {"gostrap bundle create 'linux/*' --hosted --modules ~/proxy --split 650M --out go.tar.zst",
                   "toolchains for boards, with modules; in parts, for media"}}},
    .bind = bind<CreateWords, create>,
};

}  // namespace gostrap
