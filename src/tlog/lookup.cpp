#include "tlog/lookup.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"
#include "tlog/checkpoint.hpp"

#include <algorithm>

namespace gostrap {
namespace {

bool is_record_text(std::string_view text) {
  return is_utf8(text) && !text.empty() && text.front() != '\n' && text.back() == '\n' &&
         text.find("\n\n") == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char each) {
           return static_cast<unsigned char>(each) >= 0x20 || each == '\n';
         });
}

}  // namespace

std::string escaped_module(std::string_view text) {
  std::string escaped;
  for (const char each : text) {
    const bool upper = each >= 'A' && each <= 'Z';
    const bool fine = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') ||
                      std::string_view("-._~/+").find(each) != std::string_view::npos;
    if (!upper && !fine) throw Error("look up the module " + in_quotes(text), "no module is called so");
    if (upper) escaped += '!';
    escaped += upper ? static_cast<char>(each - 'A' + 'a') : each;
  }
  const std::string framed = "/" + escaped + "/";
  const bool leads_away = framed.find("/.") != std::string::npos || framed.find("//") != std::string::npos;
  if (leads_away) throw Error("look up the module " + in_quotes(text), "no module is called so");
  return escaped;
}

std::string lookup_path(const std::string& module, const std::string& version) {
  return "lookup/" + escaped_module(module) + "@" + escaped_module(version);
}

Lookup parse_lookup(std::string_view text, const std::string& what) {
  const std::string doing = "read the lookup in " + what;
  require_log_file_size(text, doing);
  const std::size_t end = text.find('\n');
  const auto record = log_number(text.substr(0, std::min(end, text.size())), largest_tree);
  if (end == std::string_view::npos || !record)
    throw Error(doing, "its first line is not the number of a record");
  text.remove_prefix(end + 1);
  const std::size_t gap = text.find("\n\n");
  if (gap == std::string_view::npos) throw Error(doing, "no empty line stands behind its record");
  Lookup lookup{*record, std::string(text.substr(0, gap + 1)), std::string(text.substr(gap + 2))};
  if (!is_record_text(lookup.text)) throw Error(doing, "its record is no plain text of UTF-8");
  return lookup;
}

std::string record_of(const std::string& module, const std::string& version, const std::string& zip_hash,
                      const std::string& mod_hash) {
  const std::string name = module + " " + version;
  return name + " " + zip_hash + "\n" + name + "/go.mod " + mod_hash + "\n";
}

std::string lines_about(std::string_view record, const std::string& module, const std::string& version) {
  const std::string name = module + " " + version;
  std::string lines;
  for (const std::string_view line : lines_of(record)) {
    if (line.starts_with(name + " ") || line.starts_with(name + "/go.mod "))
      lines += std::string(line) + "\n";
  }
  return lines;
}

}  // namespace gostrap
