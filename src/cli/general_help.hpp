// What is to be said of gostrap itself: its help, and what its manual page shares with that.
#pragma once

#include <array>
#include <ostream>

namespace gostrap {

constexpr const char* what_gostrap_does =
    "builds Go toolchains from pinned source and hands them out as SDKs:\n"
    "the same bits that go.dev publishes, built by you.\n";

constexpr const char* what_a_port_is =
    "A PORT is GOOS/GOARCH (linux/riscv64, windows/amd64), an architecture of linux (arm64,\n"
    "riscv64), wasm (js/wasm) or wasi (wasip1/wasm).\n";

struct ExitMeaning {
  int code;
  const char* what;
};
inline constexpr std::array exit_meanings{ExitMeaning{0, "done"},
                                          ExitMeaning{1, "a check found a difference"},
                                          ExitMeaning{2, "could not do it"}, ExitMeaning{130, "interrupted"}};

void print_general_help(std::ostream& out);

}  // namespace gostrap
