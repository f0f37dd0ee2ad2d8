#include "source/pack.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t id_size = 20;
constexpr std::uint64_t grown_at_once = std::uint64_t{1} << 20U;  // a lying size costs no more than this
constexpr unsigned type_by_offset = 6;
constexpr unsigned type_by_id = 7;

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char each : bytes.substr(0, 4)) value = (value << 8U) | static_cast<unsigned char>(each);
  return value;
}

const char* name_of(PackReader::Type type) {
  switch (type) {
    case PackReader::Type::commit:
      return "commit";
    case PackReader::Type::tree:
      return "tree";
    case PackReader::Type::tag:
      return "tag";
    case PackReader::Type::blob:
      break;
  }
  return "blob";
}

/// Reads from a delta, byte by byte.
class DeltaBytes {
 public:
  explicit DeltaBytes(std::string_view bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  bool broken() const { return broken_; }
  std::uint64_t byte() {
    if (bytes_.empty()) {
      broken_ = true;
      return 0;
    }
    const auto value = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const std::uint64_t next = byte();
      value |= (next & 0x7fU) << shift;
      if ((next & 0x80U) == 0) return value;
    }
    broken_ = true;
    return 0;
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      broken_ = true;
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view bytes_;
  bool broken_ = false;
};

}  // namespace

void PackReader::FreeInflater::operator()(z_stream_s* stream) const {
  ::inflateEnd(stream);
  delete stream;
}
void PackReader::FreeHash::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

PackReader::PackReader(const Limits& limits, std::string doing)
    : limits_(limits),
      doing_(std::move(doing)),
      inflater_(new z_stream_s{}),
      whole_(EVP_MD_CTX_new()),
      one_(EVP_MD_CTX_new()) {
  const bool good = ::inflateInit(inflater_.get()) == Z_OK && whole_ && one_ &&
                    EVP_DigestInit_ex(whole_.get(), EVP_sha1(), nullptr) == 1;
  if (!good) throw Error(doing_, "zlib or libcrypto refused to start");
}
PackReader::~PackReader() = default;

void PackReader::refuse(const std::string& why) const {
  throw Error(doing_, "what it sent is damaged: " + why);
}

void PackReader::count(std::uint64_t size) {
  if (size > limits_.bytes || unpacked_ > limits_.bytes - size) {
    const std::uint64_t seen = size > UINT64_MAX - unpacked_ ? UINT64_MAX : unpacked_ + size;
    throw over_limit(doing_, "bytes in its objects", seen, limits_.bytes, "--max-bytes");
  }
  unpacked_ += size;
}

void PackReader::hash_pack(std::string_view bytes) {
  EVP_DigestUpdate(whole_.get(), bytes.data(), bytes.size());
}

void PackReader::append(std::string_view bytes) {
  check_interrupt();
  while (!bytes.empty()) {
    std::size_t used = 1;
    if (state_ == State::data) {
      used = inflate_some(bytes);
    } else {
      take_byte(static_cast<std::uint8_t>(bytes.front()));
    }
    bytes.remove_prefix(used);
  }
}

void PackReader::take_byte(std::uint8_t byte) {
  const char raw = static_cast<char>(byte);
  if (state_ == State::complete) refuse("there is more behind its end");
  if (state_ != State::trailer) hash_pack({&raw, 1});
  ++position_;
  switch (state_) {
    case State::header:
      field_ += raw;
      if (field_.size() == header_size) take_header();
      break;
    case State::object_header:
      begin_object(byte);
      break;
    case State::base_offset: {
      // git's own encoding: each further byte adds one, so that no number has two spellings
      Entry& entry = entries_.back();
      entry.base_offset = (entry.base_offset << 7U) | (byte & 0x7fU);
      if (entry.base_offset > position_) refuse("a delta is based on something before the pack");
      if ((byte & 0x80U) != 0) {
        ++entry.base_offset;
        break;
      }
      if (entry.base_offset == 0 || entry.base_offset > entry.offset) refuse("a delta is based on nothing");
      entry.base_offset = entry.offset - entry.base_offset;
      begin_data();
      break;
    }
    case State::base_id:
      field_ += raw;
      if (field_.size() == id_size) {
        std::memcpy(entries_.back().base_id.data(), field_.data(), id_size);
        begin_data();
      }
      break;
    case State::trailer:
      field_ += raw;
      if (field_.size() == id_size) {
        ObjectId sum{};
        EVP_DigestFinal_ex(whole_.get(), sum.data(), nullptr);
        if (std::memcmp(sum.data(), field_.data(), id_size) != 0) refuse("its checksum is wrong");
        state_ = State::complete;
      }
      break;
    case State::data:
    case State::complete:
      break;
  }
}

