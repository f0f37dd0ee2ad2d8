#include "bundle/choose.hpp"

#include "store/located.hpp"
#include "support/error.hpp"

#include <set>
#include <utility>

namespace gostrap {
namespace {

bool is_pattern(const std::string& ports) {
  return ports.find_first_of("*?[") != std::string::npos;
}

class Chooser {
 public:
  Chooser(const BundleRequest& request, const Releases& releases, const Store& store,
          const Choosing& choosing)
      : request_(request),
        releases_(releases),
        store_(store),
        choosing_(choosing),
        entries_(store.entries()) {}

  ChosenInputs run() {
    for (const auto& each : request_.wanted) {
      if (const auto* const output = std::get_if<BundleRequest::Output>(&each)) {
        tell_origin(*output);
        chosen_.inputs.push_back(input_of_directory(*output, releases_, request_.records));
      } else {
        add_ports(std::get<PortsOfRelease>(each));
      }
    }
    for (const std::filesystem::path& directory : request_.modules) {
      tell_origin(directory);
      chosen_.inputs.push_back(input_of_modules(directory, request_.records));
    }
    if (request_.source) add(Kind::source, release(), {});
    if (request_.host) add(Kind::host, release(), own_port());
    if (request_.everything) add_everything();
    if (chosen_.inputs.empty()) {
      throw Error({}, "it needs at least one port, directory or --modules DIR",
                  "Such as: gostrap bundle create riscv64 --out go.tar.zst");
    }
    return std::move(chosen_);
  }

 private:
  const Release& release() {
    if (release_ != nullptr) return *release_;
    WantedOutput wanted{request_.kinds.front(), {}};
    for (const auto& each : request_.wanted) {
      const auto* const named = std::get_if<PortsOfRelease>(&each);
      if (named != nullptr && !named->release && !is_pattern(named->ports))
        wanted.ports.push_back(parse_port(named->ports));
    }
    return *(release_ = &choosing_.release(wanted));
  }

  void tell_origin(const std::filesystem::path& directory) const {
    if (const auto origin = known_entry_at(store_, directory)) choosing_.taken(*origin);
  }

  void add_ports(const PortsOfRelease& named) {
    const Release& of = named.release ? releases_.get(*named.release) : release();
    const bool pattern = is_pattern(named.ports);
    const std::vector<Port> matching =
        pattern ? of.matching(named.ports) : std::vector<Port>{of.at(parse_port(named.ports)).port()};
    bool found = false;
    for (const Port& port : matching) {
      const WantedProfile wanted = choosing_.profile ? choosing_.profile(of, port) : WantedProfile{};
      for (const Kind kind : request_.kinds) {
        // what there is of it
        if (pattern && find_entry(entries_, kind, of, port, wanted.profile) == nullptr) continue;
        add(kind, of, port, wanted);
        found = true;
      }
    }
    if (!found) refuse(request_.kinds.front(), of, named.ports, {});
  }

  void add(Kind kind, const Release& of, const Port& port, const WantedProfile& wanted = {}) {
    const StoreEntry* const entry = find_entry(entries_, kind, of, port, wanted.profile);
    if (entry == nullptr)
      refuse(kind, of, kind == Kind::source ? own_port().text() : port.text(), wanted.words);
    take(*entry);
  }

  void take(const StoreEntry& entry) {
    if (std::optional<FileLock> use = store_.use(entry.key())) chosen_.uses.push_back(std::move(*use));
    choosing_.taken(entry);
    chosen_.inputs.push_back(input_of_store(store_, entry, request_.records));
  }

  [[noreturn]] void refuse(Kind kind, const Release& of, const std::string& ports,
                           const std::string& profile) const {
    const std::string option = kind == Kind::toolchain      ? " --hosted"
                               : kind == Kind::archives     ? " --archives"
                               : kind == Kind::compiled_std ? " --std"
                                                            : "";
    throw Error("bundle the " + text(kind) + " of " + of.name() + " for " + ports + profile,
                "the store at " + store_.root().string() + " has none",
                "Build it: gostrap build " + ports + option + profile + " --release " + of.version.text());
  }

  void add_everything() {
    std::set<std::string> names;
    for (const StoreEntry& entry : entries_) {  // the newest first
      // a patched source is on the way only, and no pin says what it is
      if (entry.kind == Kind::source && !entry.profile.empty()) continue;
      if (names.insert(entry.name()).second) take(entry);
    }
  }

  const BundleRequest& request_;
  const Releases& releases_;
  const Store& store_;
  const Choosing& choosing_;
  std::vector<StoreEntry> entries_;
  const Release* release_ = nullptr;
  ChosenInputs chosen_;
};

}  // namespace

PortsOfRelease ports_of_release(const std::string& word) {
  const std::size_t at = word.find('@');
  if (at == std::string::npos) return {word, std::nullopt};
  return {word.substr(0, at), word.substr(at + 1)};
}

ChosenInputs choose_inputs(const BundleRequest& request, const Releases& releases, const Store& store,
                           const Choosing& choosing) {
  return Chooser(request, releases, store, choosing).run();
}

}  // namespace gostrap
