#include "cli/plumbing.hpp"

#include "cli/safe_streams.hpp"
#include "road/phase_clock.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/output_file.hpp"
#include "support/stage.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {

void OutputWords::declare_out(Options& options) {
  out.declare(options);
  options.add("provenance", "where to write how it came to be (default: D.provenance.json)", "FILE",
              provenance);
}

void OutputWords::declare_making(Options& options) {
  jobs.declare(options);
  declare_out(options);
  options.add("log", "where the build's output goes (default: D.log)", "FILE", log);
}

void make_out(const CommonWords& common, const OutputWords& words,
              const std::function<Making(const fs::path&, const Workshop&)>& make,
              std::vector<Provenance> from) {
  fs::path out = fs::absolute(words.out.required()).lexically_normal();
  if (!out.has_filename()) out = out.parent_path();  // DIR/, as a shell completes it
  const fs::path provenance_file = words.provenance.value_or(out.string() + ".provenance.json");
  const fs::path log = words.log.value_or(out.string() + ".log");
  Stage stage(out);
  require_output_place(provenance_file);
  const TemporaryDirectory work;
  const Fd begun = begin_log(log);  // open to the end: the reader of a fifo must not see it end earlier
  make_directories(work.path() / "work");
  Provenance provenance = begun_now();
  provenance.from = std::move(from);
  {
    const auto watcher = common.progress();
    const auto progress = watcher->begin({});
    PhaseClock clock(*progress);
    Workshop workshop{work.path() / "work", fs::absolute(log), clock};
    workshop.jobs = words.jobs.jobs();
    provenance.making = make(stage.path(), workshop);
    clock.stop(provenance);
  }
  write_output(provenance_file, to_text(provenance));
  stage.commit();
  if (!common.json) {
    std::cout << exact(out.string()) << "\n";
    return;
  }
  Json json = Json::object();
  json["path"] = out.string();
  json["provenance"] = provenance_file.string();
  print_json(json);
}

}  // namespace gostrap
