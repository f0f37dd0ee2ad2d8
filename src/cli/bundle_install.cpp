// gostrap bundle install
#include "bundle/install.hpp"
#include "bundle/nix.hpp"
#include "bundle/pins.hpp"
#include "cli/bundle.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "release/own_releases.hpp"
#include "store/roots.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

struct InstallWords : ReadingWords {
  std::optional<std::string> to, flake;
  bool nix = false, accept_unsigned = false, add_releases = false;
  std::vector<std::string> nix_arguments;
  RootWord root;

  void declare(Options& options) {
    ReadingWords::declare(options);
    options.add("to", "a directory instead of the store: DIR/NAME for each entry", "DIR", to);
    options.add("nix", "into the Nix store, at the paths that the flake expects", nix);
    options.add("flake", "the flake that says which (default: .)", "REF", flake);
    options.add("nix-arg", "another word for `nix eval` (repeatable): --nix-arg=--offline", "WORD",
                nix_arguments);
    root.declare(options,
                 "a link to what is installed, which keeps it from prune until the link is removed; "
                 "LINK-NAME for each of several entries");
    options.add("accept-unsigned", "with --nix: take what no --key vouches for", accept_unsigned);
    options.add("add-releases", "take pins of unknown releases from a bundle that no --key vouches for",
                add_releases);
  }
};

/// The releases that this gostrap did not know: a store needs them, and a stranger may not add them unasked.
Releases adopt_pins(const InstallWords& words, const std::string& text, const BundleReader& reader) {
  BroughtPins pins = with_pins(words.common.releases(), text, reader.name());
  if (pins.added.empty() || words.to || words.nix) return pins.all;
  std::string names;
  for (const Release& release : pins.added) names += (names.empty() ? "" : ", ") + release.name();
  if (words.keys.empty() && !words.add_releases) {
    throw Error("install " + reader.name(),
                "it brings releases that are not known here, and nobody vouches for their pins: " + names,
                "`gostrap bundle inspect --pins` shows them. Name the key that must have signed the bundle "
                "(--key), or say that you want them all the same: --add-releases.");
  }
  add_own_releases(words.common.releases_file(), pins.added);
  std::cerr << "gostrap: " << names << " from the bundle: now in " << words.common.releases_file().string()
            << "\n";
  return pins.all;
}

/// Unpacks everything into a private directory, and hands on to Nix what the flake makes; the other entries
/// have no path.
std::vector<InstalledEntry> install_into_nix(const InstallWords& words, BundleReader& reader, Voucher voucher,
                                             const Releases& releases, Progress& progress) {
  NixRequest request;
  if (words.flake) request.flake = *words.flake;
  request.arguments = words.nix_arguments;
  const TemporaryDirectory work;
  const auto place = place_in_directory(work.path() / "unpacked");
  place->prepare();
  std::vector<InstalledEntry> installed = install_bundle(reader, *place, voucher, releases, progress);
  for (std::size_t i = 0; i < installed.size(); ++i) {
    const BundleEntry& entry = reader.index().entries[i];
    fs::path& path = installed[i].path;
    const std::string why =
        nix_attribute(entry) ? why_not_the_flakes(entry, path) : "the flake makes no such thing";
    if (nix_attribute(entry) && !why.empty()) progress.note(entry.name + " is left out: " + why);
    path = why.empty() ? fs::path(add_to_nix(entry, path, work.path(), request, progress)) : fs::path();
  }
  return installed;
}

/// A Nix store takes only what the flake makes: what will be left out is said before anything is unpacked.
void tell_what_nix_leaves(const BundleReader& reader) {
  std::string others;
  std::size_t taken = 0;
  for (const BundleEntry& entry : reader.index().entries) {
    if (nix_attribute(entry)) {
      ++taken;
    } else {
      others += (others.empty() ? "" : ", ") + entry.name;
    }
  }
  const std::string next = "`gostrap bundle install --to DIR` unpacks it.";
  if (taken == 0) {
    throw Error("install " + reader.name() + " into a Nix store", "the flake makes no such thing: " + others,
                next);
  }
  if (!others.empty())
    std::cerr << "gostrap: left out, since the flake makes no such thing: " << harmless(others) << ". "
              << next << "\n";
}

