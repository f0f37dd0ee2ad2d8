// Asks for a port before the long work that comes before it is listened on.
#pragma once

#include "serve/server.hpp"

namespace gostrap {

/// Throws Error where nobody could listen there now, such as on a port that is taken.
void require_free(const ListenAddress& listen);

}  // namespace gostrap
