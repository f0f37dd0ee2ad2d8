#include "source/pack.hpp"

#include "source/packed.hpp"
#include "source/samples.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string of_id(const ObjectId& id) {
  return {id.begin(), id.end()};
}
/// How far back a base lies, for distances below 128.
std::string back(std::uint64_t distance) {
  return std::string(1, static_cast<char>(distance));
}

constexpr unsigned blob = 3;
constexpr unsigned on_offset = 6;
constexpr unsigned on_id = 7;

/// Copies all of "hello" and appends " you".
const std::string delta_of_hello = std::string("\x05\x09\x90\x05\x04 you", 9);

std::string error_for(const std::string& bytes, const Limits& limits = {}) {
  return error_of([&] {
    PackReader reader(limits, "read the pack");
    reader.append(bytes);
    reader.finish();
  });
}

/// What libgit2 makes of a repository.
std::string pack_of_repository(const fs::path& place) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  git_repository_open(&repository, place.c_str());
  git_packbuilder* builder = nullptr;
  git_packbuilder_new(&builder, repository);
  git_oid id;
  git_reference_name_to_id(&id, repository, "refs/heads/main");
  git_packbuilder_insert_commit(builder, &id);
  git_buf buffer = GIT_BUF_INIT;
  git_packbuilder_write_buf(&buffer, builder);
  std::string bytes(buffer.ptr, buffer.size);
  git_buf_dispose(&buffer);
  git_packbuilder_free(builder);
  git_repository_free(repository);
  git_libgit2_shutdown();
  return bytes;
}

}  // namespace

TEST_CASE("a pack by libgit2 gives every object, in whatever pieces it comes") {
  const Scratch scratch;
  make_repository(scratch / "repo");
  const std::string bytes = pack_of_repository(scratch / "repo");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, bytes.size()}) {
    PackReader reader({}, "read the pack");
    for (std::size_t at = 0; at < bytes.size(); at += piece) reader.append(bytes.substr(at, piece));
    reader.finish();
    CHECK(reader.received() == reader.total());
    for (const auto& [name, content] : sample_files()) {
      const PackReader::Object* const object = reader.find(object_id("blob", content));
      REQUIRE(object != nullptr);
      CHECK(object->content == content);
      CHECK(object->type == PackReader::Type::blob);
    }
    CHECK(reader.find(object_id("blob", "not there")) == nullptr);
  }
}

TEST_CASE("deltas on an offset, on an id, on each other and before their base are resolved") {
  Packed pack;
  // based on what comes later, and on a delta
  pack.object(on_id, std::string("\x09\x02\x91\x07\x02", 5), of_id(object_id("blob", "hello you")));
  const std::uint64_t base = pack.object(blob, "hello");
  pack.object(on_offset, delta_of_hello, back(pack.next_offset() - base));
  PackReader reader({}, "read the pack");
  reader.append(pack.bytes());
  reader.finish();
  REQUIRE(reader.find(object_id("blob", "hello you")) != nullptr);
  CHECK(reader.find(object_id("blob", "hello you"))->content == "hello you");
  CHECK(reader.find(object_id("blob", "ou")) != nullptr);
}

TEST_CASE("deltas that reach beyond their base or size are refused") {
  const auto with = [](const std::string& delta) {
    Packed pack;
    pack.object(blob, "hello");
    pack.object(on_id, delta, of_id(object_id("blob", "hello")));
    return error_for(pack.bytes());
  };
  CHECK(with(delta_of_hello).empty());
  CHECK(contains(with(std::string("\x06\x09\x90\x05\x04 you", 9)), "does not fit"));
  CHECK(contains(with(std::string("\x05\x09\x90\x06\x04 you", 9)), "beyond its base"));
  CHECK(contains(with(std::string("\x05\x06\x91\xff\x05", 5)), "beyond its base"));
  CHECK(contains(with(std::string("\x05\x04\x90\x05", 4)), "more than it says"));
  CHECK(contains(with(std::string("\x05\x10\x90\x05", 4)), "less than it says"));
  CHECK(contains(with(std::string("\x05\x09\x90\x05\x04 yo", 8)), "cut short"));
  CHECK(contains(with(std::string("\x05\x09\x90", 3)), "cut short"));
  CHECK(contains(with(std::string("\x05\x09\x00", 3)), "instruction"));
  CHECK(!with("").empty());
  CHECK(!with(std::string(20, '\xff')).empty());
}

