#include "bundle/stream.hpp"

#include "archive/untrusted_name.hpp"
#include "archive/utf8_locale.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace gostrap {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20U;
constexpr std::size_t blocks_ahead = 8;
constexpr std::uint64_t ratio_floor = std::uint64_t{64} << 20U;  // so little harms nobody
constexpr int largest_window_log = 27;                           // 128 MB
constexpr const char* cut = "it ends too early";

bool plain_extras(struct archive_entry* entry) {
  const auto said = [](const char* text) { return text != nullptr && *text != '\0'; };
  return !said(archive_entry_uname(entry)) && !said(archive_entry_gname(entry)) &&
         archive_entry_xattr_count(entry) == 0 && archive_entry_acl_types(entry) == 0 &&
         archive_entry_fflags_text(entry) == nullptr;
}

struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// The decompressed bytes of a source, made ahead by a thread.
class Decompressor {
 public:
  Decompressor(std::unique_ptr<ByteSource> source, const Limits& limits)
      : source_(std::move(source)), limits_(limits), doing_("read " + source_->name()) {
    worker_ = std::thread([this] { work(); });
  }
  ~Decompressor() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  /// The next block, empty at the end.
  std::string pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !blocks_.empty() || done_; });
    if (blocks_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return {};
    }
    std::string block = std::move(blocks_.front());
    blocks_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return block;
  }

  const ByteSource& source() const { return *source_; }
  const std::string& doing() const { return doing_; }
  std::uint64_t bytes_read() const { return read_.load(); }
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(doing_, why, "Get it again from where it was made, and compare the SHA-256 of the two.");
  }
  [[noreturn]] void refuse_end() const {
    const std::string next = source_->where_it_ends();
    if (next.empty()) refuse(std::string(cut) + ": it is truncated");
    throw Error(doing_, std::string(cut) + " and there is no " + next,
                "Put all parts into one directory, or name all of them in order.");
  }

 private:
  void work() {
    try {
      decompress();
    } catch (...) {
      failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    done_ = true;
    changed_.notify_all();
  }

  /// False once nobody wants any more.
  bool push(std::string block) {
    made_ += block.size();
    if (made_ > limits_.bytes) throw over_limit(doing_, "bytes", made_, limits_.bytes, "--max-bytes");
    const std::uint64_t most =
        limits_.ratio != 0 && read_ > UINT64_MAX / limits_.ratio ? UINT64_MAX : read_ * limits_.ratio;
    if (made_ > std::max(ratio_floor, most)) {
      throw Error(doing_,
                  "its " + std::to_string(read_) + " bytes so far became " + std::to_string(made_) +
                      ", which is over " + std::to_string(limits_.ratio) + " times as many",
                  "If that is what you expect of it, raise the limit: --max-ratio NUMBER.");
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ending_ || blocks_.size() < blocks_ahead; });
    if (ending_) return false;
    blocks_.push_back(std::move(block));
    changed_.notify_all();
    return true;
  }

  void decompress() {
    const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
    if (!context) throw Error(doing_, "there is no memory for it");
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_window_log);
    std::string given(ZSTD_DStreamInSize(), '\0');
    std::string block(block_size, '\0');
    std::size_t filled = 0;
    bool in_frame = true;  // there has to be one
    while (true) {
      const std::size_t count = source_->read(given.data(), given.size());
      if (count == 0) break;
      read_ += count;
      ZSTD_inBuffer in{given.data(), count, 0};
      bool more = true;
      while (in.pos < in.size || more) {
        if (!in_frame && in.pos < in.size) refuse("something stands behind its end");
        if (!in_frame) break;
        ZSTD_outBuffer out{block.data(), block.size(), filled};
        const std::size_t result = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(result) != 0) {
          refuse(made_ + filled == 0 ? std::string("it is not a bundle: ") + ZSTD_getErrorName(result)
                                     : std::string("it is damaged: ") + ZSTD_getErrorName(result));
        }
        in_frame = result != 0;
        filled = out.pos;
        more = filled == block.size();
        // what there is goes on at the end of what was given too: who wants the beginning need not wait
        if (filled == 0 || (!more && in.pos < in.size)) continue;
        block.resize(filled);
        if (!push(std::move(block))) return;
        block.assign(block_size, '\0');
        filled = 0;
      }
    }
    if (in_frame) refuse_end();
  }

  std::unique_ptr<ByteSource> source_;
  Limits limits_;
  std::string doing_;
  std::atomic<std::uint64_t> read_{0};
  std::uint64_t made_ = 0;  // of the thread only
  std::mutex mutex_;        // guards what follows
  std::condition_variable changed_;
  std::deque<std::string> blocks_;
  std::exception_ptr failure_;
  bool done_ = false, ending_ = false;
  std::thread worker_;
};

