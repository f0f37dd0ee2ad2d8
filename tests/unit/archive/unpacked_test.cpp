#include "archive/unpacked.hpp"

#include "archive/compressor.hpp"
#include "source/samples.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <zlib.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string text = std::string(200'000, 'x') + "end";

std::string gzip(const std::string& content) {
  std::string packed(content.size() + 1000, '\0');
  z_stream stream = {};
  ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return packed;
}

/// By one of libarchive's filters.
std::string filtered(const std::string& content, int (*filter)(struct archive*)) {
  const Scratch scratch;
  struct archive* const archive = archive_write_new();
  archive_write_set_format_raw(archive);
  filter(archive);
  archive_write_open_filename(archive, (scratch / "file").c_str());
  struct archive_entry* const entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(archive, entry);
  archive_write_data(archive, content.data(), content.size());
  archive_entry_free(entry);
  archive_write_free(archive);
  return read_file(scratch / "file");
}

struct Read {
  std::string text;
  std::uint64_t at = 0;
};

/// All that comes out of a file with these bytes, and where the reading ended.
Read read(const std::string& bytes) {
  const Scratch scratch;
  const Fd fd = open_for_reading(scratch.file("file", bytes));
  const std::unique_ptr<Unpacked> source = unpacked(fd, "read it");
  Read result;
  for (std::string_view piece; !(piece = source->next()).empty();) result.text += piece;
  CHECK(source->next().empty());
  result.at = source->at();
  return result;
}
std::string refusal(const std::string& bytes) {
  return error_of([&] { read(bytes); });
}

}  // namespace

TEST_CASE("what is packed by none of the three comes as it is, and so does nothing") {
  CHECK(read(text).text == text);
  CHECK(read("").text.empty());
  CHECK(read("\x1f").text == "\x1f");
  CHECK(read("BZh91AY").text == "BZh91AY");
}

TEST_CASE("gzip, xz and zstd are told by their first bytes, and taken off") {
  CHECK(read(gzip(text)).text == text);
  CHECK(read(filtered(text, archive_write_add_filter_xz)).text == text);
  CHECK(read(filtered(text, archive_write_add_filter_zstd)).text == text);
}

TEST_CASE("one of them is taken off, and no more") {
  CHECK(read(gzip(gzip(text))).text == gzip(text));
  const std::string inner = gzip(text);
  CHECK(read(filtered(inner, archive_write_add_filter_xz)).text == inner);
}

TEST_CASE("several gzips one behind the other are one") {
  CHECK(read(gzip("one") + gzip("") + gzip("two")).text == "onetwo");
}

TEST_CASE("what stands behind a gzip is not read: whoever asks sees that it is there") {
  const std::string packed = gzip(text);
  CHECK(read(packed).at == packed.size());
  CHECK(read(packed + "more").text == text);
  CHECK(read(packed + "more").at == packed.size());
}

TEST_CASE("a file that was cut short is told, wherever it was") {
  const std::string packed = gzip(text);
  for (const std::size_t size : {std::size_t{3}, std::size_t{12}, packed.size() / 2, packed.size() - 1}) {
    CAPTURE(size);
    CHECK(contains(refusal(packed.substr(0, size)), "it is truncated: the gzip around it has no end"));
  }
  const std::string xz = filtered(text, archive_write_add_filter_xz);
  CHECK(contains(refusal(xz.substr(0, xz.size() / 2)), "it is damaged: "));
  const std::string zstd = filtered(text, archive_write_add_filter_zstd);
  CHECK(contains(refusal(zstd.substr(0, zstd.size() / 2)), "it is damaged: "));
}

TEST_CASE("damage is told in the words of whoever reads") {
  std::string packed = gzip(text);
  packed[packed.size() - 5] ^= 1;  // its checksum
  CHECK(contains(refusal(packed), "cannot read it: it is damaged: the gzip around it: "));
  packed = gzip(text);
  packed[2] = 7;  // a method that there is not
  CHECK(contains(refusal(packed), "cannot read it: it is damaged: "));
}
