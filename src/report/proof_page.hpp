// The proof of a release as one page of HTML that needs nothing from outside: what was built, from which
// source and rungs, how long each phase took, and the checksums.
#pragma once

#include "report/history.hpp"
#include "report/proof.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// `steps` are those by which the proof's archives came to be, merged().
std::string proof_page(const Proof& proof, const std::vector<Provenance>& steps);

}  // namespace gostrap