struct FreeArchive {
  void operator()(struct archive* handle) const { archive_read_free(handle); }
};

}  // namespace

struct TarStream::State {
  State(std::unique_ptr<ByteSource> source, const Limits& limits) : bytes(std::move(source), limits) {}

  Utf8Locale locale;
  Decompressor bytes;
  std::string block;
  std::string before;  ///< the end of the block before
  bool ended = false;
  std::exception_ptr failure;  ///< carried across libarchive
  std::unique_ptr<struct archive, FreeArchive> archive;
  struct archive_entry* entry = nullptr;
  std::uint64_t size = 0;   ///< of the file at hand
  std::uint64_t given = 0;  ///< tar bytes that libarchive got

  static la_ssize_t give(struct archive* handle, void* state, const void** data) {
    auto& self = *static_cast<State*>(state);
    try {
      constexpr std::size_t kept = 4096;
      self.before = self.block.size() > kept ? self.block.substr(self.block.size() - kept) : self.block;
      self.block = self.bytes.pop();
      self.ended = self.block.empty();
      self.given += self.block.size();
      *data = self.block.data();
      return static_cast<la_ssize_t>(self.block.size());
    } catch (...) {
      self.failure = std::current_exception();
      archive_set_error(handle, EIO, "not read");
      return -1;
    }
  }

  [[noreturn]] void fail() {
    if (failure) std::rethrow_exception(failure);
    const char* const text = archive_error_string(archive.get());
    const std::string why = text != nullptr ? printable(text) : "the tar in it is malformed";
    if (ended && why.find("runcated") != std::string::npos) bytes.refuse_end();
    bytes.refuse("it is damaged: " + why);
  }

  /// libarchive stops at the mark of the end, and is content without one: there has to be one, and padding is
  /// all that may follow.
  void require_end() {
    const auto at = static_cast<std::uint64_t>(archive_read_header_position(archive.get()));
    const std::string rest_at_hand = before + block;
    const std::uint64_t start = given - rest_at_hand.size();
    if (at < start) bytes.refuse("the tar in it is malformed at its end");
    bool marked = false;
    std::uint64_t rest = 0;
    const auto check = [&](std::string_view zeros) {
      rest += zeros.size();
      marked = rest >= 1024;
      const bool all = std::all_of(zeros.begin(), zeros.end(), [](char each) { return each == '\0'; });
      if (!all || rest > (std::size_t{1} << 20U)) {
        bytes.refuse("something stands behind the end of the tar in it");
      }
    };
    check(std::string_view(rest_at_hand).substr(static_cast<std::size_t>(at - start)));
    while (!ended) {
      block = bytes.pop();
      ended = block.empty();
      check(block);
    }
    if (!marked) bytes.refuse_end();
  }
};

TarStream::TarStream(std::unique_ptr<ByteSource> source, const Limits& limits)
    : state_(std::make_unique<State>(std::move(source), limits)) {
  State& state = *state_;
  state.archive.reset(archive_read_new());
  if (!state.archive) throw Error(doing(), "there is no memory for it");
  archive_read_support_format_tar(state.archive.get());
  if (archive_read_open(state.archive.get(), &state, nullptr, State::give, nullptr) != ARCHIVE_OK)
    state.fail();
}

TarStream::~TarStream() = default;

