#include "release/setting.hpp"

#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace gostrap {
namespace {

using Choices = std::vector<std::string>;

Choices parts(const std::string& text) {
  return split(text, ",").copied();
}

bool one_of(const std::string& word, const Choices& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string choices(const Choices& words) {
  return enumeration(words, " or ");
}

/// "rva22u64" as the text "rva#u#" and the numbers 22 and 64.
std::pair<std::string, std::vector<unsigned long>> split_numbers(const std::string& text) {
  std::string form;
  std::vector<unsigned long> numbers;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      form += text[i++];
      continue;
    }
    unsigned long number = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
      number = std::min(number * 10 + static_cast<unsigned long>(text[i] - '0'), 1'000'000UL);
    form += '#';
    numbers.push_back(number);
  }
  return {form, numbers};
}

/// The value that asks for no more than the one that is not known does, or the most like it.
std::optional<std::string> nearest_value(const std::string& value, const Choices& words) {
  const auto [form, numbers] = split_numbers(value);
  std::optional<std::string> best;
  for (const std::string& word : words) {
    const auto [known_form, known_numbers] = split_numbers(word);
    if (known_form != form || numbers.empty()) continue;
    if (!best || known_numbers <= numbers) best = word;
  }
  return best ? best : nearest(value, words);
}

std::optional<Refusal> why_not_parts(const Setting& setting, const std::string& value, const Port& port,
                                     const Version& version) {
  const Choices first = setting_values(setting.name, version);
  const Choices after = setting_suffixes(setting.name, version);
  const Choices given = parts(value);
  const std::string there =
      std::string(setting.name) + " of go" + version.text() + " is " + choices(first) +
      (after.empty() ? "" : ", and \"," + after.front() + "\" or \"," + after.back() + "\" may follow");
  if (setting.one_suffix && given.size() > 2)
    return Refusal{port.text(), std::string(setting.name) + "=" + value, there + ", one of them", "",
                   std::nullopt};
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Choices& allowed = i == 0 ? first : after;
    if (one_of(given[i], allowed)) continue;
    Refusal refusal{port.text(), std::string(setting.name) + "=" + value, there, "", std::nullopt};
    if (const auto near = nearest_value(given[i], allowed)) {
      Choices mended = given;
      mended[i] = *near;
      const std::string instead = join(mended, ",");
      if (!why_not_parts(setting, instead, port, version)) {
        refusal.instead = instead;
        refusal.next = "The nearest is " + std::string(setting.name) + "=" + instead + ".";
      }
    }
    return refusal;
  }
  return std::nullopt;
}

std::optional<Refusal> why_not_experiments(const std::string& value, const Port& port, const Version& version,
                                           const KnownNames* names) {
  std::optional<std::set<std::string>> known = known_experiments(version);
  if (names != nullptr && !names->experiments.empty()) known = names->experiments;
  Choices kept;
  std::optional<Refusal> refusal;
  const auto refuse = [&](const std::string& reason, const std::string& next) {
    if (!refusal) refusal = Refusal{port.text(), "GOEXPERIMENT=" + value, reason, next, std::nullopt};
  };
  for (const std::string& part : parts(value)) {
    const bool off = part.starts_with("no") && part.size() > 2;
    const std::string name = off ? part.substr(2) : part;
    const bool plain =
        !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos;
    if (!plain) {
      refuse("\"" + part + "\" is no name of an experiment", "Names are in lower case, with commas between.");
    } else if (part == "none" || name == "regabi" || !known || known->contains(name) ||
               known->contains(part)) {
      if (part == "boringcrypto" &&
          (port.goos != "linux" || (port.goarch != "amd64" && port.goarch != "arm64"))) {
        refuse("BoringCrypto is a library for linux/amd64 and linux/arm64",
               "Go's own crypto is used without it.");
      } else {
        kept.push_back(part);
      }
    } else {
      auto near = nearest(name, Choices(known->begin(), known->end()));
      if (near && off) near = "no" + *near;
      refuse("go" + version.text() + " has no experiment \"" + part + "\"",
             (near ? "Did you mean " + *near + "? " : "") +
                 "It has: " + choices(Choices(known->begin(), known->end())) + ".");
    }
  }
  if (refusal) refusal->instead = join(kept, ",");
  return refusal;
}

