// What was unpacked from upstream's archive, and then built from source to the same bits, counts as built:
// the provenance of the unpacked host has that of the built one beside it, wherever it is told of.
#pragma once

#include "store/store.hpp"

#include <string>

namespace gostrap {

/// `entry`, of `store`, was found to be what was built in the store `other`. Its host is compared with the
/// one that was built there, where it is not the entry itself. Returns what came of it, for people.
std::string count_as_built(const Store& store, const StoreEntry& entry, const Store& other,
                           const Release& release);

}  // namespace gostrap
