// gostrap bundle install
#include "bundle/install_into_nix.hpp"
#include "bundle/pins.hpp"
#include "cli/bundle.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "release/own_releases.hpp"
#include "sdk/manifest.hpp"
#include "store/roots.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"
#include "toolchain/c_parts.hpp"

#include <nlohmann/json.hpp>

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
  if (words.keys.empty() && !words.add_releases) refuse_added(pins, reader.name());
  add_own_releases(words.common.releases_file(), pins.added);
  std::cerr << "gostrap: " << pins.names_added() << " from the bundle: now in "
            << words.common.releases_file().string() << "\n";
  return pins.all;
}

NixRequest nix_request(const InstallWords& words) {
  NixRequest request;
  if (words.flake) request.flake = *words.flake;
  request.arguments = words.nix_arguments;
  return request;
}

/// Said before anything is unpacked.
void tell_what_nix_leaves(const BundleReader& reader) {
  const std::string others = names_left_out_of_nix(reader);
  if (others.empty()) return;
  std::cerr << "gostrap: left out, since the flake makes no such thing: " << harmless(others)
            << ". `gostrap bundle install --to DIR` unpacks it.\n";
}

void refuse_contradictions(const InstallWords& words) {
  if (words.to.has_value() + words.common.store_directory.has_value() + words.nix > 1) {
    throw UsageError("it is one of --store, --to and --nix");
  }
  if (words.root.link && (words.to || words.nix)) {
    throw UsageError("--root keeps what is in the store, and this does not go there");
  }
}

std::vector<InstalledEntry> install_entries(const InstallWords& words, const Store& store,
                                            BundleReader& reader, Voucher voucher, const Releases& releases) {
  const auto watcher = words.common.progress();
  const auto progress = watcher->begin({});
  if (words.nix) return install_into_nix(reader, voucher, releases, nix_request(words), *progress);
  const auto place = words.to ? directory_target(*words.to) : store_target(store, voucher);
  place->prepare();
  return install_bundle(reader, *place, voucher, releases, *progress);
}

Json to_json(const BundleEntry& entry, const InstalledEntry& installed, Voucher voucher) {
  Json json = Json::object();
  json["name"] = entry.name;
  json["kind"] = text(entry.kind);
  if (!entry.release.empty()) json["release"] = entry.release;
  if (entry.port) json["port"] = entry.port->text();
  json["path"] = installed.path.empty() ? Json(nullptr) : Json(installed.path.string());
  json["wasThere"] = installed.was_there;
  json["vouched"] = voucher == Voucher::named_key;
  return json;
}

/// An SDK that compiles C came without its compiler.
void tell_missing_compiler(const fs::path& output) {
  const std::optional<CCompiler> compiler = read_manifest_head(output).profile.c;
  if (!compiler) return;
  const std::vector<std::string> changed = changed_parts(*compiler, Compare::sizes);
  if (changed.empty()) return;
  const std::string packages =
      join(compiler->packages, ", ", [](const auto& each) { return each.first + " " + each.second; });
  std::cerr << "gostrap: " << harmless(output.filename().string()) << " compiles C by "
            << harmless(compiler->text() + " at " + compiler->cc +
                        (packages.empty() ? "" : ", of the packages " + packages))
            << ", which is not here as it was there: " << harmless(join(changed, ", ")) << "\n";
}

ExitCode install(const InstallWords& words) {
  words.common.arguments.require("bundle");
  refuse_contradictions(words);
  const auto reader = open_reader(words, words.common.arguments.words);
  // open_reader() has refused a bundle that none of the named keys signed
  const Voucher voucher = !words.keys.empty() ? Voucher::named_key : Voucher::none;
  if (voucher == Voucher::none) {
    std::cerr << "gostrap: " << reader->name() << " is " << signer_text(words, *reader)
              << ": it is held against its own index only. Programs can be built with what it brings, where "
                 "there is nothing else; gostrap itself makes nothing of it until its maker's key is named: "
                 "--key FILE.pub\n";
  }
  reader->read_sbom();
  const Releases releases = adopt_pins(words, reader->read_releases(), *reader);
  const Store store = words.common.store();
  if (words.nix) {
    require_voucher_for_nix(*reader, voucher == Voucher::named_key || words.accept_unsigned);
    tell_what_nix_leaves(*reader);
  } else if (!words.to) {
    require_runs_here(reader->index());
  }
  std::vector<std::optional<FileLock>> uses;  // until the roots are there
  if (words.root.link) uses = use_entries(store, reader->index(), voucher, releases);
  const std::vector<InstalledEntry> installed = install_entries(words, store, *reader, voucher, releases);
  Json json = Json::array();
  for (std::size_t i = 0; i < installed.size(); ++i) {
    const BundleEntry& entry = reader->index().entries[i];
    if (words.root.link) {
      const std::string several = installed.size() > 1 ? "-" + entry.name : "";
      add_root(store, installed[i].store_name, *words.root.link + several);
    }
    if (entry.kind == Kind::sdk && !words.nix && !installed[i].path.empty())
      tell_missing_compiler(installed[i].path);
    if (words.common.json) {
      json.push_back(to_json(entry, installed[i], voucher));
    } else if (!installed[i].path.empty()) {
      std::cout << exact(installed[i].path.string()) << "\n";
    }
  }
  if (words.common.json) print_json(json);
  const auto& store_option = words.common.store_directory;
  const auto same = [](const fs::path& one, const fs::path& other) {
    return fs::absolute(one).lexically_normal() == fs::absolute(other).lexically_normal();
  };
  const auto usual = environment_value("GOSTRAP_STORE");
  if (store_option && !words.common.quiet && !(usual && same(*usual, *store_option))) {
    std::cerr << "gostrap: every command finds it with --store " << as_word(store_option->string())
              << ", or once that is said: export GOSTRAP_STORE="
              << as_word(fs::absolute(*store_option).string()) << "\n";
  }
  return ExitCode::done;
}

}  // namespace

const Verb bundle_install_verb{
    .name = "bundle install",
    .arguments = "FILE… [--store DIR | --to DIR] [--key FILE.pub] [OPTIONS]",
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
