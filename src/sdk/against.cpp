#include "sdk/against.hpp"

#include "archive/each_entry.hpp"
#include "archive/untrusted_name.hpp"
#include "program/macho_signature.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

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

struct ArchiveMember {
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
  void finish(ArchiveMember& member) {
    if (kept_) {
      Unsigned program = without_signature(std::move(*kept_));
      member.is_signed = program.was_signed;
      hash_.update(program.program);
    }
    member.digest = hex(hash_.finish());
  }

 private:
  void let_go() {
    hash_.update(*kept_);
    kept_.reset();
  }

  Sha256 hash_;
  std::optional<std::string> kept_ = std::string();
};

std::vector<ArchiveMember> members_of(const std::filesystem::path& archive, const Limits& limits) {
  std::vector<ArchiveMember> members;
  each_archive_entry(archive, limits, [&](const ArchiveEntry& entry, const ReadContent& read) {
    ArchiveMember member{entry, {}, false};
    ContentHash hash;
    if (entry.type == ArchiveEntry::Type::file) {
      read([&](std::string_view piece) { hash.take(piece); });
    }
    hash.finish(member);
    members.push_back(std::move(member));
  });
  return members;
}

std::string octal(unsigned mode) {
  std::string text;
  for (; mode != 0; mode /= 8) text.insert(text.begin(), static_cast<char>('0' + mode % 8));
  return "0" + text;
}

std::string kind_of(const ArchiveMember& member) {
  switch (member.entry.type) {
    case ArchiveEntry::Type::directory:
      return "a directory";
    case ArchiveEntry::Type::symlink:
      return "a link to " + in_quotes(member.entry.target);
    case ArchiveEntry::Type::file:
      break;
  }
  return "a file";
}

class ArchiveComparison {
 public:
  ArchiveComparison(const std::vector<ArchiveMember>& ours, const std::vector<ArchiveMember>& theirs) {
    std::map<std::string, const ArchiveMember*> left;
    for (const ArchiveMember& member : theirs) {
      if (!left.emplace(member.entry.path, &member).second)
        differ(member, "stands twice in the other archive");
    }
    std::map<std::string, const ArchiveMember*> seen;
    for (const ArchiveMember& member : ours) {
      if (!seen.emplace(member.entry.path, &member).second) differ(member, "stands twice in ours");
      const auto same = left.find(member.entry.path);
      if (same == left.end()) {
        differ(member, "is not in the other archive");
      } else {
        compare(member, *same->second);
      }
    }
    for (const auto& [path, member] : left) {
      if (!seen.contains(path)) differ(*member, "is not in ours");
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
    Check check{name, Check::Result::failed, counted(differences_, "difference") + " beside code signatures",
                details_};
    if (differences_ > details_.size()) {
      check.details.push_back("and " + std::to_string(differences_ - details_.size()) + " more");
    }
    return check;
  }

 private:
  void differ(const ArchiveMember& member, const std::string& how) {
    if (++differences_ <= named_differences) details_.push_back(printable(member.entry.path) + " " + how);
  }

  void compare(const ArchiveMember& ours, const ArchiveMember& theirs) {
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

  static bool same_order(const std::vector<ArchiveMember>& ours, const std::vector<ArchiveMember>& theirs) {
    return std::equal(
        ours.begin(), ours.end(), theirs.begin(), theirs.end(),
        [](const ArchiveMember& a, const ArchiveMember& b) { return a.entry.path == b.entry.path; });
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
  const std::vector<ArchiveMember> our_members = members_of(ours, limits);
  const std::vector<ArchiveMember> their_members = members_of(theirs, limits);
  return ArchiveComparison(our_members, their_members).check(name, our_members.size());
}

Check check_output_against(const std::filesystem::path& ours, const std::filesystem::path& theirs,
                           const Limits& limits) {
  const std::filesystem::path archive = std::filesystem::is_directory(ours) ? ours / theirs.filename() : ours;
  if (!std::filesystem::is_regular_file(archive)) {
    throw Error("hold " + ours.string() + " against " + theirs.string(),
                "there is no file " + archive.string(),
                "Name our archive itself, when it is called otherwise.");
  }
  return check_against(archive, theirs, limits);
}

}  // namespace gostrap
