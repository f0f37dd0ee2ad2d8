// What the words of a command line can be, by what stands for them in help ("PORT", "DIR"): so that a shell
// can complete them, and whoever adds an option has to say which it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

enum class ValueKind {
  free,             ///< nobody can say which there are: a number, a URL, flags
  file,             ///< or a directory
  directory,        ///< the shell knows both
  words,            ///< these, and no others
  port,             ///< of the release
  pattern,          ///< of ports
  port_at_release,  ///< "riscv64@1.24.4"
  usable_port,      ///< one whose SDK the store has, where it has any
  release,          ///< or a file that says which
  profile,          ///< "GOGC=200,GOAMD64=v3"
  any_entry,        ///< the path of an entry of the store
  host_entry,
  source_entry,
  sdk_entry,
  toolchain_entry,
  archives_entry,
  expectation,  ///< "static,GOARM64=v8.0"
  origin,       ///< "1.24.4=FILE", or a file
  verb,
  part,  ///< of the verb before it
};

struct Value {
  std::vector<ValueKind> kinds;
  std::vector<std::string> words;  ///< further ones, that stand for themselves
};

/// `of` is the option ("--release") or the verb ("bundle create") that the value belongs to. Throws
/// std::out_of_range for a placeholder that no table has.
Value value_of(std::string_view placeholder, std::string_view of);

}  // namespace gostrap