void PackReader::take_header() {
  const std::string_view header = field_;
  if (!header.starts_with("PACK") || big_endian(header.substr(4)) != 2)
    refuse("it is not a pack of version 2");
  total_ = big_endian(header.substr(8));
  const std::uint64_t most = limits_.entries > UINT64_MAX / 2 ? UINT64_MAX : limits_.entries * 2;
  if (total_ > most) throw over_limit(doing_, "objects", total_, most, "--max-entries");
  field_.clear();
  state_ = total_ == 0 ? State::trailer : State::object_header;
}

/// The header of an object: its type, and its size in as many bytes as it takes.
void PackReader::begin_object(std::uint8_t byte) {
  if (shift_ == 0) {
    const unsigned type = (byte >> 4U) & 7U;
    if (type == 0 || type == 5) refuse("there is an object of no known type");
    Entry& entry = entries_.emplace_back();
    entry.offset = position_ - 1;
    entry.by_offset = type == type_by_offset;
    entry.by_id = type == type_by_id;
    if (!entry.by_offset && !entry.by_id) entry.object.type = static_cast<Type>(type);
    size_ = byte & 15U;
    shift_ = 4;
  } else {
    if (shift_ > 56) refuse("there is an object of impossible size");
    size_ |= static_cast<std::uint64_t>(byte & 0x7fU) << shift_;
    shift_ += 7;
  }
  if ((byte & 0x80U) != 0) return;
  shift_ = 0;
  field_.clear();
  if (entries_.back().by_offset) {
    state_ = State::base_offset;
  } else if (entries_.back().by_id) {
    state_ = State::base_id;
  } else {
    begin_data();
  }
}

void PackReader::begin_data() {
  count(size_);
  produced_ = 0;
  ::inflateReset(inflater_.get());
  state_ = State::data;
}

/// Inflates from `bytes` and returns how many of them belong to the object.
std::size_t PackReader::inflate_some(std::string_view bytes) {
  z_stream_s& stream = *inflater_;
  std::string& content = entries_.back().object.content;
  const std::size_t given = std::min<std::size_t>(bytes.size(), std::size_t{1} << 30U);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads there
  stream.avail_in = static_cast<uInt>(given);
  while (true) {
    // one byte more than it says: so that too long an object shows, and zlib gets to the end of a right one
    const std::uint64_t room = std::min(size_ + 1 - produced_, grown_at_once);
    content.resize(static_cast<std::size_t>(std::max<std::uint64_t>(content.size(), produced_ + room)));
    stream.next_out = reinterpret_cast<Bytef*>(content.data() + produced_);
    stream.avail_out = static_cast<uInt>(content.size() - produced_);
    const int result = ::inflate(&stream, Z_NO_FLUSH);
    produced_ = content.size() - stream.avail_out;
    if (produced_ > size_) refuse("an object is longer than it says");
    const std::size_t used = given - stream.avail_in;
    if (result == Z_STREAM_END || (stream.avail_in == 0 && stream.avail_out != 0)) {
      if (result != Z_STREAM_END && result != Z_OK && result != Z_BUF_ERROR)
        refuse("an object does not inflate");
      hash_pack(bytes.substr(0, used));
      position_ += used;
      if (result == Z_STREAM_END) end_object();
      return used;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) refuse("an object does not inflate");
  }
}

void PackReader::end_object() {
  Entry& entry = entries_.back();
  if (produced_ != size_) refuse("an object is shorter than it says");
  entry.object.content.resize(static_cast<std::size_t>(size_));
  if (!entry.by_offset && !entry.by_id) name(entries_.size() - 1);
  field_.clear();
  state_ = entries_.size() == total_ ? State::trailer : State::object_header;
}