std::optional<Refusal> why_not_fips(const std::string& value, const Port& port, const Version& version,
                                    const KnownNames* names) {
  Refusal refusal{port.text(), "GOFIPS140=" + value, "", "", "off"};
  Choices there = setting_values("GOFIPS140", version);
  if (names != nullptr && !names->fips_versions.empty())
    there.assign(names->fips_versions.begin(), names->fips_versions.end());
  if (!one_of(value, there)) {
    refusal.reason = "go" + version.text() + " has " + choices(there);
    refusal.next = "\"latest\" takes the module as it is in the release.";
    refusal.instead = "latest";
    return refusal;
  }
  // src/crypto/internal/fips140/fips140.go, Supported()
  const bool able = port.goarch != "wasm" && port.goos != "openbsd" && port.goos != "aix" &&
                    port != Port{"windows", "386"} && port != Port{"windows", "arm"};
  if (able || value == "off") return std::nullopt;
  refusal.reason = "programs in FIPS 140-3 mode refuse to start there (crypto/internal/fips140)";
  refusal.next = "GOFIPS140=off is what works.";
  return refusal;
}

std::optional<Refusal> why_not_gogc(const std::string& value, const Port& port) {
  const bool number = !value.empty() && value.size() <= 10 &&
                      value.find_first_not_of("0123456789") == std::string::npos &&
                      std::stoll(value) <= std::numeric_limits<std::int32_t>::max();
  if (number || value == "off") return std::nullopt;
  return Refusal{port.text(), "GOGC=" + value, "it is a percentage, such as 200, or off",
                 "100 is what Go has without it.", std::nullopt};
}

std::optional<Refusal> why_not_memory_limit(const std::string& value, const Port& port) {
  const std::optional<std::int64_t> bytes = byte_count(value);
  if (!bytes || *bytes == 0) {
    return Refusal{port.text(), "GOMEMLIMIT=" + value,
                   "it is a number of bytes, which may end in B, KiB, MiB, GiB or TiB",
                   "Such as GOMEMLIMIT=64MiB.", std::nullopt};
  }
  if (port.goarch == "wasm" || port.goos == "plan9") {
    return Refusal{port.text(), "GOMEMLIMIT=" + value,
                   "memory only ever grows there, the runtime can give none of it back (sysUnusedOS in "
                   "src/runtime/mem_sbrk.go is empty), so a limit could not be kept",
                   "A lower GOGC keeps the heap small; the limit itself is for the host to set.", ""};
  }
  const bool narrow =
      port.goarch == "386" || port.goarch == "arm" || port.goarch == "mips" || port.goarch == "mipsle";
  if (narrow && *bytes > std::int64_t{4} << 30U) {
    return Refusal{port.text(), "GOMEMLIMIT=" + value, "a program has 4 GiB at the most there",
                   "Name less, or leave it out.", ""};
  }
  return std::nullopt;
}

std::optional<Refusal> why_not_debug(const std::string& value, const Port& port, const Version& version,
                                     const KnownNames* names) {
  for (const std::string& part : parts(value)) {
    const std::size_t equals = part.find('=');
    const std::string name = part.substr(0, equals);
    const auto refuse = [&](const std::string& reason, const std::string& next) {
      return Refusal{port.text(), "GODEBUG=" + value, reason, next, std::nullopt};
    };
    if (equals == std::string::npos || name.empty() ||
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.") != std::string::npos ||
        part.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.=+-_") !=
            std::string::npos) {
      return refuse("\"" + part + "\" is not NAME=VALUE", "Such as GODEBUG=gctrace=1,madvdontneed=0.");
    }
    // read by the runtime before it knows of any default
    if (name.starts_with("cpu.")) {
      return refuse("cpu.* is read from the environment only, before anything else", "Set it there.");
    }
    const std::string text = part.substr(equals + 1);
    if (names != nullptr && names->runtime_debug.contains(name)) {
      const bool number = !text.empty() && text.size() <= 9 &&
                          text.find_first_not_of("0123456789", text[0] == '-' ? 1 : 0) == std::string::npos &&
                          text != "-";
      if (!number) return refuse(name + " takes a whole number, and the runtime ignores others", "");
    }
    if (const char* const values = debug_values(name)) {
      const Choices allowed = parts(values);
      if (!one_of(text, allowed)) {
        return refuse(name + " is " + choices(allowed) + ", and the runtime knows no other value",
                      debug_remark(name, "1"));
      }
    }
    if (names == nullptr || names->runtime_debug.empty()) continue;
    if (!names->runtime_debug.contains(name) && !names->debug.contains(name)) {
      Choices all(names->debug.begin(), names->debug.end());
      all.insert(all.end(), names->runtime_debug.begin(), names->runtime_debug.end());
      const auto near = nearest(name, all);
      return refuse(
          "go" + version.text() + " has no GODEBUG setting \"" + name + "\"",
          near ? "Did you mean " + *near + "?" : "src/runtime/runtime1.go and doc/godebug.md list them.");
    }
  }
  return std::nullopt;
}

