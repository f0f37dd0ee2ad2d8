#include "program/format_reading.hpp"

#include "support/interrupt.hpp"

#include <utility>

namespace gostrap {

void FormatReading::add_piece(const Bytes& file, MemoryPiece piece) {
  if (data.size() >= most_pieces)
    file.refuse("its data are in more than " + std::to_string(most_pieces) + " pieces");
  piece_bytes_ += piece.bytes.size();
  if (piece_bytes_ > most_times_read * file.size())
    file.refuse("its sections lie one over the other: all together they are more than " +
                std::to_string(most_times_read) + " times its size");
  data.push_back(piece);
}

void FormatReading::add_section(const Bytes& file, std::string name, std::uint64_t size) {
  check_interrupt();
  if (facts.sections.size() >= most_sections)
    file.refuse("it has more than " + std::to_string(most_sections) + " sections, as no program has");
  if (name.size() > longest_section_name) name.resize(longest_section_name);
  facts.sections.push_back({std::move(name), size});
}

void FormatReading::add_library(const Bytes& file, std::string name) {
  if (facts.needed.size() >= most_libraries)
    file.refuse("it needs more than " + std::to_string(most_libraries) + " libraries, as no program does");
  facts.needed.push_back(std::move(name));
}

}  // namespace gostrap
