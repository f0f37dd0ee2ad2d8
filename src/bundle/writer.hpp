// A tar.zst whose bytes depend on nothing but what is put into it: no owner, no time, a fixed level, and a
// fixed number of threads, since the compressor cuts its work by whether there are any.
#pragma once

#include "bundle/contents.hpp"
#include "bundle/volumes.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace gostrap {

class BundleWriter {
 public:
  explicit BundleWriter(ByteSink& sink);
  ~BundleWriter();
  BundleWriter(const BundleWriter&) = delete;
  BundleWriter& operator=(const BundleWriter&) = delete;

  void directory(const std::string& path);
  void symlink(const std::string& path, const std::string& target);
  void hard_link(const std::string& path, const std::string& target, bool executable);
  void file(const std::string& path, std::string_view content, bool executable = false);
  /// The bytes of `from`, which must be as many as were counted before. False when their hash is another one:
  /// the bundle is spoilt then.
  [[nodiscard]] bool file(const std::string& path, const std::filesystem::path& from, const Item& item);
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gostrap
