// libgit2's handles as values that free themselves, and its errors as exceptions. Only git*.cpp include this.
#pragma once

#include "support/error.hpp"

#include <git2.h>

#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // of libgit2 1.8 and newer
#endif

#include <memory>
#include <string>

namespace gostrap::git {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

using Repository = std::unique_ptr<git_repository, Free<git_repository_free>>;
using Remote = std::unique_ptr<git_remote, Free<git_remote_free>>;
using Reference = std::unique_ptr<git_reference, Free<git_reference_free>>;
using Object = std::unique_ptr<git_object, Free<git_object_free>>;
using Config = std::unique_ptr<git_config, Free<git_config_free>>;
using Commit = std::unique_ptr<git_commit, Free<git_commit_free>>;
using Tree = std::unique_ptr<git_tree, Free<git_tree_free>>;
using Odb = std::unique_ptr<git_odb, Free<git_odb_free>>;
using OdbObject = std::unique_ptr<git_odb_object, Free<git_odb_object_free>>;

/// Starts libgit2, once, with the settings that suit reading a pinned tree. Called before anything else here.
void start();

/// Before an https connection: libgit2 is told where this machine has its certificates, if its TLS library
/// does not know. Throws Error where there are none.
void trust_authorities(const std::string& doing);

/// Whether libgit2 has no error in this thread since git_error_clear().
bool said_nothing();
/// The text of libgit2's last error in this thread.
std::string last_error();

/// Throws Error(doing, last_error()) unless `result` is 0 or more.
void check(int result, const std::string& doing);

/// 40 hexadecimal digits.
std::string text(const git_oid& id);
git_oid parse_id(const std::string& digits);

/// Calls `make(&raw)`, checks its result, and wraps what it made.
template <class Handle, class Make>
Handle made(const std::string& doing, Make&& make) {
  typename Handle::pointer raw = nullptr;
  git_error_clear();  // where libgit2 fails without a word, its last one must not be taken for it
  check(make(&raw), doing);
  return Handle(raw);
}

}  // namespace gostrap::git
