// A part of a CI system's log that is closed until somebody opens it: the lines of a plan are many, and what
// matters are its end and its errors.
#pragma once

#include <string>

namespace gostrap {

/// From its beginning to its end, on standard error, where the environment says whose log that is
/// (GITHUB_ACTIONS, GITLAB_CI); elsewhere nothing.
class LogGroup {
 public:
  explicit LogGroup(const std::string& title);
  ~LogGroup();
  LogGroup(const LogGroup&) = delete;
  LogGroup& operator=(const LogGroup&) = delete;

 private:
  std::string end_;  ///< what ends it; empty where there is none
};

}  // namespace gostrap
