#include "support/interrupt.hpp"

#include "support/error.hpp"

#include <atomic>
#include <csignal>

namespace gostrap {
namespace {

std::atomic<int> stop_asked{0};  // riscv64 has no instruction for an atomic bool
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

std::atomic<unsigned> continued{0};

void ask_to_stop(int) {
  stop_asked.store(1);
}

void note_continued(int) {
  continued.fetch_add(1);
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action = {};
  sigemptyset(&action.sa_mask);
  action.sa_handler = ask_to_stop;  // no SA_RESTART: poll() must wake up
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    sigaction(signal, nullptr, &before);
    // what nohup, or a shell that starts us in the background, has switched off stays off
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, nullptr);
  action.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &action, nullptr);  // ignored, it would take the children's exit statuses from us
  action.sa_handler = note_continued;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCONT, &action, nullptr);
}

bool interrupted() noexcept {
  return stop_asked.load() != 0;
}

unsigned times_continued() noexcept {
  return continued.load();
}

void check_interrupt() {
  if (interrupted()) throw Interrupted();
}

}  // namespace gostrap
