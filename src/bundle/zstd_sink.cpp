#include "bundle/zstd_sink.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <zstd.h>

#include <utility>

namespace gostrap {
namespace {

// Part of what a bundle's bytes are. Most of an SDK is programs that share code with each other, which only a
// window that holds several of them sees: 55 MB instead of 64. Both ends of the stream need the window's size
// in memory.
constexpr int level = 9;
constexpr int window_log = 26;
constexpr int threads = 2;

std::size_t check(std::size_t result) {
  if (ZSTD_isError(result) != 0) throw Error("compress a bundle", ZSTD_getErrorName(result));
  return result;
}

}  // namespace

void ZstdSink::Free::operator()(ZSTD_CCtx_s* context) const {
  ZSTD_freeCCtx(context);
}

ZstdSink::ZstdSink(Sink below)
    : below_(std::move(below)), context_(ZSTD_createCCtx()), buffer_(ZSTD_CStreamOutSize(), '\0') {
  if (!context_) throw Error("compress a bundle", "there is no memory for it");
  const auto set = [&](ZSTD_cParameter parameter, int value) {
    check(ZSTD_CCtx_setParameter(context_.get(), parameter, value));
  };
  set(ZSTD_c_compressionLevel, level);
  set(ZSTD_c_windowLog, window_log);
  set(ZSTD_c_enableLongDistanceMatching, 1);
  set(ZSTD_c_checksumFlag, 1);
  set(ZSTD_c_nbWorkers, threads);
}

void ZstdSink::write(std::string_view bytes) {
  while (!bytes.empty()) step(bytes, false);
}

void ZstdSink::finish() {
  std::string_view nothing;
  while (step(nothing, true) != 0) {
  }
}

/// Takes bytes from the front; returns how much is left to be written, at the end.
std::size_t ZstdSink::step(std::string_view& bytes, bool last) {
  check_interrupt();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
  const std::size_t left =
      check(ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue));
  if (out.pos > 0) below_({buffer_.data(), out.pos});
  bytes.remove_prefix(in.pos);
  return left;
}

}  // namespace gostrap
