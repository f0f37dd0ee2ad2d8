// Words about settings for people: what looks like one and is none, and what some do that many expect
// otherwise.
#pragma once

#include <string>
#include <vector>

namespace gostrap {

/// A name that people look for in a profile, why it is none of its settings, and what does it.
struct NoSetting {
  const char* name;
  const char* reason;
  const char* next;
};
const NoSetting* why_no_setting(const std::string& name);

/// The values that the runtime tells apart, with commas between, of a GODEBUG setting where another number
/// would silently be nothing; null for all others.
const char* debug_values(const std::string& name);
/// What a GODEBUG setting does, where many expect something else of it; "" for all others.
std::string debug_remark(const std::string& name, const std::string& value);
/// The same for whatever setting: a sentence for each part that has one.
std::vector<std::string> setting_remarks(const std::string& name, const std::string& value);

}  // namespace gostrap
