#include "cli/profile_options.hpp"

#include "cli/terminal.hpp"
#include "release/setting.hpp"
#include "sdk/c_tools.hpp"
#include "sdk/manifest.hpp"
#include "source/known_names.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/shell_words.hpp"

#include <iostream>

namespace gostrap {
namespace {

/// The names that the release's own source knows, where the store has it.
std::optional<KnownNames> names_at_hand(const Store& store, const Release& release) {
  if (const auto source = store.find(Kind::source, release, own_port()))
    return read_known_names(source->path);
  const auto host = store.find(Kind::host, release, own_port());
  return host ? std::optional(read_known_names(goroot_of(host->path))) : std::nullopt;
}

}  // namespace

void ProfileWords::declare(Options& options) {
  declare_without_c(options);
  c.declare(options);
}

void ProfileWords::declare_without_c(Options& options) {
  options.add(
      "profile",
      "how programs are compiled (GOAMD64=v3, GORISCV64=…, GOEXPERIMENT=…) and the defaults that they start "
      "with, compiled in (GOGC=200,GOMEMLIMIT=64MiB,GODEBUG=gctrace=1); or a JSON file of these (repeatable)",
      "K=V|FILE", values);
  options.add("patch", "a patch on the canonical source, as git diff writes it (repeatable)", "FILE",
              patches);
  options.add("bake", "have make.bash bake the profile's settings into the toolchain, instead of go.env",
              bake);
  options.add("fallback", "where a setting cannot work, take the nearest that does, and say so", fallback);
}

namespace {

ProfileRequest request_of(const ProfileWords& words) {
  ProfileRequest request;
  for (const std::string& word : words.values) read_profile_word(word, request);
  for (const std::string& file : words.patches) request.patches.emplace_back(file);
  request.bake = request.bake || words.bake;
  request.fallback = words.fallback;
  return request;
}

/// All that the words name, read once.
struct Asked {
  Asked(const ProfileWords& words, const Store& store, const Release& of)
      : request(request_of(words)), release(of) {
    if (!request.values.empty()) names = names_at_hand(store, of);
    for (const fs::path& file : request.patches) patches.push_back(read_patch(file));
    if (words.c.asked()) entries = store.entries();
  }

  Profile profile_for(const std::vector<Port>& ports) const {
    if (request.values.empty() && patches.empty() && !request.bake) return {};
    std::vector<std::string> said;
    Profile profile = checked_profile(request, release, ports, names ? &*names : nullptr, said);
    for (const std::string& each : said) std::cerr << "gostrap: " << harmless(each) << "\n";
    for (const Patch& patch : patches) profile.patches.push_back(patch.digest);
    return profile;
  }

  ProfileRequest request;
  const Release& release;
  std::optional<KnownNames> names;
  std::vector<Patch> patches;
  std::vector<StoreEntry> entries;  ///< where C is asked for
};

}  // namespace

void say_remarks(const Profile& profile, std::set<std::string>& said) {
  for (const auto* const values : {&profile.settings, &profile.defaults}) {
    for (const auto& [name, value] : *values) {
      for (const std::string& remark : setting_remarks(name, value)) {
        if (said.insert(remark).second) std::cerr << "gostrap: " << harmless(remark) << "\n";
      }
    }
  }
  if (!profile.c) return;
  for (const std::string& remark : c_remarks(*profile.c)) {
    if (said.insert(remark).second) std::cerr << "gostrap: " << harmless(remark) << "\n";
  }
}

std::string profile_words(const ProfileWords& asked, const Profile& profile) {
  std::string values;
  for (const auto* const each : {&profile.settings, &profile.defaults}) {
    for (const auto& [name, value] : *each) values += (values.empty() ? "" : ",") + name + "=" + value;
  }
  std::string words = values.empty() ? "" : " --profile " + as_word(values);
  if (profile.baked) words += " --bake";
  for (const fs::path& patch : request_of(asked).patches) words += " --patch " + as_word(patch.string());
  if (profile.c) words += c_option_words(*port_of_target(profile.c->target), *profile.c);
  return words;
}

Profile unchecked_profile(const ProfileWords& words) {
  const ProfileRequest request = request_of(words);
  Profile profile;
  for (const auto& [name, value] : request.values) {  // of several the last counts
    const Setting* const setting = find_setting(name);
    const bool compiling = setting == nullptr || setting->kind == SettingKind::compiling;
    (compiling ? profile.settings : profile.defaults)[name] = value;
  }
  profile.baked = request.bake;
  for (const fs::path& file : request.patches) profile.patches.push_back(read_patch(file).digest);
  return profile;
}

AskedProfile asked_profile(const ProfileWords& words, const Store& store, const Release& release,
                           const std::vector<Port>& ports, CSearch search) {
  const Asked read(words, store, release);
  const std::vector<StoreEntry> none;
  AskedProfile asked{read.profile_for(ports), read.patches};
  const auto compilers =
      asked_c_compilers(words.c, search == CSearch::known_first ? read.entries : none, release, ports);
  if (compilers.size() == 1) asked.profile.c = compilers.begin()->second;
  require_same_hardware(asked.profile);
  return asked;
}

AskedProfiles asked_profiles(const ProfileWords& words, const Store& store, const Release& release,
                             const std::vector<Port>& ports) {
  const Asked read(words, store, release);
  AskedProfiles asked;
  asked.patches = read.patches;
  for (const Port& port : ports) {
    if (!asked.profiles.contains(port)) asked.profiles[port] = read.profile_for({port});
  }
  for (const auto& [port, compiler] : asked_c_compilers(words.c, {}, release, ports)) {
    asked.profiles[port].c = compiler;
    require_same_hardware(asked.profiles[port]);
  }
  return asked;
}

}  // namespace gostrap
