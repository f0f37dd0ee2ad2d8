// WebAssembly's binary format, version 1: sections, imports and data segments.
#pragma once

#include "program/bytes.hpp"
#include "program/format_reading.hpp"

namespace gostrap {

FormatReading read_wasm(const Bytes& bytes);

}  // namespace gostrap
