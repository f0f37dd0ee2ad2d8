// The exec wrappers of layout 1, as gostrap laid them out before SDKs had a layout number.
#pragma once

#include "sdk/exec_wrapper.hpp"

namespace gostrap {

std::vector<WrapperFile> exec_wrapper_1(const Port& port, const Port& hosted_on, const Version& version);

}  // namespace gostrap
