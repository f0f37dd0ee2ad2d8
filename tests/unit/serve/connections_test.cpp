#include "serve/connections.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace gostrap;
using namespace std::chrono_literals;

namespace {

struct Room {
  std::vector<Connections::Id> ended;
  Connections connections{{4, 2, 60s}, [this](Connections::Id id) { ended.push_back(id); }};
  Connections::Clock::time_point now{};
  Connections::Id open(const std::string& peer, bool own = false) {
    return connections.opened(peer, own, now += 1s);
  }
};

using Ids = std::vector<Connections::Id>;

}  // namespace

TEST_CASE("whoever says nothing makes room for those who come next") {
  Room room;
  for (int each = 0; each < 4; ++each) room.open("this machine", true);
  CHECK(room.ended.empty());
  room.open("this machine", true);
  room.open("this machine", true);
  CHECK(room.ended == Ids{1, 2});
}

TEST_CASE("a peer with too many connections loses its own, not those of others") {
  Room room;
  const Connections::Id other = room.open("b");
  room.open("a");
  room.open("a");
  room.open("a");
  CHECK(room.ended == Ids{other + 1});
}

TEST_CASE("an answer on its way is not cut off for a new connection") {
  Room room;
  for (int each = 0; each < 4; ++each) room.connections.begun(room.open("this machine", true), room.now);
  const Connections::Id fifth = room.open("this machine", true);
  CHECK(room.ended == Ids{fifth});
}

TEST_CASE("an answer that is not taken for a minute is") {
  Room room;
  for (int each = 0; each < 4; ++each) room.connections.begun(room.open("this machine", true), room.now);
  room.now += 61s;
  room.open("this machine", true);
  CHECK(room.ended == Ids{1});
}

TEST_CASE("a connection that was answered is idle again, since then") {
  Room room;
  const Connections::Id first = room.open("this machine", true);
  for (int each = 0; each < 3; ++each) room.open("this machine", true);
  room.connections.begun(first, room.now += 1s);
  room.connections.answered(first, room.now += 1s);
  room.open("this machine", true);
  CHECK(room.ended == Ids{2});
}

TEST_CASE("one that is gone counts no more") {
  Room room;
  for (int each = 0; each < 10; ++each) room.connections.closed(room.open("a"));
  CHECK(room.ended.empty());
}