std::string names_of_settings() {
  return join(settings(), " ", &Setting::name);
}

}  // namespace

std::optional<Refusal> why_not_set(const std::string& name, const std::string& value, const Port& port,
                                   const Version& version, const KnownNames* names) {
  const Setting* const setting = find_setting(name);
  if (setting == nullptr) {
    Choices all;
    for (const Setting& each : settings()) all.emplace_back(each.name);
    if (const NoSetting* const reason = why_no_setting(name))
      return Refusal{"", name + "=" + value, "a profile has no " + name + ": " + reason->reason, reason->next,
                     std::nullopt};
    const auto near = nearest(name, all);
    return Refusal{"", name + "=" + value, "a profile has no " + name,
                   (near ? "Did you mean " + *near + "? " : "") + "It has: " + names_of_settings() + ".",
                   std::nullopt};
  }
  const Setting* const own = setting_of(port);
  const std::string choice = own == nullptr || version.minor < own->since
                                 ? port.goarch + " has no such variable."
                                 : "Its variable is " + std::string(own->name) + ": " +
                                       choices(setting_values(own->name, version)) + ".";
  if (!setting->architectures.empty() && !one_of(port.goarch, setting->architectures)) {
    return Refusal{port.text(), name + "=" + value,
                   name + " is for " + choices(setting->architectures) + ", and has no effect there", choice,
                   ""};
  }
  if (version.minor < setting->since) {
    return Refusal{port.text(), name + "=" + value,
                   "go" + version.text() + " has no " + name + ", which came with Go 1." +
                       std::to_string(setting->since),
                   "`gostrap release list` shows newer releases.", ""};
  }
  if (name == "GOEXPERIMENT") return why_not_experiments(value, port, version, names);
  if (name == "GOFIPS140") return why_not_fips(value, port, version, names);
  if (name == "GOGC") return why_not_gogc(value, port);
  if (name == "GOMEMLIMIT") return why_not_memory_limit(value, port);
  if (name == "GODEBUG") return why_not_debug(value, port, version, names);
  return why_not_parts(*setting, value, port, version);
}

std::vector<std::string> setting_remarks(const std::string& name, const std::string& value) {
  std::vector<std::string> remarks;
  if (name != "GODEBUG") return remarks;
  for (const std::string& part : parts(value)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    const std::string remark = debug_remark(part.substr(0, equals), part.substr(equals + 1));
    if (!remark.empty()) remarks.push_back("GODEBUG=" + part + ": " + remark);
  }
  return remarks;
}

std::optional<std::int64_t> byte_count(const std::string& text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 18) return std::nullopt;
  static constexpr std::array units{std::pair{"", 0U},     std::pair{"B", 0U},    std::pair{"KiB", 10U},
                                    std::pair{"MiB", 20U}, std::pair{"GiB", 30U}, std::pair{"TiB", 40U}};
  for (const auto& [unit, shift] : units) {
    if (text.substr(digits) != unit) continue;
    const std::int64_t number = std::stoll(text.substr(0, digits));
    if (number > std::numeric_limits<std::int64_t>::max() >> shift) return std::nullopt;
    return number << shift;
  }
  return std::nullopt;
}

}  // namespace gostrap
