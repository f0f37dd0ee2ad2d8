// By whose word an entry of a bundle is taken.
#pragma once

#include "bundle/index.hpp"
#include "release/releases.hpp"

namespace gostrap {

/// Whether the bundle has the signature of a key that the user named.
enum class Voucher { none, named_key };

/// The entry under the key and name that it gets here. Of what nobody vouches for, no claim is believed: its
/// key is the hash of its contents, and that of a source, which its pin proves, the one that build computes.
BundleEntry as_installed(const BundleEntry& entry, Voucher voucher, const Releases& releases);

}  // namespace gostrap