/// Computes the id of an object whose content is there.
void PackReader::name(std::size_t index) {
  Entry& entry = entries_[index];
  const std::string& content = entry.object.content;
  const std::string header = std::string(name_of(entry.object.type)) + " " + std::to_string(content.size());
  ObjectId& id = entry.id;
  EVP_DigestInit_ex(one_.get(), EVP_sha1(), nullptr);
  EVP_DigestUpdate(one_.get(), header.c_str(), header.size() + 1);  // with its NUL
  EVP_DigestUpdate(one_.get(), content.data(), content.size());
  EVP_DigestFinal_ex(one_.get(), id.data(), nullptr);
  entry.resolved = true;
  by_id_.emplace(id, index);
}

void PackReader::finish() {
  if (state_ != State::complete) {
    refuse("it ends after " + std::to_string(received()) + " of " + std::to_string(total_) + " objects");
  }
  resolve_deltas();
}

/// Every delta hangs on another object; from those that are whole, all others follow. Deltas on one base
/// stand together, and are taken from there once, however many objects are that base.
void PackReader::resolve_deltas() {
  std::map<std::uint64_t, std::vector<std::size_t>> on_offset;
  std::map<ObjectId, std::vector<std::size_t>> on_id;
  std::size_t left = 0;
  std::vector<std::size_t> whole;
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    if (index % 4096 == 0) check_interrupt();
    const Entry& entry = entries_[index];
    if (entry.resolved) whole.push_back(index);
    if (entry.by_offset) on_offset[entry.base_offset].push_back(index);
    if (entry.by_id) on_id[entry.base_id].push_back(index);
    if (!entry.resolved) ++left;
  }
  const auto resolve = [&](std::size_t base, auto& waiting, const auto& key) {
    const auto found = waiting.find(key);
    if (found == waiting.end()) return;
    const std::vector<std::size_t> deltas = std::move(found->second);
    waiting.erase(found);
    for (const std::size_t index : deltas) {
      check_interrupt();
      Entry& entry = entries_[index];
      entry.object.type = entries_[base].object.type;
      entry.object.content = apply_delta(entries_[base].object.content, entry.object.content);
      name(index);
      whole.push_back(index);
      --left;
    }
  };
  while (left != 0 && !whole.empty()) {
    const std::size_t base = whole.back();
    whole.pop_back();
    resolve(base, on_offset, entries_[base].offset);
    resolve(base, on_id, entries_[base].id);
  }
  if (left != 0) refuse(std::to_string(left) + " deltas are based on objects that it did not send");
}

std::string PackReader::apply_delta(std::string_view base, std::string_view delta) {
  DeltaBytes bytes(delta);
  const std::uint64_t base_size = bytes.number();
  const std::uint64_t size = bytes.number();
  if (bytes.broken() || base_size != base.size()) refuse("a delta does not fit what it is based on");
  count(size);
  std::string result;
  result.reserve(static_cast<std::size_t>(std::min(size, base_size + delta.size() + grown_at_once)));
  while (!bytes.empty()) {
    const std::uint64_t code = bytes.byte();
    std::string_view piece;
    if ((code & 0x80U) != 0) {
      std::uint64_t from = 0;
      std::uint64_t length = 0;
      for (unsigned bit = 0; bit < 4; ++bit) {
        if ((code & (1U << bit)) != 0) from |= bytes.byte() << (8 * bit);
      }
      for (unsigned bit = 0; bit < 3; ++bit) {
        if ((code & (0x10U << bit)) != 0) length |= bytes.byte() << (8 * bit);
      }
      if (bytes.broken()) refuse("a delta is cut short");
      if (length == 0) length = 0x10000;
      if (from > base.size() || length > base.size() - from) refuse("a delta copies from beyond its base");
      piece = base.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length));
    } else if (code != 0) {
      piece = bytes.take(static_cast<std::size_t>(code));
    } else {
      refuse("a delta has an instruction that there is not");
    }
    if (bytes.broken()) refuse("a delta is cut short");
    if (piece.size() > size - result.size()) refuse("a delta makes more than it says");
    result += piece;
  }
  if (result.size() != size) refuse("a delta makes less than it says");
  return result;
}

const PackReader::Object* PackReader::find(const ObjectId& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &entries_[found->second].object;
}

}  // namespace gostrap
