// A hello made with an SDK's or a toolchain's own go command, in a directory of its own: what verify judges
// them by.
#pragma once

#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// One that ran and did not do what it should; every other Error is this machine's trouble.
class ProgramFailed : public Error {
 public:
  using Error::Error;
};

class Hello {
 public:
  /// The manifest outlives it.
  Hello(std::filesystem::path output, const Manifest& manifest);

  /// The program's path. `more` is laid over the environment that the go command gets. Throws ProgramFailed
  /// where the build fails.
  std::filesystem::path build(const std::string& name, const std::vector<std::string>& flags,
                              const Environment& more = {});
  /// A directory of its own below its private one, for such an environment.
  std::filesystem::path directory(const std::string& name) const;
  /// What the last build printed.
  const std::string& said() const { return said_; }
  /// What a program prints, through the exec wrapper where there is one.
  std::string run_built(const std::filesystem::path& program);

 private:
  void go(Command& command, const std::string& doing, const Environment& more = {});

  std::filesystem::path output_;
  const Manifest& manifest_;
  TemporaryDirectory private_;
  Environment environment_;
  std::string said_;
};

/// Throws Error where programs cannot be run below a place: a mount without execution is told by its own
/// name, for what is said otherwise is that there is no program.
void require_execution(const std::filesystem::path& place);

}  // namespace gostrap
