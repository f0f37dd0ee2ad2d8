// What a bundle's provenance may look like: many read it later (list, repair, the proof's page, bills of
// materials), so it is refused at the door when it has not the shape that gostrap writes.
#pragma once

#include "bundle/install.hpp"
#include "support/json.hpp"

#include <string>

namespace gostrap {

/// Throws Error, with the place, for a member of the wrong kind, a time that is none, or words that no
/// terminal should see.
void check_provenance_shape(const JsonView& provenance);

/// What is written beside an entry: what came with it, as `text`, and when, from where and by whose word. Of
/// a stranger's nothing stands where anybody would look: it is kept under "claims". `installed` is the entry
/// as it is called here. Throws Error where it is of something else than `entry`, or could not be read again.
Json installed_provenance(const BundleReader& reader, const BundleEntry& entry, const BundleEntry& installed,
                          const std::string& text, Voucher voucher);

/// "Its index says otherwise."
[[noreturn]] void refuse_claim(const BundleReader& reader, const BundleEntry& entry, const std::string& why);

}  // namespace gostrap
