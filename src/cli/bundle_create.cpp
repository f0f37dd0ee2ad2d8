// gostrap bundle create
#include "bundle/choose.hpp"
#include "bundle/create.hpp"
#include "cli/advisories.hpp"
#include "cli/bundle.hpp"
#include "cli/named_path.hpp"
#include "cli/profile_options.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "support/error.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <iostream>
#include <optional>

namespace gostrap {
namespace {

struct CreateWords {
  CommonWords common;
  ReleaseWord release;
  OutWord out;
  bool hosted = false, archives = false, host = false, source = false, all = false, full_provenance = false;
  bool with_std = false;
  std::vector<std::string> modules;
  std::optional<std::string> sign, split;
  ProfileWords profile;
  AdvisoryWords advisories;

  void declare(Options& options) {
    common.declare(options);
    release.declare(options);
    out.declare(options, "the file to make; - for standard output", "FILE");
    options.add("hosted", "the toolchain hosted on each port, instead of an SDK", hosted);
    options.add("archives", "upstream's archives for each port, instead of an SDK", archives);
    options.add("std", "with each SDK its compiled standard library", with_std);
    options.add("host", "also the host toolchain, from which SDKs for all ports are made without network",
                host);
    options.add("source", "also the source", source);
    options.add("all", "everything that the store has", all);
    options.add("modules", "a tree of Go modules, or any other (repeatable)", "DIR", modules);
    options.add("sign", "sign it with this private key, as `gostrap key` makes it", "KEY", sign);
    options.add("split", "parts of at most this size, for media: FILE.001, FILE.002, …", "SIZE", split);
    options.add("full-provenance", "all that was recorded: hours, machines and directories too",
                full_provenance);
    profile.declare(options);
    advisories.declare_only_database(options);
  }
};

/// In bytes; 0 when not given.
std::uint64_t part_size(const CreateWords& words) {
  if (!words.split) return 0;
  const std::optional<std::uint64_t> size = parse_size(*words.split);
  if (size && *size >= 4096) return *size;
  throw UsageError("--split takes a size of at least 4096 bytes, such as 650M, not \"" + *words.split + "\"");
}

BundleRequest request_of(const CreateWords& words) {
  if (words.with_std && (words.hosted || words.archives))
    throw UsageError("--std goes with SDKs, not with --hosted or --archives", "Two bundles have both.");
  BundleRequest request;
  for (const std::string& word : words.common.arguments.words) {
    if (words.profile.c.asked() && !is_path(word) && word.find_first_of("*?[") != std::string::npos)
      throw UsageError("each port has a C compiler of its own, and \"" + word + "\" names many",
                       "Name the ports, or the SDKs by their directories.");
    if (is_path(word)) {
      request.wanted.emplace_back(fs::path(word));
    } else {
      request.wanted.emplace_back(ports_of_release(word));
    }
  }
  if (words.hosted) request.kinds.push_back(Kind::toolchain);
  if (words.archives) request.kinds.push_back(Kind::archives);
  if (request.kinds.empty()) request.kinds.push_back(Kind::sdk);
  if (words.with_std) request.kinds.push_back(Kind::compiled_std);
  request.modules.assign(words.modules.begin(), words.modules.end());
  request.source = words.source;
  request.host = words.host;
  request.everything = words.all;
  request.records = words.full_provenance ? Records::full : Records::portable;
  return request;
}

ExitCode create(const CreateWords& words) {
  const fs::path out = words.out.required();
  const bool to_stream = out == "-";
  if (to_stream && (words.common.json || words.split)) {
    throw UsageError("standard output takes the bundle, and nothing else: no --json, no --split");
  }
  std::optional<PrivateKey> key;
  if (words.sign) key = PrivateKey::read(*words.sign);
  // the variable counts for nothing here: the same words make the same bundle
  std::optional<AdvisoryDatabase> advisories = words.advisories.open_named(words.common);
  const Releases releases = words.common.releases();
  const Store store = words.common.store();
  const auto release = [&](WantedOutput wanted) -> const Release& {
    wanted.profile = unchecked_profile(words.profile);
    return chosen_release(words.common, words.release, releases, wanted);
  };
  const auto profile = [&](const Release& of, const Port& port) -> WantedProfile {
    if (!words.profile.asked()) return {};
    Profile wanted = asked_profile(words.profile, store, of, {port}, CSearch::known_first).profile;
    std::string again = profile_words(words.profile, wanted);
    return {std::move(wanted), std::move(again)};
  };
  ChosenInputs chosen = choose_inputs(request_of(words), releases, store, {release, tell_strangers, profile});
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
    bundle = create_bundle(std::move(chosen.inputs), releases, key ? &*key : nullptr, *sink, *progress,
                           advisories ? &*advisories : nullptr);
  }
  if (advisories) words.advisories.tell_skipped(*advisories);
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
        "--modules. The same inputs give the same file, anywhere. --out - writes to standard output. With\n"
        "--advisories its bill of materials says which of Go's vulnerability database affect what is in "
        "it.\n",
    .group = VerbGroup::part_of_another,
    .brief = "PORT…|DIR… --out FILE",
    .examples = {{{"gostrap bundle create riscv64 arm64 --host --source --sign ~/us --out go.tar.zst",
                   "SDKs, and what makes more of them, signed"},
                  {"gostrap bundle create arm64 --cgo --out go.tar.zst",
                   "an SDK that compiles C: the other side needs its C compiler"},
                  {"gostrap bundle create 'linux/*' --hosted --modules ~/proxy --split 650M --out go.tar.zst",
                   "toolchains for boards, with modules; in parts, for media"}}},
    .bind = bind<CreateWords, create>,
};

}  // namespace gostrap
