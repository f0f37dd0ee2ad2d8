#include "bundle/compare.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"

#include <algorithm>
#include <tuple>

namespace gostrap {
namespace {

class Lister final : public BundleVisitor {
 public:
  Lister(const BundleReader& reader, bool hash) : reader_(reader), hash_(hash) {}
  std::vector<EntryListing> take() { return std::move(entries_); }

  bool begin(std::size_t entry, const Contents& contents, const std::string& /*provenance*/) override {
    entries_.push_back({reader_.index().entries[entry], contents});
    return hash_;
  }
  void directory(const Item& /*item*/) override {}
  void symlink(const Item& /*item*/) override {}
  void begin_file(const Item& item) override {
    item_ = &item;
    sum_ = Sha256();
  }
  void piece(std::string_view bytes) override { sum_.update(bytes); }
  void end_file() override {
    if (sum_.finish() == item_->digest) return;
    throw Error("read " + reader_.name(), "the content of " + in_quotes(item_->path) + " in " +
                                              entries_.back().entry.name + " is not what its index says");
  }
  void same_file(const Item& /*item*/, const BlobPlace& /*first*/) override {}
  void end() override {}

 private:
  const BundleReader& reader_;
  bool hash_;
  std::vector<EntryListing> entries_;
  const Item* item_ = nullptr;
  Sha256 sum_;
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
  Lister lister(reader, hash);
  reader.walk(lister);
  return lister.take();
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
