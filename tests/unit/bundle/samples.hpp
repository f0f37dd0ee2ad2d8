// Bundles of plain trees, made in memory.
#pragma once

#include "bundle/create.hpp"
#include "support/testing.hpp"

#include <string>
#include <vector>

namespace gostrap::testing {

class MemorySink final : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  std::vector<fs::path> commit() override { return {}; }
  std::uint64_t size() const override { return text.size(); }
  std::string text;
};

inline std::string bundle_of(const std::vector<fs::path>& trees, const PrivateKey* key = nullptr) {
  std::vector<BundleInput> inputs;
  for (const fs::path& tree : trees) inputs.push_back(input_of_modules(tree, Records::portable));
  MemorySink sink;
  Silent silent;
  create_bundle(std::move(inputs), Releases(), key, sink, silent);
  return sink.text;
}

}  // namespace gostrap::testing
