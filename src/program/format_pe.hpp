// PE, as Microsoft's "PE Format" describes it.
#pragma once

#include "program/bytes.hpp"
#include "program/format_reading.hpp"

namespace gostrap {

FormatReading read_pe(const Bytes& bytes);

}  // namespace gostrap
