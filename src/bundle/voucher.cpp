#include "bundle/voucher.hpp"

#include "road/source_step.hpp"
#include "store/provenance.hpp"

namespace gostrap {

BundleEntry as_installed(const BundleEntry& entry, Voucher voucher, const Releases& releases) {
  BundleEntry installed = entry;
  if (voucher == Voucher::named_key) return installed;
  installed.key = entry.kind == Kind::source ? key_of(SourceStep{&releases.get(entry.release)}.inputs({}))
                                             : key_of_contents(entry.kind, entry.contents.digest);
  if (entry.kind == Kind::source) installed.name = "go" + entry.release + "-source";
  return installed;
}

}  // namespace gostrap
