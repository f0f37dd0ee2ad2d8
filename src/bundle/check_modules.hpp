// verify, of a tree of modules in the store: it has no manifest, for the key in its name is the hash of what
// is in it.
#pragma once

#include "sdk/check.hpp"
#include "store/store.hpp"

namespace gostrap {

Check check_modules(const StoreEntry& entry);

}  // namespace gostrap
