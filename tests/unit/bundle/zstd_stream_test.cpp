#include "bundle/zstd_stream.hpp"

#include "bundle/zstd_sink.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string packed(const std::string& text, std::size_t piece) {
  std::string bytes;
  ZstdSink sink([&](std::string_view each) { bytes += each; });
  for (std::size_t at = 0; at < text.size(); at += piece)
    sink.write(std::string_view(text).substr(at, piece));
  sink.finish();
  return bytes;
}

std::string unpacked(const std::string& bytes, const Limits& limits = {}) {
  ZstdStream stream(memory_source(bytes, "bundle"), limits);
  std::string text;
  for (std::string block = stream.next(); !block.empty(); block = stream.next()) text += block;
  CHECK(stream.bytes_read() == bytes.size());
  return text;
}

std::string sample() {
  std::string text;
  for (int line = 0; line < 300'000; ++line) text += "line " + std::to_string(line) + "\n";
  return text;
}

}  // namespace

TEST_CASE("zstd: the bytes depend on the content alone, and come out again") {
  const std::string text = sample();
  const std::string bytes = packed(text, 1'000'000);
  CHECK(bytes.size() < text.size() / 4);
  CHECK(bytes == packed(text, 777));
  CHECK(unpacked(bytes) == text);
}

TEST_CASE("zstd: what is cut, or goes on behind its end, is refused") {
  const std::string bytes = packed(sample(), 100'000);
  const auto refusal = [](const std::string& all) { return error_of([&] { unpacked(all); }); };
  CHECK(contains(refusal(bytes.substr(0, bytes.size() / 2)), "it ends too early: it is truncated"));
  CHECK(contains(refusal(bytes + "x"), "something stands behind its end"));
  CHECK(contains(refusal("no bundle"), "it is not a bundle: "));
  CHECK(contains(refusal(""), "it ends too early"));
}

TEST_CASE("zstd: what becomes very large is refused while it does") {
  const std::string zeros = packed(std::string(80'000'000, '\0'), 1'000'000);
  CHECK(contains(error_of([&] { unpacked(zeros); }), "--max-ratio"));
  Limits limits;
  limits.bytes = 1'000'000;
  CHECK(contains(error_of([&] { unpacked(zeros, limits); }), "1000000 is the limit"));
}

TEST_CASE("zstd: who stops reading does not wait for the rest") {
  const std::string bytes = packed(std::string(40'000'000, 'x'), 1'000'000);
  ZstdStream stream(memory_source(bytes, "bundle"), Limits());
  CHECK_FALSE(stream.next().empty());
}

TEST_CASE("zstd: what the sink below throws comes out") {
  const std::string error = error_of([] {
    ZstdSink sink([](std::string_view) { throw Error("write it", "it is full"); });
    sink.write("x");
    sink.finish();
  });
  CHECK(contains(error, "it is full"));
}