TEST_CASE("deltas on nothing, on themselves or in a circle are refused") {
  Packed nothing;
  nothing.object(on_id, delta_of_hello, of_id(object_id("blob", "hello")));
  CHECK(contains(error_for(nothing.bytes()), "did not send"));
  for (const std::uint64_t distance : {0U, 13U, 127U}) {
    Packed pack;
    pack.object(on_offset, delta_of_hello, back(distance));
    CHECK(!error_for(pack.bytes()).empty());
  }
  Packed between;  // an offset that is inside of an object
  const std::uint64_t base = between.object(blob, "hello");
  between.object(on_offset, delta_of_hello, back(between.next_offset() - base - 1));
  CHECK(contains(error_for(between.bytes()), "did not send"));
}

TEST_CASE("sizes that lie are refused") {
  for (const std::uint64_t claimed : {0U, 4U, 6U, 1'000'000U}) {
    Packed pack;
    pack.object(blob, "hello", {}, claimed);
    CHECK(contains(error_for(pack.bytes()), "than it says"));
  }
  Packed pack;
  pack.object(blob, "hello", {}, std::uint64_t{1} << 50U);
  CHECK(contains(error_for(pack.bytes()), "--max-bytes"));
  Packed impossible;
  impossible.object(blob, "hello", {}, UINT64_MAX - 1);
  CHECK(contains(error_for(impossible.bytes()), "impossible size"));
}

TEST_CASE("limits hold for packs") {
  Limits limits;
  limits.bytes = 12;
  Packed pack;
  pack.object(blob, "hello");
  pack.object(on_id, delta_of_hello, of_id(object_id("blob", "hello")));
  CHECK(contains(error_for(pack.bytes(), limits), "12 is the limit"));
  limits = {};
  limits.entries = 0;
  CHECK(contains(error_for(pack.bytes(), limits), "--max-entries"));
}

TEST_CASE("what is no pack, cut anywhere or damaged anywhere is refused") {
  CHECK(contains(error_for(std::string("PACK\0\0\0\3\0\0\0\1 whatever", 21)), "pack of version 2"));
  CHECK(!error_for("").empty());
  Packed pack;
  const std::uint64_t base = pack.object(blob, "hello");
  pack.object(on_offset, delta_of_hello, back(pack.next_offset() - base));
  pack.object(blob, std::string(3001, 'x'));
  const std::string whole = pack.bytes();
  REQUIRE(error_for(whole).empty());
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(!error_for(whole.substr(0, size)).empty());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U << bit));
      CHECK(!error_for(damaged).empty());
    }
  }
  CHECK(contains(error_for(whole + "x"), "behind its end"));
  CHECK(!error_for(pack.bytes(2)).empty());
  CHECK(!error_for(pack.bytes(4)).empty());
}

namespace {

/// As `bytes(claimed)`, for any number of objects.
std::string many(const Packed& packed, std::uint32_t count) {
  std::string pack = packed.bytes(0);
  pack.resize(pack.size() - 20);
  for (unsigned i = 0; i < 4; ++i) pack[8 + i] = static_cast<char>(count >> (8 * (3 - i)) & 0xffU);
  const ObjectId sum = sha1(pack);
  return pack + std::string(sum.begin(), sum.end());
}

}  // namespace

TEST_CASE("deltas on one base are looked at once, however often the base is there") {
  // each with each would be 400 million looks
  const std::string base = of_id(object_id("blob", "x"));
  const std::string delta("\1\1\1y", 4);
  Packed packed;
  for (int each = 0; each < 20'000; ++each) packed.object(blob, "x");
  for (int each = 0; each < 20'000; ++each) packed.object(on_id, delta, base);
  PackReader reader({}, "read the pack");
  const auto start = std::chrono::steady_clock::now();
  reader.append(many(packed, packed.count()));
  reader.finish();
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  REQUIRE(reader.find(object_id("blob", "y")) != nullptr);
}

TEST_CASE("ids that begin alike are told apart as fast as others") {
  const std::string delta("\1\1\1y", 4);
  Packed packed;
  for (unsigned each = 0; each < 40'000; ++each) {
    std::string base(20, '\0');
    for (unsigned i = 0; i < 4; ++i) base[12 + i] = static_cast<char>(each >> (8 * i) & 0xffU);
    packed.object(on_id, delta, base);
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(contains(error_for(many(packed, packed.count())),
                 "40000 deltas are based on objects that it did not send"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}
