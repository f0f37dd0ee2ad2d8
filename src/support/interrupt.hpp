// SIGINT, SIGTERM and SIGHUP set a flag; long loops and child processes look at it and end at once.
#pragma once

namespace gostrap {

/// Installs the handlers, but for signals that we were started to ignore, and ignores SIGPIPE. Called once,
/// by main.
void install_signal_handlers();

/// True once a signal asked us to stop.
bool interrupted() noexcept;

/// How often this process was stopped (Ctrl-Z) and told to go on: what it had drawn is not where it was.
unsigned times_continued() noexcept;

/// Throws Interrupted once a signal asked us to stop.
void check_interrupt();

}  // namespace gostrap