/// The path of a derivation's output says that Nix made it. A source is another matter: its path is its hash.
void require_voucher_for_nix(const InstallWords& words, const BundleReader& reader) {
  const std::vector<BundleEntry>& entries = reader.index().entries;
  const bool only_sources = std::all_of(entries.begin(), entries.end(),
                                        [](const BundleEntry& each) { return each.kind == Kind::source; });
  if (!words.keys.empty() || words.accept_unsigned || only_sources) return;
  throw Error(
      "install " + reader.name() + " into a Nix store",
      "it would take the place of what the flake builds, and nobody vouches for it",
      "Name the key that must have signed it: --key FILE.pub; or take it as it is: --accept-unsigned.");
}

/// Keeps prune from the bundle's entries until their roots are there.
std::vector<std::optional<FileLock>> use_all(const Store& store, const BundleIndex& index, Voucher voucher,
                                             const Releases& releases) {
  std::vector<std::optional<FileLock>> uses;
  store.prepare();
  for (const BundleEntry& entry : index.entries)
    uses.push_back(store.use(as_installed(entry, voucher, releases).key));
  return uses;
}

ExitCode install(const InstallWords& words) {
  words.common.arguments.require("bundle");
  if (words.to.has_value() + words.common.store_directory.has_value() + words.nix > 1) {
    throw UsageError("it is one of --store, --to and --nix");
  }
  if (words.root.link && (words.to || words.nix)) {
    throw UsageError("--root keeps what is in the store, and this does not go there");
  }
  const auto reader = open_reader(words, words.common.arguments.words);
  // open_reader() has refused a bundle that none of the named keys signed
  const Voucher voucher = !words.keys.empty() ? Voucher::named_key : Voucher::none;
  if (voucher == Voucher::none) {
    std::cerr
        << "gostrap: " << reader->name() << " is " << signer_text(words, *reader)
        << ": it is held against its own index only. What it brings is used where there is nothing else, "
           "and never to make anything, until its maker's key is named: --key FILE.pub\n";
  }
  reader->read_sbom();
  const Releases releases = adopt_pins(words, reader->read_releases(), *reader);
  const Store store = words.common.store();
  if (words.nix) {
    require_voucher_for_nix(words, *reader);
    tell_what_nix_leaves(*reader);
  } else if (!words.to) {
    require_runs_here(reader->index());
  }
  std::vector<std::optional<FileLock>> uses;
  if (words.root.link) uses = use_all(store, reader->index(), voucher, releases);
  std::vector<InstalledEntry> installed;
  {
    const auto watcher = words.common.progress();
    const auto progress = watcher->begin({});
    if (words.nix) {
      installed = install_into_nix(words, *reader, voucher, releases, *progress);
    } else {
      const auto place = words.to ? place_in_directory(*words.to) : place_in_store(store, voucher);
      place->prepare();
      installed = install_bundle(*reader, *place, voucher, releases, *progress);
    }
  }
  Json json = Json::array();
  for (std::size_t i = 0; i < installed.size(); ++i) {
    if (words.root.link) {
      const BundleEntry& entry = reader->index().entries[i];
      add_root(store, installed[i].store_name,
               *words.root.link + (installed.size() > 1 ? "-" + entry.name : ""));
    }
    if (!words.common.json) {
      if (!installed[i].path.empty()) std::cout << exact(installed[i].path.string()) << "\n";
      continue;
    }
    const BundleEntry& entry = reader->index().entries[i];
    Json each = Json::object();
    each["name"] = entry.name;
    each["kind"] = text(entry.kind);
    if (!entry.release.empty()) each["release"] = entry.release;
    if (entry.port) each["port"] = entry.port->text();
    each["path"] = installed[i].path.empty() ? Json(nullptr) : Json(installed[i].path.string());
    each["wasThere"] = installed[i].was_there;
    each["vouched"] = voucher == Voucher::named_key;
    json.push_back(std::move(each));
  }
  if (words.common.json) print_json(json);
  return ExitCode::done;
}

}  // namespace

const Verb bundle_install_verb{
    .name = "bundle install",
    .arguments = "FILE [--store DIR | --to DIR] [--key FILE.pub] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Unpacks a bundle into the store, where build, list and exec find what is in it; or, with --to, into "
        "a\n"
        "plain directory. Every file is checked while it is unpacked, and an entry appears when it is "
        "whole;\n"
        "what an earlier run finished is not done again. FILE may be - or the first of several parts.\n"
        "--nix puts it into the Nix store instead, at the paths that the flake expects.\n",
    .group = VerbGroup::part_of_another,
    .brief = "FILE",
    .examples = {{{"gostrap bundle install go.tar.zst --key us.pub",
                   "into the store: build, list and exec find it, without network"},
                  {"gostrap bundle install go.tar.zst --to /opt/go", "into a plain directory"}}},
    .bind = bind<InstallWords, install>,
};

}  // namespace gostrap
