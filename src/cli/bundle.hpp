// What the words of `gostrap bundle` share.
#pragma once

#include "bundle/reader.hpp"
#include "cli/common_words.hpp"
#include "cli/verbs.hpp"

#include <memory>

namespace gostrap {

/// What the verbs that read a bundle have: the keys of which one must have signed it, and the limits.
struct ReadingWords {
  CommonWords common;
  std::vector<std::string> keys;
  LimitsWords limits;

  void declare(Options& options);
};

/// Opens these files; with --key, one of these keys must have signed it.
std::unique_ptr<BundleReader> open_reader(const ReadingWords& words, const std::vector<std::string>& files);

/// "63.1 MB"
std::string size_text(std::uint64_t bytes);
/// "signed by SHA256:…", and whether anybody asked for that key
std::string signer_text(const ReadingWords& words, const BundleReader& reader);

}  // namespace gostrap
