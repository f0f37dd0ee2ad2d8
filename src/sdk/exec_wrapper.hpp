// bin/go_GOOS_GOARCH_exec: the program that `go run` and `go test` start foreign binaries with (cmd/go looks
// it up on PATH). QEMU user mode for linux, node for js/wasm, a WASI runtime or node for wasip1/wasm, Wine
// for windows.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "sdk/manifest.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct AddedFile {
  std::string path;  ///< below the SDK
  std::string text;  ///< of a link: where it leads
  bool executable = false;
  bool link = false;
};

/// The wrapper of `port` for an SDK of that layout hosted on `hosted_on`; nothing where none is needed (the
/// host's own port) or none is known (darwin, …). That of an SDK which compiles C finds the libraries that
/// its compiler links with; for windows there is one there alone.
std::vector<AddedFile> exec_wrapper(const Port& port, const Port& hosted_on, const Version& version,
                                    int layout = plain_layout, const CCompiler* compiler = nullptr);

/// Lines of sh with which QEMU finds the libraries that the C compiler links with; may be none.
std::string qemu_library_lines(const CCompiler& compiler);

/// The name of QEMU's user-mode emulator for an architecture of linux ("qemu-aarch64"), where QEMU has one.
std::optional<std::string> qemu_program(const std::string& goarch);

/// Whether programs of `port` need no wrapper where `hosted_on` is at home.
bool runs_natively(const Port& port, const Port& hosted_on);

/// Why programs of `port` cannot be run on `hosted_on` through a wrapper, or nothing.
std::optional<std::string> why_not_run(const Port& port, const Port& hosted_on,
                                       const CCompiler* compiler = nullptr);

}  // namespace gostrap
