#include "sdk/against.hpp"

#include "archive/contents.hpp"
#include "archive/untrusted_name.hpp"
#include "program/macho_signature.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t named_differences = 10;
/// A larger program is compared as it is.
constexpr std::size_t largest_program = std::size_t{256} << 20U;

struct Item {
  ArchiveEntry entry;
  std::string digest;  ///< of the content, a program's without its signature
  bool is_signed = false;
};

/// Hashes an entry's content piece by piece; a Mach-O is kept whole until its signature is off.
class ContentHash {
 public:
  void take(std::string_view piece) {
    if (!kept_) {
      hash_.update(piece);
      return;
    }
    kept_->append(piece);
    const bool other = kept_->size() >= 4 && !is_macho(*kept_);
    if (other || kept_->size() > largest_program) let_go();
  }
  void finish(Item& item) {
    if (kept_) {
      Unsigned program = without_signature(std::move(*kept_));
      item.is_signed = program.was_signed;
      hash_.update(program.program);
    }
    item.digest = hex(hash_.finish());
  }

 private:
  void let_go() {
    hash_.update(*kept_);
    kept_.reset();
  }

  Sha256 hash_;
  std::optional<std::string> kept_ = std::string();
};

std::vector<Item> items_of(const std::filesystem::path& archive, const Limits& limits) {
  std::vector<Item> items;
  each_archive_entry(archive, limits, [&](const ArchiveEntry& entry, const ReadContent& read) {
    Item item{entry, {}, false};
    ContentHash hash;
    if (entry.type == ArchiveEntry::Type::file) {
      read([&](std::string_view piece) { hash.take(piece); });
    }
    hash.finish(item);
    items.push_back(std::move(item));
  });
  return items;
}

std::string octal(unsigned mode) {
  std::string text;
  for (; mode != 0; mode /= 8) text.insert(text.begin(), static_cast<char>('0' + mode % 8));
  return "0" + text;
}

std::string kind_of(const Item& item) {
  switch (item.entry.type) {
    case ArchiveEntry::Type::directory:
      return "a directory";
    case ArchiveEntry::Type::symlink:
      return "a link to " + in_quotes(item.entry.target);
    case ArchiveEntry::Type::file:
      break;
  }
  return "a file";
}

class Comparison {
 public:
  Comparison(const std::vector<Item>& ours, const std::vector<Item>& theirs) {
    std::map<std::string, const Item*> left;
    for (const Item& item : theirs) {
      if (!left.emplace(item.entry.path, &item).second) differ(item, "stands twice in the other archive");
    }
    std::map<std::string, const Item*> seen;
    for (const Item& item : ours) {
      if (!seen.emplace(item.entry.path, &item).second) differ(item, "stands twice in ours");
      const auto same = left.find(item.entry.path);
      if (same == left.end()) {
        differ(item, "is not in the other archive");
      } else {
        compare(item, *same->second);
      }
    }
    for (const auto& [path, item] : left) {
      if (!seen.contains(path)) differ(*item, "is not in ours");
    }
    if (differences_ == 0 && !same_order(ours, theirs)) {
      differences_ = 1;
      details_.push_back("the entries stand in another order");
    }
  }

  Check check(const std::string& name, std::size_t entries) const {
    if (differences_ == 0) {
      return {name,
              Check::Result::passed,
              "the same but for code signatures: " + std::to_string(entries) + " entries, " +
                  std::to_string(signed_) + " of them signed programs",
              {}};
    }
    Check check{name, Check::Result::failed,
                std::to_string(differences_) + (differences_ == 1 ? " difference" : " differences") +
                    " beside code signatures",
                details_};
    if (differences_ > details_.size()) {
      check.details.push_back("and " + std::to_string(differences_ - details_.size()) + " more");
    }
    return check;
  }

 private:
  void differ(const Item& item, const std::string& how) {
    if (++differences_ <= named_differences) details_.push_back(printable(item.entry.path) + " " + how);
  }

  void compare(const Item& ours, const Item& theirs) {
    const ArchiveEntry& a = ours.entry;
    const ArchiveEntry& b = theirs.entry;
    if (a.type != b.type || a.target != b.target) {
      differ(ours, "is " + kind_of(ours) + ", there " + kind_of(theirs));
    }
    if (a.mode != b.mode) differ(ours, "has mode " + octal(a.mode) + ", there " + octal(b.mode));
    if (a.owner != b.owner) {
      differ(ours, "belongs to " + printable(a.owner) + ", there " + printable(b.owner));
    }
    if (a.time != b.time) {
      differ(ours, "is of time " + std::to_string(a.time) + ", there " + std::to_string(b.time));
    }
    if (ours.digest != theirs.digest) differ(ours, "has other contents");
    if (ours.is_signed || theirs.is_signed) ++signed_;
  }

  static bool same_order(const std::vector<Item>& ours, const std::vector<Item>& theirs) {
    return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      [](const Item& a, const Item& b) { return a.entry.path == b.entry.path; });
  }

  std::size_t differences_ = 0;
  std::size_t signed_ = 0;
  std::vector<std::string> details_;
};

}  // namespace

Check check_against(const std::filesystem::path& ours, const std::filesystem::path& theirs,
                    const Limits& limits) {
  const std::string name = "against " + theirs.string();
  const std::string digest = hex(sha256_file(ours));
  if (digest == hex(sha256_file(theirs))) {
    return {name, Check::Result::passed, "the same bits: " + digest, {}};
  }
  const std::vector<Item> our_items = items_of(ours, limits);
  const std::vector<Item> their_items = items_of(theirs, limits);
  return Comparison(our_items, their_items).check(name, our_items.size());
}

}  // namespace gostrap
