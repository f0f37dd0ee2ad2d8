// The compressor of bundles, on the way to a sink: a fixed level, and a fixed number of threads, since it
// cuts its work by whether there are any. What is in a bundle makes its bytes, and the library's version.
#pragma once

#include "archive/handles.hpp"

#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace gostrap {

class ZstdSink {
 public:
  explicit ZstdSink(Sink below);

  void write(std::string_view bytes);
  void finish();

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::size_t step(std::string_view& bytes, bool last);

  Sink below_;
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
  std::string buffer_;
};

}  // namespace gostrap
