#include "bundle/zstd_stream.hpp"

#include <zstd.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20U;
constexpr std::size_t blocks_ahead = 8;
constexpr std::uint64_t ratio_floor = std::uint64_t{64} << 20U;  // so little harms nobody
constexpr int largest_window_log = 27;                           // 128 MB
constexpr const char* cut = "it ends too early";

struct Free {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

ZstdStream::ZstdStream(std::unique_ptr<ByteSource> source, const Limits& limits)
    : source_(std::move(source)), limits_(limits), doing_("read " + source_->name()), blocks_(blocks_ahead) {
  worker_ = std::thread([this] {
    try {
      decompress();
      blocks_.end();
    } catch (...) {
      blocks_.fail(std::current_exception());
    }
  });
}

ZstdStream::~ZstdStream() {
  blocks_.close();
  worker_.join();
}

Error ZstdStream::refusal(const std::string& why) const {
  return {doing_, why, "Get it again from where it was made, and compare the SHA-256 of the two."};
}

Error ZstdStream::truncated() const {
  const std::string next = source_->where_it_ends();
  if (next.empty()) return refusal(std::string(cut) + ": it is truncated");
  return {doing_, std::string(cut) + " and there is no " + next,
          "Put all parts into one directory, or name all of them in order."};
}

/// Counts a block that was made.
void ZstdStream::bound(std::size_t size) {
  made_ += size;
  if (made_ > limits_.bytes) throw over_limit(doing_, "bytes", made_, limits_.bytes, "--max-bytes");
  const std::uint64_t most =
      limits_.ratio != 0 && read_ > UINT64_MAX / limits_.ratio ? UINT64_MAX : read_ * limits_.ratio;
  if (made_ > std::max(ratio_floor, most)) {
    throw Error(doing_,
                "its " + std::to_string(read_) + " bytes so far became " + std::to_string(made_) +
                    ", which is over " + std::to_string(limits_.ratio) + " times as many",
                "If that is what you expect of it, raise the limit: --max-ratio NUMBER.");
  }
}

void ZstdStream::decompress() {
  const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  if (!context) throw Error(doing_, "there is no memory for it");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_window_log);
  std::string given(ZSTD_DStreamInSize(), '\0');
  std::string block(block_size, '\0');
  std::size_t filled = 0;
  bool in_frame = true;  // there has to be one
  while (const std::size_t count = source_->read(given.data(), given.size())) {
    read_ += count;
    ZSTD_inBuffer in{given.data(), count, 0};
    bool more = true;
    while (in.pos < in.size || more) {
      if (!in_frame && in.pos < in.size) throw refusal("something stands behind its end");
      if (!in_frame) break;
      ZSTD_outBuffer out{block.data(), block.size(), filled};
      const std::size_t result = ZSTD_decompressStream(context.get(), &out, &in);
      if (ZSTD_isError(result) != 0) {
        throw refusal((made_ + filled == 0 ? "it is not a bundle: " : "it is damaged: ") +
                      std::string(ZSTD_getErrorName(result)));
      }
      in_frame = result != 0;
      filled = out.pos;
      more = filled == block.size();
      // what there is goes on at the end of what was given too: who wants the beginning need not wait
      if (filled == 0 || (!more && in.pos < in.size)) continue;
      block.resize(filled);
      bound(filled);
      if (!blocks_.push(std::move(block))) return;
      block.assign(block_size, '\0');
      filled = 0;
    }
  }
  if (in_frame) throw truncated();
}

}  // namespace gostrap
