// Mach-O programs without their code signature: what can be compared when one of two was signed.
#pragma once

#include <string>
#include <string_view>

namespace gostrap {

/// True for the first bytes of a 64-bit little-endian Mach-O, the only kind that Go's darwin toolchains have.
bool is_macho(std::string_view start);

struct Unsigned {
  std::string program;  ///< without its signature; as it was where it had none
  bool was_signed = false;
};

/// Takes the signature out as upstream's gorebuild does (cmd/gorebuild/darwin.go in golang.org/x/build): the
/// load command LC_CODE_SIGNATURE, which must be the last one; the bytes that it names, which must reach to
/// the end of the file, begin a signature (a SuperBlob as Apple's cs_blobs.h has it) and hold nothing behind
/// it but zeros; and their share of __LINKEDIT, whose size in memory a signer rounds up to pages. A program
/// in which anything of that is otherwise counts as having none.
Unsigned without_signature(std::string program);

}  // namespace gostrap
