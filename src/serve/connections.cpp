#include "serve/connections.hpp"

#include <utility>

namespace gostrap {

Connections::Connections(const ConnectionLimits& limits, std::function<void(Id)> end)
    : limits_(limits), end_(std::move(end)) {}

Connections::Id Connections::opened(const std::string& peer, bool own_machine, Clock::time_point now) {
  const Id id = next_++;
  open_.emplace(id, Connection{peer, false, false, now});
  if (!own_machine) make_room(&peer, limits_.of_a_peer, now);
  make_room(nullptr, limits_.all, now);
  return id;
}

void Connections::begun(Id id, Clock::time_point now) {
  const auto found = open_.find(id);
  if (found == open_.end()) return;
  found->second.busy = true;
  found->second.since = now;
}

void Connections::answered(Id id, Clock::time_point now) {
  const auto found = open_.find(id);
  if (found == open_.end()) return;
  found->second.busy = false;
  found->second.since = now;
}

void Connections::closed(Id id) {
  open_.erase(id);
}

void Connections::make_room(const std::string* peer, std::size_t most, Clock::time_point now) {
  std::size_t count = 0;
  auto idle = open_.end();
  auto slow = open_.end();
  auto newest = open_.end();
  for (auto each = open_.begin(); each != open_.end(); ++each) {
    const Connection& connection = each->second;
    if (connection.ending || (peer != nullptr && connection.peer != *peer)) continue;
    ++count;
    newest = each;
    const bool is_new = each->first + 1 == next_;
    const bool too_slow = connection.busy && now - connection.since >= limits_.busy_at_least;
    if (!connection.busy && !is_new && (idle == open_.end() || connection.since < idle->second.since))
      idle = each;
    if (too_slow && (slow == open_.end() || connection.since < slow->second.since)) slow = each;
  }
  if (count <= most) return;
  const auto goes = idle != open_.end() ? idle : slow != open_.end() ? slow : newest;
  goes->second.ending = true;
  end_(goes->first);
}

}  // namespace gostrap
