// ELF of 32 and 64 bits and of either byte order, by libelf. The file may be anybody's: what libelf would
// make room for, or look through, only because the file says so is counted before.
#pragma once

#include "program/bytes.hpp"
#include "program/format_reading.hpp"

namespace gostrap {

FormatReading read_elf(const Bytes& bytes);

}  // namespace gostrap
