// Go's own compressor, compress/flate at level 9, bit for bit: what upstream's archives were made with. So an
// archive can be packed, and its checksum held against the published one, by a program that has nothing to do
// with the toolchain in question. The algorithm stood still from Go 1.7 on; where a release has another one,
// the bits differ, and nothing is proved.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace gostrap {

class GoDeflate {
 public:
  explicit GoDeflate(std::function<void(std::string_view)> out);
  ~GoDeflate();
  GoDeflate(const GoDeflate&) = delete;
  GoDeflate& operator=(const GoDeflate&) = delete;

  void write(std::string_view bytes);
  /// Once, at the end.
  void finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// The same in a gzip file, as compress/gzip writes it without name and time.
class GoGzip {
 public:
  explicit GoGzip(std::function<void(std::string_view)> out);

  void write(std::string_view bytes);
  void finish();

 private:
  std::function<void(std::string_view)> out_;
  GoDeflate deflate_;
  std::uint32_t crc_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace gostrap
