#include "bundle/reader.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <utility>

namespace gostrap {
namespace {

constexpr std::uint64_t longest_index = std::uint64_t{16} << 20U;
constexpr std::uint64_t longest_part = std::uint64_t{64} << 20U;

std::string own_file(const std::string& name) {
  return std::string(bundle_directory) + "/" + name;
}

const char* text(TarMember::Type type) {
  switch (type) {
    case TarMember::Type::directory:
      return "a directory";
    case TarMember::Type::symlink:
      return "a symbolic link";
    case TarMember::Type::hard_link:
      return "a hard link";
    case TarMember::Type::file:
      break;
  }
  return "a file";
}

}  // namespace

Limits bundle_limits() {
  Limits limits;
  limits.bytes = std::uint64_t{64} << 30U;
  limits.entries = 1'000'000;  // a name takes some 250 bytes of memory
  return limits;
}

BundleReader::BundleReader(std::unique_ptr<ByteSource> source, const Limits& limits)
    : stream_(std::move(source), limits), limits_(limits) {
  const std::string path = own_file("index.json");
  if (!stream_.next(member_) || member_.path != path || member_.type != TarMember::Type::file) {
    throw Error(stream_.doing(), "it does not begin with " + path,
                "Name a bundle, as `gostrap bundle create` makes it.");
  }
  index_text_ = stream_.text(longest_index);
  const std::string name = stream_.name() + " (" + path + ")";
  if (!stream_.next(member_)) stream_.refuse("there is nothing in it but an index");
  at_hand_ = true;
  if (member_.path == path + ".sig") {
    next(path + ".sig", TarMember::Type::file);
    const Signature signature = parse_signature(stream_.text(4096), name + ".sig");
    if (!signature.by.verifies(index_text_, signature.bytes)) {
      stream_.refuse("its signature does not fit: the index was changed after it was signed");
    }
    signed_by_ = signature.by;
  }
  const JsonDocument document(index_text_, name);
  index_ = index_from_json(document.view());
}

void BundleReader::require_signature(const std::vector<PublicKey>& keys) const {
  if (!signed_by_) {
    throw Error("use the bundle " + name(), "it is not signed",
                "Whoever made it can sign it: gostrap bundle create --sign KEY.");
  }
  for (const PublicKey& key : keys) {
    if (key == *signed_by_) return;
  }
  const std::string wanted = join(keys, " or ", &PublicKey::fingerprint);
  throw Error("use the bundle " + name(),
              "it is signed by " + signed_by_->fingerprint() + ", and not by " + wanted);
}

/// Goes to the next member, which has to be this one.
void BundleReader::next(const std::string& path, TarMember::Type type) {
  if (!std::exchange(at_hand_, false) && !stream_.next(member_)) {
    stream_.refuse("it ends where " + in_quotes(path) + " should stand");
  }
  if (member_.path != path) {
    stream_.refuse("it has " + in_quotes(member_.path) + " where " + in_quotes(path) + " should stand");
  }
  if (member_.type != type) {
    stream_.refuse(in_quotes(path) + " is " + text(member_.type) + ", and the index says " + text(type));
  }
}

std::string BundleReader::part(const std::string& path, const BundlePart& expected) {
  next(path, TarMember::Type::file);
  std::string bytes = stream_.text(longest_part);
  if (part_of(bytes) != expected) stream_.refuse(in_quotes(path) + " is not what the index says");
  return bytes;
}

std::string BundleReader::read_sbom() {
  return part(own_file("sbom.cdx.json"), index_.sbom);
}

std::string BundleReader::read_releases() {
  return part(own_file("releases.json"), index_.releases);
}

Contents BundleReader::read_contents(const BundleEntry& entry) {
  const std::string path = own_file(entry.name + "/contents");
  const std::string listing = part(path, entry.contents);
  Contents contents = parse_contents(listing, stream_.name() + " (" + path + ")", limits_);
  names_ += contents.size();
  if (names_ > limits_.entries) {
    throw over_limit(stream_.doing(), "names", names_, limits_.entries, "--max-entries");
  }
  if (count_files(contents) != entry.files || total_size(contents) != entry.bytes) {
    stream_.refuse("the contents of " + entry.name + " are not as many as the index says");
  }
  return contents;
}

void BundleReader::file(std::size_t number, const Item& item, EntryVisitor* visitor) {
  const std::string path = index_.entries[number].name + "/" + item.path;
  const auto [place, fresh] = blobs_.try_emplace(blob_key(item), BlobLocation{number, item.path});
  if (!fresh) {
    const BlobLocation& first = place->second;
    next(path, TarMember::Type::hard_link);
    if (member_.target != index_.entries[first.entry].name + "/" + first.path) {
      stream_.refuse("the hard link " + in_quotes(path) + " leads elsewhere than the index says");
    }
    if (visitor != nullptr) visitor->same_file(item, first);
    return;
  }
  next(path, TarMember::Type::file);
  if (member_.size != item.size || member_.executable != item.executable) {
    stream_.refuse("the file " + in_quotes(path) + " is not what the index says");
  }
  bool read = false;
  const ReadContent content = [&](const std::function<void(std::string_view)>& take) {
    read = true;
    stream_.read(take);
  };
  if (visitor != nullptr) visitor->file(item, content);
  if (!read) content([](std::string_view) {});  // it still has to be as long as it says
}

void BundleReader::walk_entry(std::size_t number, const BeginEntry& begin) {
  const BundleEntry& entry = index_.entries[number];
  const Contents contents = read_contents(entry);
  const std::string provenance = part(own_file(entry.name + "/provenance.json"), entry.provenance);
  const std::unique_ptr<EntryVisitor> visitor = begin(number, contents, provenance);
  next(entry.name, TarMember::Type::directory);
  std::uint64_t new_bytes = 0;
  for (const Item& item : contents) {
    switch (item.type) {
      case Item::Type::directory:
        next(entry.name + "/" + item.path, TarMember::Type::directory);
        if (visitor) visitor->directory(item);
        break;
      case Item::Type::symlink:
        next(entry.name + "/" + item.path, TarMember::Type::symlink);
        if (member_.target != item.target) {
          stream_.refuse("the link " + in_quotes(member_.path) + " leads elsewhere than the index says");
        }
        if (visitor) visitor->symlink(item);
        break;
      case Item::Type::file:
        if (blobs_.count(blob_key(item)) == 0) new_bytes += item.size;
        file(number, item, visitor.get());
        break;
    }
  }
  if (new_bytes != entry.new_bytes) stream_.refuse("the index does not say how much " + entry.name + " adds");
  if (visitor) visitor->end();
}

void BundleReader::walk(const BeginEntry& begin) {
  for (std::size_t number = 0; number < index_.entries.size(); ++number) walk_entry(number, begin);
  if (at_hand_ || stream_.next(member_)) {
    stream_.refuse("it has " + in_quotes(member_.path) + " where it should end");
  }
}

}  // namespace gostrap
