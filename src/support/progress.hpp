// What long work tells whoever watches. The libraries only speak to these interfaces; the command line
// decides what a terminal, a pipe or a program sees of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace gostrap {

/// Of one step. Used by one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;

  /// A new phase of the step begins ("Building toolchain3").
  virtual void phase(const std::string& text) = 0;
  /// How far the phase is: `done` of `total` (0: unknown) `unit`s, such as "bytes" or "objects".
  virtual void amount(std::uint64_t done, std::uint64_t total, const char* unit) = 0;
  /// A line that must not be lost: a warning, an origin that failed, a fallback.
  virtual void note(const std::string& text) = 0;
};

/// Of the steps of a plan, several of which may run at a time, each in a thread of its own.
class PlanProgress {
 public:
  virtual ~PlanProgress() = default;

  /// How many steps there will be.
  virtual void expect(std::size_t steps) = 0;
  /// A step begins: "go1.24.4-host-linux-amd64". It is over when end() is called for it.
  virtual std::shared_ptr<Progress> begin(const std::string& name) = 0;
  /// `failure` is empty for a step that is done, else says why it is not.
  virtual void end(const std::string& name, const std::string& failure) = 0;
  /// How long all that is left will take, in seconds.
  virtual void estimate(double seconds) = 0;
};

/// For callers that do not care.
class Silent final : public Progress {
 public:
  void phase(const std::string&) override {}
  void amount(std::uint64_t, std::uint64_t, const char*) override {}
  void note(const std::string&) override {}
};

}  // namespace gostrap
