// What a long step tells whoever watches. The libraries only speak to this interface; the command line
// decides what a terminal or a pipe sees of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace gostrap {

class Progress {
 public:
  virtual ~Progress() = default;

  /// A step of the plan begins: "go1.24.4-host-linux-amd64", number `number` of `total`.
  virtual void step(const std::string& name, std::size_t number, std::size_t total) = 0;
  /// The current step is done.
  virtual void step_done() = 0;
  /// A new phase of the current step begins ("Building toolchain3").
  virtual void phase(const std::string& text) = 0;
  /// How far the phase is: `done` of `total` (0: unknown) `unit`s, such as "bytes" or "objects".
  virtual void amount(std::uint64_t done, std::uint64_t total, const char* unit) = 0;
  /// A line that must not be lost: a warning, an origin that failed, a fallback.
  virtual void note(const std::string& text) = 0;
};

/// For callers that do not care.
class Silent final : public Progress {
 public:
  void step(const std::string&, std::size_t, std::size_t) override {}
  void step_done() override {}
  void phase(const std::string&) override {}
  void amount(std::uint64_t, std::uint64_t, const char*) override {}
  void note(const std::string&) override {}
};

}  // namespace gostrap
