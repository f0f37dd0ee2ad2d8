// Installing a bundle into a Nix store: what may go there, what of it the flake makes, and all of that.
#pragma once

#include "bundle/install.hpp"
#include "bundle/nix.hpp"
#include "release/releases.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// The path of a derivation's output says that Nix made it, so somebody has to vouch for what takes its
/// place; a source is another matter: its path is its hash. Throws Error where nobody does.
void require_voucher_for_nix(const BundleReader& reader, bool vouched);

/// A Nix store takes only what the flake makes: the names of the other entries, which have no path then.
/// Throws Error where there are no entries but these.
std::string names_left_out_of_nix(const BundleReader& reader);

/// Unpacks everything into a private directory, and hands on to Nix what the flake makes; the other entries
/// have no path.
std::vector<InstalledEntry> install_into_nix(BundleReader& reader, Voucher voucher, const Releases& releases,
                                             const NixRequest& request, Progress& progress);

}  // namespace gostrap
