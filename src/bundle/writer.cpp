#include "bundle/writer.hpp"

#include "archive/utf8_locale.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <string>

namespace gostrap {
namespace {

// Part of what a bundle's bytes are. Most of an SDK is programs that share code with each other, which only a
// window that holds several of them sees: 55 MB instead of 64. Both ends of the stream need the window's size
// in memory.
constexpr int level = 9;
constexpr int window_log = 26;
constexpr int threads = 2;

struct FreeArchive {
  void operator()(struct archive* handle) const { archive_write_free(handle); }
};
struct FreeEntry {
  void operator()(struct archive_entry* entry) const { archive_entry_free(entry); }
};
struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

class Compressor {
 public:
  explicit Compressor(ByteSink& sink)
      : sink_(sink), context_(ZSTD_createCCtx()), buffer_(ZSTD_CStreamOutSize(), '\0') {
    if (!context_) throw Error("compress a bundle", "there is no memory for it");
    set(ZSTD_c_compressionLevel, level);
    set(ZSTD_c_windowLog, window_log);
    set(ZSTD_c_enableLongDistanceMatching, 1);
    set(ZSTD_c_checksumFlag, 1);
    set(ZSTD_c_nbWorkers, threads);
  }

  void write(std::string_view bytes) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) step(in, ZSTD_e_continue);
  }
  void finish() {
    ZSTD_inBuffer in{nullptr, 0, 0};
    while (step(in, ZSTD_e_end) != 0) {
    }
  }

 private:
  void set(ZSTD_cParameter parameter, int value) {
    check(ZSTD_CCtx_setParameter(context_.get(), parameter, value));
  }
  static std::size_t check(std::size_t result) {
    if (ZSTD_isError(result) != 0) throw Error("compress a bundle", ZSTD_getErrorName(result));
    return result;
  }
  std::size_t step(ZSTD_inBuffer& in, ZSTD_EndDirective what) {
    check_interrupt();
    ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
    const std::size_t left = check(ZSTD_compressStream2(context_.get(), &out, &in, what));
    if (out.pos > 0) sink_.write({buffer_.data(), out.pos});
    return left;
  }

  ByteSink& sink_;
  std::unique_ptr<ZSTD_CCtx, FreeCompressor> context_;
  std::string buffer_;
};

}  // namespace

struct BundleWriter::State {
  explicit State(ByteSink& sink) : compressor(sink) {}

  Utf8Locale locale;
  Compressor compressor;
  std::exception_ptr failure;  ///< carried across libarchive
  bool discarding = false;     ///< nothing more is written
  std::unique_ptr<struct archive, FreeArchive> archive;
  std::unique_ptr<struct archive_entry, FreeEntry> entry;
  std::string buffer = std::string(std::size_t{256} << 10U, '\0');

  /// What comes after a failure is dropped, and libarchive is told nothing of it: it would not release its
  /// buffer then.
  static la_ssize_t take(struct archive* /*handle*/, void* state, const void* data, std::size_t size) {
    auto& self = *static_cast<State*>(state);
    try {
      if (!self.discarding) self.compressor.write({static_cast<const char*>(data), size});
    } catch (...) {
      self.failure = std::current_exception();
      self.discarding = true;
    }
    return static_cast<la_ssize_t>(size);
  }

  void check(la_ssize_t result) {
    if (failure) std::rethrow_exception(failure);
    if (result >= ARCHIVE_OK) return;
    const char* const text = archive_error_string(archive.get());
    throw Error("write a bundle", text != nullptr ? text : "libarchive refused to");
  }

  /// Nothing of the machine, of the user or of the hour.
  void header(const std::string& path, unsigned type, unsigned mode, std::uint64_t size) {
    check_interrupt();
    archive_entry_clear(entry.get());
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_filetype(entry.get(), type);
    archive_entry_set_perm(entry.get(), mode);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_uid(entry.get(), 0);
    archive_entry_set_gid(entry.get(), 0);
  }
  void write_header() { check(archive_write_header(archive.get(), entry.get())); }
  void write(std::string_view bytes) { check(archive_write_data(archive.get(), bytes.data(), bytes.size())); }
};

BundleWriter::BundleWriter(ByteSink& sink) : state_(std::make_unique<State>(sink)) {
  State& state = *state_;
  state.archive.reset(archive_write_new());
  state.entry.reset(archive_entry_new());
  if (!state.archive || !state.entry) throw Error("write a bundle", "there is no memory for it");
  archive_write_set_format_pax_restricted(state.archive.get());
  archive_write_set_bytes_per_block(state.archive.get(), 256 << 10);
  archive_write_set_bytes_in_last_block(state.archive.get(), 1);
  state.check(archive_write_open(state.archive.get(), &state, nullptr, State::take, nullptr));
}

BundleWriter::~BundleWriter() {
  state_->discarding = true;  // what was not finished is thrown away
}

void BundleWriter::directory(const std::string& path) {
  state_->header(path + "/", AE_IFDIR, 0755, 0);
  state_->write_header();
}

void BundleWriter::symlink(const std::string& path, const std::string& target) {
  state_->header(path, AE_IFLNK, 0777, 0);
  archive_entry_set_symlink(state_->entry.get(), target.c_str());
  state_->write_header();
}

void BundleWriter::hard_link(const std::string& path, const std::string& target, bool executable) {
  state_->header(path, AE_IFREG, executable ? 0755 : 0644, 0);
  archive_entry_set_hardlink(state_->entry.get(), target.c_str());
  state_->write_header();
}

void BundleWriter::file(const std::string& path, std::string_view content, bool executable) {
  state_->header(path, AE_IFREG, executable ? 0755 : 0644, content.size());
  state_->write_header();
  state_->write(content);
}

bool BundleWriter::file(const std::string& path, const fs::path& from, const Item& item) {
  const Fd fd = open_for_reading(from);
  state_->header(path, AE_IFREG, item.executable ? 0755 : 0644, item.size);
  state_->write_header();
  std::uint64_t left = item.size;
  std::string& buffer = state_->buffer;
  Sha256 hash;
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw system_error("read " + from.string());
    if (count == 0) break;
    left -= std::min<std::uint64_t>(left + 1, static_cast<std::uint64_t>(count));
    if (left > item.size) break;
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
    hash.update(piece);
    state_->write(piece);
  }
  if (left != 0) throw Error("bundle " + from.string(), "it changed while it was read");
  return hash.finish() == item.digest;
}

void BundleWriter::finish() {
  state_->check(archive_write_close(state_->archive.get()));
  state_->compressor.finish();
}

}  // namespace gostrap
