#include "bundle/install_into_nix.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {

void require_voucher_for_nix(const BundleReader& reader, bool vouched) {
  const std::vector<BundleEntry>& entries = reader.index().entries;
  const bool only_sources = std::all_of(entries.begin(), entries.end(),
                                        [](const BundleEntry& each) { return each.kind == Kind::source; });
  if (vouched || only_sources) return;
  throw Error(
      "install " + reader.name() + " into a Nix store",
      "it would take the place of what the flake builds, and nobody vouches for it",
      "Name the key that must have signed it: --key FILE.pub; or take it as it is: --accept-unsigned.");
}

std::string names_left_out_of_nix(const BundleReader& reader) {
  std::string others;
  bool any = false;
  for (const BundleEntry& entry : reader.index().entries) {
    if (nix_attribute(entry)) {
      any = true;
    } else {
      append(others, ", ", entry.name);
    }
  }
  if (any) return others;
  throw Error("install " + reader.name() + " into a Nix store", "the flake makes no such thing: " + others,
              "`gostrap bundle install --to DIR` unpacks it.");
}

std::vector<InstalledEntry> install_into_nix(BundleReader& reader, Voucher voucher, const Releases& releases,
                                             const NixRequest& request, Progress& progress) {
  const TemporaryDirectory work;
  const auto place = directory_target(work.path() / "unpacked");
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

}  // namespace gostrap
