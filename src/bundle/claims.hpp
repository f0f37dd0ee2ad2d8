// What a bundle's provenance may say: many read it later (list, repair, the proof's page, bills of
// materials), so it is refused at the door when it has not the shape that gostrap writes, or is of something
// else.
#pragma once

#include "bundle/reader.hpp"
#include "bundle/voucher.hpp"
#include "store/provenance.hpp"

#include <string>

namespace gostrap {

/// What is written beside an entry: what came with it, as `text`, and when, from where and by whose word. Of
/// a stranger's nothing stands where anybody would look: it is kept under "claims". `installed` is the entry
/// as it is called here. Throws Error where it is of something else than `entry`, or could not be read again.
Provenance installed_provenance(const BundleReader& reader, const BundleEntry& entry,
                                const BundleEntry& installed, const std::string& text, Voucher voucher);

/// "Its index says otherwise."
[[noreturn]] void refuse_claim(const BundleReader& reader, const BundleEntry& entry, const std::string& why);

}  // namespace gostrap
