// bin/go_GOOS_GOARCH_exec: the program that `go run` and `go test` start foreign binaries with (cmd/go looks
// it up on PATH). QEMU user mode for linux, node for js/wasm, a WASI runtime or node for wasip1/wasm.
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
/// host's own port) or none is known (windows, darwin, …).
std::vector<AddedFile> exec_wrapper(const Port& port, const Port& hosted_on, const Version& version,
                                    int layout = current_layout);

/// The name of QEMU's user-mode emulator for an architecture of linux ("qemu-aarch64"), where QEMU has one.
std::optional<std::string> qemu_program(const std::string& goarch);

/// Whether programs of `port` need no wrapper where `hosted_on` is at home.
bool runs_natively(const Port& port, const Port& hosted_on);

/// Why programs of `port` cannot be run on `hosted_on` through a wrapper, or nothing.
std::optional<std::string> why_not_run(const Port& port, const Port& hosted_on);

}  // namespace gostrap
