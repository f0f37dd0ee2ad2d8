// All that a git server says: tags, acknowledgements, its words about progress, and the pack. A transport of
// our own hands libgit2 the input as if it came from the network.
#include "fuzz.hpp"
#include "source/git_fetch.hpp"

#include <git2.h>
#include <git2/sys/transport.h>

#include <algorithm>
#include <cstring>

using namespace gostrap;

namespace {

std::string_view said;  // what the server has yet to say

struct Stream : git_smart_subtransport_stream {};
struct Transport : git_smart_subtransport {
  Stream stream{};
};

int read(git_smart_subtransport_stream*, char* buffer, std::size_t size, std::size_t* count) {
  *count = std::min(size, said.size());
  std::memcpy(buffer, said.data(), *count);
  said.remove_prefix(*count);
  return 0;
}

int action(git_smart_subtransport_stream** out, git_smart_subtransport* self, const char*,
           git_smart_service_t) {
  auto& transport = *static_cast<Transport*>(self);
  transport.stream.subtransport = self;
  transport.stream.read = read;
  transport.stream.write = [](git_smart_subtransport_stream*, const char*, std::size_t) { return 0; };
  transport.stream.free = [](git_smart_subtransport_stream*) {};
  *out = &transport.stream;
  return 0;
}

int make(git_smart_subtransport** out, git_transport*, void*) {
  auto* const transport = new Transport{};
  transport->action = action;
  transport->close = [](git_smart_subtransport*) { return 0; };
  transport->free = [](git_smart_subtransport* self) { delete static_cast<Transport*>(self); };
  *out = transport;
  return 0;
}

void register_transport() {
  git::start();
  static git_smart_subtransport_definition definition = {make, 0, nullptr};
  git::check(git_transport_register(
                 "fuzz",
                 [](git_transport** out, git_remote* owner, void* payload) {
                   return git_transport_smart(out, owner, payload);
                 },
                 &definition),
             "register a transport");
}

}  // namespace

FUZZ(input) {
  [[maybe_unused]] static const bool once = (register_transport(), true);
  said = input;
  Release release;
  release.version = *parse_version("1.24.4");
  release.tag = "go1.24.4";
  release.commit = std::string(40, '1');
  const Patience patience;
  const std::string doing = "fetch";
  const fuzz::Box box;
  Silent progress;
  const bool good = fuzz::accepted([&] {
    git::fetch_commit(release, "fuzz://server/go", box.destination(),
                      {fuzz::small_limits(), patience, doing, progress});
  });
  fuzz::require(!good || !input.empty(), "who says nothing has no commit");
  box.check();
}
