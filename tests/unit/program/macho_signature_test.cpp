#include "program/macho_signature.hpp"

#include "program/macho_samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

bool is_signed(const std::string& program) {
  const Unsigned result = without_signature(program);
  if (!result.was_signed) CHECK(result.program == program);  // what is not understood stays as it is
  return result.was_signed;
}

}  // namespace

TEST_CASE("a program without its signature is the one that was signed") {
  MachO program;
  const std::string before = program.bytes();
  CHECK_FALSE(is_signed(before));
  program.blob = signature();
  CHECK(without_signature(program.bytes()).was_signed);
  CHECK(without_signature(program.bytes()).program == before);
}

TEST_CASE("a signer rounds __LINKEDIT up to pages in memory") {
  MachO program;
  const std::string before = program.bytes();
  program.blob = signature();
  program.memory_beyond = 0x4000 - 240;
  CHECK(without_signature(program.bytes()).program == before);
  program.memory_beyond = 0x4000;
  CHECK_FALSE(is_signed(program.bytes()));
}

TEST_CASE("two signatures of one program leave one program; another program stays another") {
  MachO one;
  MachO other;
  one.blob = signature(100, 160);
  other.blob = signature(3000, 4096);
  CHECK(without_signature(one.bytes()).program == without_signature(other.bytes()).program);
  other.code[10] = 'x';
  CHECK(without_signature(one.bytes()).program != without_signature(other.bytes()).program);
}

TEST_CASE("what only calls itself a signature is none") {
  MachO program;
  SUBCASE("another magic") {
    program.blob = std::string(160, 's');
  }
  SUBCASE("something behind it") {
    program.blob = signature();
    program.blob.back() = 'x';
  }
  SUBCASE("longer than its place") {
    program.blob = signature(500, 600).substr(0, 200);
  }
  SUBCASE("without a part") {
    program.blob = signature();
    program.blob.replace(8, 4, big(0));
  }
  SUBCASE("with more parts than there is room for") {
    program.blob = signature();
    program.blob.replace(8, 4, big(0x20000000));
  }
  SUBCASE("with a part outside of it") {
    program.blob = signature();
    program.blob.replace(16, 4, big(119));
  }
  SUBCASE("with a part that is too long") {
    program.blob = signature();
    program.blob.replace(24, 4, big(0xffffffff));
  }
  CHECK_FALSE(is_signed(program.bytes()));
}

TEST_CASE("a signature that does not reach to the end of the file is none") {
  MachO program;
  program.blob = signature();
  CHECK_FALSE(is_signed(program.bytes() + "x"));
  const std::string whole = program.bytes();
  CHECK_FALSE(is_signed(whole.substr(0, whole.size() - 1)));
}

TEST_CASE("whatever the bytes, nothing is read outside of them") {
  MachO program;
  program.blob = signature();
  const std::string whole = program.bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(is_signed(whole.substr(0, size)));
  for (std::size_t at = 4; at < 240; ++at) {
    for (const char value : {'\0', '\x01', '\x7f', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = value;
      is_signed(damaged);
    }
  }
}
