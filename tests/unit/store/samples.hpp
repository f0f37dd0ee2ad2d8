// A store with small entries of all kinds and origins.
#pragma once

#include "store/store.hpp"
#include "support/testing.hpp"

#include <string>

namespace gostrap::testing {

/// What is told of an entry beside its key.
struct Of {
  std::string step = "sdk";
  std::string port = "linux/riscv64";
  std::string made = "2026-01-01T00:00:00Z";
  std::string release = "1.99.0";
  bool strangers = false;
};

struct Shelf {
  Scratch scratch;
  Store store{scratch / "store"};

  /// An entry with a file in it; returns its name.
  std::string put(char key, const Of& of = {}) const {
    const std::string entry = std::string(32, key) + "-go" + of.release + "-" + of.step;
    scratch.file("store/" + entry + "/file", std::string(10'000, key));
    const std::string port = of.step == "source" ? "" : R"(, "port": ")" + of.port + "\"";
    const std::string brought =
        of.strangers ? R"(, "installed": {"made": ")" + of.made + R"(", "bundle": ""})" : "";
    scratch.file("store/provenance/" + entry + ".json",
                 R"({"made": ")" + of.made + R"(", "inputs": {"step": ")" + of.step + R"(", "release": ")" +
                     of.release + R"(", "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=")" +
                     port + "}" + brought + "}");
    return entry;
  }
};

}  // namespace gostrap::testing
