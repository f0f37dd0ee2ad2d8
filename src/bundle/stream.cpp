#include "bundle/stream.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

#include <utility>

namespace gostrap {
namespace {

constexpr std::uint64_t end_mark = 1024;
constexpr std::uint64_t most_padding = std::uint64_t{1} << 20U;

bool plain_extras(struct archive_entry* entry) {
  const auto said = [](const char* text) { return text != nullptr && *text != '\0'; };
  return !said(archive_entry_uname(entry)) && !said(archive_entry_gname(entry)) &&
         archive_entry_xattr_count(entry) == 0 && archive_entry_acl_types(entry) == 0 &&
         archive_entry_fflags_text(entry) == nullptr;
}

}  // namespace

TarStream::TarStream(std::unique_ptr<ByteSource> source, const Limits& limits)
    : bytes_(std::move(source), limits),
      entries_(
          EntryReader::Format::tar, [this] { return give(); },
          [this](const std::string& says, struct archive_entry* /*entry*/) { return damage(says); }) {}

std::string_view TarStream::give() {
  block_ = bytes_.next();
  ended_ = block_.empty();
  return block_;
}

void TarStream::refuse(const std::string& why) const {
  throw bytes_.refusal(why);
}

Error TarStream::damage(const std::string& says) const {
  if (ended_ && says.find("runcated") != std::string::npos) return bytes_.truncated();
  return bytes_.refusal("it is damaged: " + (says.empty() ? "the tar in it is malformed" : says));
}

/// libarchive stops at the mark of the end, and is content without one: there has to be one, and padding is
/// all that may follow.
void TarStream::require_end() {
  std::uint64_t zeros = 0;
  entries_.rest([&](std::string_view piece) {
    zeros += piece.size();
    if (piece.find_first_not_of('\0') != std::string_view::npos || zeros > most_padding)
      refuse("something stands behind the end of the tar in it");
  });
  if (zeros < end_mark) throw bytes_.truncated();
}

/// What unpacks it by plain tar gets all of this too.
void TarStream::require_plain(const TarMember& member) const {
  const unsigned type = archive_entry_filetype(entry_);
  const unsigned mode = archive_entry_perm(entry_);
  if ((mode & (S_ISUID | S_ISGID | S_ISVTX)) != 0)
    refuse("the member " + in_quotes(member.path) + " has a set-uid, set-gid or sticky bit");
  const bool plain = type == AE_IFLNK || mode == 0755 || (type != AE_IFDIR && mode == 0644);
  if (!plain || archive_entry_uid(entry_) != 0 || archive_entry_gid(entry_) != 0 || !plain_extras(entry_)) {
    refuse("the member " + in_quotes(member.path) +
           " has a mode, an owner or attributes that gostrap never writes");
  }
}

bool TarStream::next(TarMember& member) {
  entry_ = entries_.next();
  if (entry_ == nullptr) {
    require_end();
    return false;
  }
  const char* const given = archive_entry_pathname(entry_);
  if (given == nullptr) refuse("it has a name that is not in UTF-8");
  member = {};
  member.path = given;
  require_plain(member);
  member.executable = (archive_entry_perm(entry_) & S_IXUSR) != 0;
  const unsigned type = archive_entry_filetype(entry_);
  const char* const hard_link = archive_entry_hardlink(entry_);
  const char* const symlink = archive_entry_symlink(entry_);
  size_ = 0;
  if (hard_link != nullptr) {
    member.type = TarMember::Type::hard_link;
    member.target = hard_link;
    if (archive_entry_size(entry_) > 0)
      refuse("the hard link " + in_quotes(member.path) + " brings bytes of its own");
  } else if (type == AE_IFDIR) {
    member.type = TarMember::Type::directory;
    if (member.path.ends_with('/')) member.path.pop_back();
  } else if (type == AE_IFLNK && symlink != nullptr) {
    member.type = TarMember::Type::symlink;
    member.target = symlink;
  } else if (type == AE_IFREG) {
    if (archive_entry_sparse_count(entry_) > 0) refuse("the file " + in_quotes(member.path) + " has holes");
    const la_int64_t size = archive_entry_size(entry_);
    if (archive_entry_size_is_set(entry_) == 0 || size < 0)
      refuse("the file " + in_quotes(member.path) + " has no size");
    member.size = size_ = static_cast<std::uint64_t>(size);
  } else {
    refuse("the member " + in_quotes(member.path) + " is neither a file, a directory nor a link");
  }
  return true;
}

void TarStream::read(const std::function<void(std::string_view)>& take) {
  std::uint64_t left = size_;
  entries_.read(*entry_, [&](std::uint64_t hole, std::string_view piece) {
    if (hole > 0 || piece.size() > left) refuse("a file in it is not as long as it says");
    left -= piece.size();
    take(piece);
  });
  if (left > 0) refuse("a file in it is not as long as it says");
}

std::string TarStream::text(std::uint64_t limit) {
  if (size_ > limit) {
    refuse("a part of it has " + std::to_string(size_) + " bytes, and " + std::to_string(limit) +
           " is the limit");
  }
  std::string text;
  text.reserve(static_cast<std::size_t>(size_));
  read([&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace gostrap
