// A database of advisories: files in the OSV format, in a directory or a zip. There are thousands, of which a
// question is about a few: only those that name the module are parsed.
#pragma once

#include "advisory/osv.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

class AdvisoryDatabase {
 public:
  struct Skipped {
    std::string file, why;
  };

  /// Of a directory: its *.json, or where there are such, those in data/osv (a checkout of golang/vulndb) or
  /// ID (vulndb.zip, unpacked). Of a zip: those in folders called ID or osv, or in none. Throws Error where
  /// there is none at all, or more than anybody needs; a file that cannot be read is skipped.
  static AdvisoryDatabase read(const std::filesystem::path& directory_or_zip);

  /// `name` stands in what is said of it.
  void add(std::string name, std::string text);
  std::size_t size() const { return files_.size(); }

  /// Those about any of these modules, by their IDs, without what was withdrawn. What is no advisory, or has
  /// the ID of one before it, is skipped.
  std::vector<Advisory> about(const std::set<std::string>& modules);
  /// What could not be used so far: an advisory may be among them.
  const std::vector<Skipped>& skipped() const { return skipped_; }

 private:
  struct File {
    std::string name, text;
  };

  void skip(std::string name, std::string why);

  std::vector<File> files_;
  std::uint64_t bytes_ = 0;
  std::vector<Skipped> skipped_;
};

}  // namespace gostrap
