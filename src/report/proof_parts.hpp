// Out of what proofs are put together: archives of a store, outputs by their paths, and how they came to be.
#pragma once

#include "release/releases.hpp"
#include "report/proof.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <map>
#include <vector>

namespace gostrap {

/// The newest canonical archives of each port of the release. Throws Error, with what to do, where there are
/// none.
std::map<Port, std::filesystem::path> archives_in_store(const Release& release, const Store& store);

/// About the archives among these outputs, one row each. Throws Error where there are none, or they are of
/// several releases.
Proof prove_outputs(const std::vector<std::filesystem::path>& outputs, const Releases& releases,
                    const Limits& limits);

/// The proof's page, with the steps by which its archives came to be, as far as their provenance is there.
std::string page_of(const Proof& proof);

}  // namespace gostrap
