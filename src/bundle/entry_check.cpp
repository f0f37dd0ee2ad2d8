#include "bundle/entry_check.hpp"

#include "bundle/agree.hpp"
#include "bundle/claims.hpp"
#include "support/nar.hpp"

namespace gostrap {

void require_pin(const BundleReader& reader, const BundleEntry& entry, const Releases& releases) {
  if (entry.release.empty()) return;
  const Release& release = releases.get(entry.release);
  if (release.nar() == entry.source) return;
  refuse_claim(reader, entry,
               "it was made from the source " + sri(*entry.source) + ", and the pin of " + release.name() +
                   " is " + sri(release.nar()));
}

std::optional<Manifest> require_tree(const BundleReader& reader, const BundleEntry& entry,
                                     const std::filesystem::path& tree, const Contents& contents,
                                     Voucher voucher) {
  if (entry.kind == Kind::modules) return std::nullopt;
  if (entry.kind == Kind::source) {
    const Digest nar = nar_hash(tree).digest;
    if (nar != entry.source)
      refuse_claim(reader, entry, "its NAR hash is " + sri(nar) + ", and the pin " + sri(*entry.source));
    return std::nullopt;
  }
  Manifest manifest = read_manifest(tree);
  const Kind kind = entry.kind == Kind::host ? Kind::toolchain : entry.kind;
  if (manifest.kind != kind || manifest.release != entry.release || manifest.source != entry.source ||
      manifest.port != entry.port || manifest.hosted_on != entry.hosted_on) {
    refuse_claim(reader, entry, "its manifest is of something else");
  }
  if (voucher == Voucher::none) {
    const std::string name = "go" + entry.release + "-" + text(entry.kind) + "-" + entry.port->dashed();
    const bool fits =
        entry.name.starts_with(name) && (entry.name.size() == name.size() || entry.name[name.size()] == '-');
    if (!fits) refuse_claim(reader, entry, "it is a " + name + " by its manifest");
  }
  const std::string why = why_not_as_in_manifest(contents, manifest);
  if (!why.empty()) refuse_claim(reader, entry, why);
  return manifest;
}

}  // namespace gostrap
