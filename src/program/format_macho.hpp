// Mach-O, as Apple's mach-o/loader.h describes it; 64-bit, one architecture.
#pragma once

#include "program/bytes.hpp"
#include "program/format_reading.hpp"

namespace gostrap {

FormatReading read_macho(const Bytes& bytes);

}  // namespace gostrap
