// What holds libarchive's objects. They call back for bytes and with bytes, and no exception may pass through
// C: what a callback throws is carried to whoever asks libarchive next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct archive;
struct archive_entry;

namespace gostrap {

constexpr std::size_t size_of_a_read = std::size_t{256} << 10U;

/// What a callback threw, put aside until C is left.
class CarriedException {
 public:
  /// False where `act` threw.
  template <class Act>
  bool guard(Act&& act) noexcept {
    try {
      act();
      return true;
    } catch (...) {
      thrown_ = std::current_exception();
      return false;
    }
  }
  explicit operator bool() const { return thrown_ != nullptr; }
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::exception_ptr thrown_;
};

struct FreeEntry {
  void operator()(struct archive_entry* entry) const;
};
using EntryHandle = std::unique_ptr<struct archive_entry, FreeEntry>;

/// A libarchive that reads what a function gives it.
class ReadingArchive {
 public:
  /// The next bytes, which stay until it is called again; none at the end.
  using Next = std::function<std::string_view()>;
  /// As lseek(2): the place that is reached.
  using Seek = std::function<std::int64_t(std::int64_t offset, int whence)>;

  explicit ReadingArchive(Next next, Seek seek = {});
  ReadingArchive(const ReadingArchive&) = delete;
  ReadingArchive& operator=(const ReadingArchive&) = delete;

  struct archive* get() const {
    return archive_.get();
  }
  /// To be called once formats and filters are chosen. False where it failed.
  bool open();
  /// After a failure: throws what a function threw, else returns what libarchive says of it, fit to be shown;
  /// empty where it says nothing.
  std::string failure() const;

 private:
  struct Free {
    void operator()(struct archive* handle) const;
  };

  Next next_;
  Seek seek_;
  CarriedException carried_;
  std::unique_ptr<struct archive, Free> archive_;  // last: it calls what stands above
};

using Sink = std::function<void(std::string_view)>;

/// A libarchive that writes to a sink. What was not closed when it goes is lost, and so is all that comes
/// after the sink has thrown: libarchive is told nothing of that, since it would not free its filters then.
class WritingArchive {
 public:
  explicit WritingArchive(Sink sink);
  ~WritingArchive();
  WritingArchive(const WritingArchive&) = delete;
  WritingArchive& operator=(const WritingArchive&) = delete;

  struct archive* get() const {
    return archive_.get();
  }
  /// To be called once format and filters are chosen. All of these throw Error(doing, what libarchive says),
  /// or what the sink threw.
  void open(const std::string& doing);
  void header(struct archive_entry& entry, const std::string& doing);
  void data(std::string_view bytes, const std::string& doing);
  void close(const std::string& doing);
  void check(int result, const std::string& doing) const;

 private:
  struct Free {
    void operator()(struct archive* handle) const;
  };

  Sink sink_;
  bool discarding_ = false;
  CarriedException carried_;
  std::unique_ptr<struct archive, Free> archive_;  // last: it calls what stands above
};

}  // namespace gostrap