bool TarStream::next(TarMember& member) {
  check_interrupt();
  State& state = *state_;
  const int result = archive_read_next_header(state.archive.get(), &state.entry);
  if (result == ARCHIVE_EOF) {
    state.require_end();
    return false;
  }
  if (result != ARCHIVE_OK) state.fail();
  const char* const given = archive_entry_pathname(state.entry);
  if (given == nullptr) refuse("it has a name that is not in UTF-8");
  member = {};
  member.path = given;
  const unsigned type = archive_entry_filetype(state.entry);
  if ((archive_entry_perm(state.entry) & (S_ISUID | S_ISGID | S_ISVTX)) != 0) {
    refuse("the member " + in_quotes(member.path) + " has a set-uid, set-gid or sticky bit");
  }
  member.executable = (archive_entry_perm(state.entry) & S_IXUSR) != 0;
  // what unpacks it by plain tar gets these too
  const unsigned mode = archive_entry_perm(state.entry);
  const bool plain = type == AE_IFLNK || mode == 0755 || (type != AE_IFDIR && mode == 0644);
  if (!plain || archive_entry_uid(state.entry) != 0 || archive_entry_gid(state.entry) != 0 ||
      !plain_extras(state.entry)) {
    refuse("the member " + in_quotes(member.path) +
           " has a mode, an owner or attributes that gostrap never writes");
  }
  const char* const hard_link = archive_entry_hardlink(state.entry);
  const char* const symlink = archive_entry_symlink(state.entry);
  state.size = 0;
  if (hard_link != nullptr) {
    member.type = TarMember::Type::hard_link;
    member.target = hard_link;
    if (archive_entry_size(state.entry) > 0) {
      refuse("the hard link " + in_quotes(member.path) + " brings bytes of its own");
    }
  } else if (type == AE_IFDIR) {
    member.type = TarMember::Type::directory;
    if (member.path.ends_with('/')) member.path.pop_back();
  } else if (type == AE_IFLNK && symlink != nullptr) {
    member.type = TarMember::Type::symlink;
    member.target = symlink;
  } else if (type == AE_IFREG) {
    if (archive_entry_sparse_count(state.entry) > 0)
      refuse("the file " + in_quotes(member.path) + " has holes");
    const la_int64_t size = archive_entry_size(state.entry);
    if (archive_entry_size_is_set(state.entry) == 0 || size < 0) {
      refuse("the file " + in_quotes(member.path) + " has no size");
    }
    member.size = state.size = static_cast<std::uint64_t>(size);
  } else {
    refuse("the member " + in_quotes(member.path) + " is neither a file, a directory nor a link");
  }
  return true;
}

void TarStream::read(const std::function<void(std::string_view)>& take) {
  State& state = *state_;
  std::uint64_t at = 0;
  while (true) {
    check_interrupt();
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(state.archive.get(), &data, &size, &offset);
    if (result == ARCHIVE_EOF) break;
    if (result != ARCHIVE_OK) state.fail();
    if (offset < 0 || static_cast<std::uint64_t>(offset) != at || size > state.size - at) {
      refuse("a file in it is not as long as it says");
    }
    at += size;
    take({static_cast<const char*>(data), size});
  }
  if (at != state.size) refuse("a file in it is not as long as it says");
}

std::string TarStream::text(std::uint64_t limit) {
  if (state_->size > limit) {
    refuse("a part of it has " + std::to_string(state_->size) + " bytes, and " + std::to_string(limit) +
           " is the limit");
  }
  std::string text;
  text.reserve(static_cast<std::size_t>(state_->size));
  read([&](std::string_view piece) { text += piece; });
  return text;
}

const std::string& TarStream::name() const {
  return state_->bytes.source().name();
}

const std::string& TarStream::doing() const {
  return state_->bytes.doing();
}

std::uint64_t TarStream::bytes_read() const {
  return state_->bytes.bytes_read();
}

void TarStream::refuse(const std::string& why) const {
  state_->bytes.refuse(why);
}

}  // namespace gostrap
