// Ports: GOOS/GOARCH pairs, the names people give them, and what each can and cannot do.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct Port {
  std::string goos, goarch;

  auto operator<=>(const Port&) const = default;
  std::string text() const { return goos + "/" + goarch; }  ///< "linux/riscv64"
  std::string dashed() const { return goos + "-" + goarch; }
  std::string underscored() const { return goos + "_" + goarch; }
};

/// Reads "linux/riscv64", "linux-riscv64", "riscv64" (linux), "wasm" (js/wasm) or "wasi" (wasip1/wasm).
/// Whether a release has the port is asked of the release. Throws UsageError for what cannot be one.
Port parse_port(const std::string& text);

/// The port this program runs on.
Port own_port();

/// Why no toolchain can be hosted on the port (upstream's releasetargets: js, wasip1, ios, android), or
/// nothing.
std::optional<std::string> why_not_hosted(const Port& port);

/// Variables that upstream sets beside GOOS and GOARCH when it builds the port's archive: GOARM=6 on
/// linux/arm (golang.org/x/build/cmd/gorebuild).
std::vector<std::pair<std::string, std::string>> upstream_settings(const Port& port);

/// The name of upstream's archive ("go1.24.4.linux-armv6l.tar.gz"; zip for windows).
std::string archive_name(const std::string& version, const Port& port);

/// The candidate that a mistyped word most likely meant, or nothing when none is near.
std::optional<std::string> nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace gostrap
