#include "bundle/compare.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"

#include <algorithm>
#include <tuple>

namespace gostrap {
namespace {

/// Hashes every file that comes.
class Hasher final : public EntryVisitor {
 public:
  Hasher(const BundleReader& reader, std::size_t entry)
      : reader_(reader), name_(reader.index().entries[entry].name) {}

  void directory(const Item& /*item*/) override {}
  void symlink(const Item& /*item*/) override {}
  void file(const Item& item, const ReadContent& read) override {
    Sha256 sum;
    read([&](std::string_view bytes) { sum.update(bytes); });
    if (sum.finish() == item.digest) return;
    throw Error("read " + reader_.name(),
                "the content of " + in_quotes(item.path) + " in " + name_ + " is not what its index says");
  }
  void same_file(const Item& /*item*/, const BlobLocation& /*first*/) override {}
  void end() override {}

 private:
  const BundleReader& reader_;
  std::string name_;
};

bool same_description(const BundleEntry& a, const BundleEntry& b) {
  const auto said = [](const BundleEntry& each) {
    return std::tie(each.kind, each.key, each.release, each.source, each.port, each.hosted_on,
                    each.provenance.digest);
  };
  return said(a) == said(b);
}

EntryDifference compare(const EntryListing& first, const EntryListing& second) {
  EntryDifference difference;
  difference.name = first.entry.name;
  std::map<std::string, const Item*> left;
  for (const Item& item : first.contents) left.emplace(item.path, &item);
  for (const Item& item : second.contents) {
    const auto same = left.find(item.path);
    if (same == left.end()) {
      difference.added.push_back(item.path);
      continue;
    }
    if (!(*same->second == item)) difference.changed.push_back(item.path);
    left.erase(same);
  }
  for (const auto& [path, item] : left) difference.removed.push_back(path);
  return difference;
}

}  // namespace

std::vector<EntryListing> list_bundle(BundleReader& reader, bool hash) {
  std::vector<EntryListing> entries;
  reader.walk([&](std::size_t number, const Contents& contents, const std::string& /*provenance*/) {
    entries.push_back({reader.index().entries[number], contents});
    return hash ? std::make_unique<Hasher>(reader, number) : nullptr;
  });
  return entries;
}

std::vector<EntryDifference> differences(const std::vector<EntryListing>& first,
                                         const std::vector<EntryListing>& second) {
  std::map<std::string, std::pair<const EntryListing*, const EntryListing*>> entries;
  for (const EntryListing& each : first) entries[each.entry.name].first = &each;
  for (const EntryListing& each : second) entries[each.entry.name].second = &each;
  std::vector<EntryDifference> found;
  for (const auto& [name, pair] : entries) {
    const auto [left, right] = pair;
    if (left == nullptr || right == nullptr) {
      EntryDifference difference;
      difference.name = name;
      difference.kind =
          right == nullptr ? EntryDifference::Kind::only_first : EntryDifference::Kind::only_second;
      found.push_back(std::move(difference));
    } else {
      // of other contents other things are said
      const bool same_contents = left->entry.contents == right->entry.contents;
      const bool said = same_contents && !same_description(left->entry, right->entry);
      if (same_contents && !said) continue;
      found.push_back(compare(*left, *right));
      found.back().described_otherwise = said;
    }
  }
  return found;
}

}  // namespace gostrap
