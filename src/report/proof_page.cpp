#include "report/proof_page.hpp"

#include "report/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace gostrap {
namespace {

constexpr const char* style = R"(
:root { --ink: #1c2430; --soft: #5c6675; --line: #d9dee6; --paper: #fff; --tile: #f4f6f9;
  --good: #1a7f4b; --bad: #c0272d; --open: #8a6d1d; --none: #7b8494;
  --files: #b8c0cc; --make: #7a8fd6; --compile: #2f6fd0; --pack: #e08b2c; --seal: #3b9c8f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa5b4; --line: #323a46; --paper: #14181f; --tile: #1d232c;
    --good: #4cc488; --bad: #ff7b7b; --open: #e0bd5c; --none: #8d97a6; --files: #5b6675; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 2rem 1.2rem 4rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.4rem 0 .6rem; }
p { margin: .4rem 0; max-width: 75ch; }
.soft { color: var(--soft); }
code { font: 12.5px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.2rem 0; }
.tile { background: var(--tile); border-radius: 8px; padding: .6rem 1rem; min-width: 8.5rem; }
.tile b { display: block; font-size: 1.35rem; line-height: 1.3; }
.tile span { color: var(--soft); font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.verdict { white-space: nowrap; font-weight: 600; }
td.port, td code { white-space: nowrap; } td code { font-size: 11.5px; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
.canonical, .signatures { color: var(--good); } .differs { color: var(--bad); }
.open { color: var(--open); } .none { color: var(--none); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .6rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
details { margin: .5rem 0; } summary { cursor: pointer; }
.timeline { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
.timeline text { fill: var(--soft); } .timeline .label { text-anchor: end; fill: var(--ink); }
.timeline .grid { stroke: var(--line); } .timeline .gap { stroke: var(--soft); stroke-dasharray: 2 3; }
rect.files, i.files { fill: var(--files); background: var(--files); }
rect.make, i.make { fill: var(--make); background: var(--make); }
rect.compile, i.compile { fill: var(--compile); background: var(--compile); }
rect.pack, i.pack { fill: var(--pack); background: var(--pack); }
rect.seal, i.seal { fill: var(--seal); background: var(--seal); }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .35em 0 1em; }
)";

std::string code(const std::string& text) {
  return "<code>" + html(text) + "</code>";
}

std::string tile(const std::string& value, const std::string& what) {
  return "<div class=\"tile\"><b>" + html(value) + "</b><span>" + html(what) + "</span></div>\n";
}

std::string headline(const Proof& proof) {
  const std::size_t made = proof.count(Verdict::canonical) + proof.count(Verdict::signatures);
  const std::string of = std::to_string(proof.release.archives.size());
  if (!proof.holds()) {
    return std::to_string(proof.count(Verdict::differs)) + " of what was made is not what upstream published";
  }
  return std::to_string(made) + " of the " + of + " published archives, made from source, bit for bit";
}

const char* class_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::canonical:
      return "canonical";
    case Verdict::signatures:
      return "signatures";
    case Verdict::differs:
      return "differs";
    case Verdict::not_comparable:
      return "open";
    case Verdict::not_published:
    case Verdict::not_built:
      break;
  }
  return "none";
}

std::string checksum_cell(const ProofRow& row) {
  if (row.published.empty() && row.ours.empty()) return "<td></td>";
  if (row.published == row.ours) return "<td>" + code(row.ours) + "</td>";
  std::string cell = "<td>";
  if (!row.published.empty()) cell += "<span class=\"soft\">published</span> " + code(row.published);
  if (!row.published.empty() && !row.ours.empty()) cell += "<br>";
  if (!row.ours.empty()) cell += "<span class=\"soft\">ours</span> " + code(row.ours);
  return cell + "</td>";
}

std::string made_table(const Proof& proof) {
  std::string table =
      "<div class=\"scroll\"><table><thead><tr><th>Port</th><th>Verdict</th><th>Archive and why</th>"
      "<th>SHA-256</th></tr></thead><tbody>\n";
  for (const ProofRow& row : proof.rows) {
    if (row.archives.empty()) continue;
    table += "<tr><td class=\"port\">" + html(row.port.text()) + "</td><td class=\"verdict " +
             class_of(row.verdict) + "\">" + text(row.verdict) + "</td><td>" + html(row.file) +
             (row.file.empty() ? "" : "<br>") + "<span class=\"soft\">" + html(row.says) + "</span></td>" +
             checksum_cell(row) + "</tr>\n";
  }
  return table + "</tbody></table></div>\n";
}

/// What was not made: ports with one reason together, so that they leave the table readable.
std::string not_made(const Proof& proof) {
  std::map<std::string, std::string> ports;
  for (const ProofRow& row : proof.rows) {
    if (!row.archives.empty()) continue;
    const std::string why = row.verdict == Verdict::not_built
                                ? "Published and not built here; gostrap build --all --archives --release " +
                                      proof.release.version.text() + " makes them"
                                : "Not published: " + row.says;
    std::string& list = ports[why];
    list += (list.empty() ? "" : ", ") + row.port.text();
  }
  std::string text;
  for (const auto& [why, list] : ports) {
    text += "<p><span class=\"soft\">" + html(why) + ":</span> " + html(list) + "</p>\n";
  }
  return text;
}

std::string times(const std::vector<Provenance>& steps) {
  if (steps.empty()) return "<p class=\"soft\">There is no provenance of what was made.</p>\n";
  const TimeUsed used = time_used(steps);
  std::string text = "<p>" + std::to_string(steps.size()) + " steps in " + span_text(used.seconds) +
                     " of wall time, " + span_text(used.work_seconds) + " when added up.";
  if (used.busy > 0) {
    text += " The processors were busy for " + std::to_string(std::lround(used.busy * 100)) +
            "% of it with what the steps ran.";
  }
  return text +
         "</p>\n<p class=\"legend soft\"><i class=\"files\"></i>files<i class=\"make\"></i>make.bash"
         "<i class=\"compile\"></i>compiling and linking<i class=\"pack\"></i>packing"
         "<i class=\"seal\"></i>hashing</p>\n" +
         timeline(steps);
}

std::string definition(const std::string& term, const std::string& text) {
  return text.empty() ? "" : "<dt>" + html(term) + "</dt><dd>" + text + "</dd>\n";
}

/// The command and its environment, where there was one.
std::string command_text(const Provenance& step) {
  std::string line;
  for (const std::string& word : command_of(step)) line += (line.empty() ? "" : " ") + word;
  if (line.empty()) return {};
  std::string lines;
  for (const auto& [name, value] : step.making->run->environment) lines += "<br>" + html(name + "=" + value);
  return "<code>" + html(line) + lines + "</code>";
}

std::string machine_text(const Provenance& step) {
  if (!step.machine) return {};
  const auto known = [](const std::string& word) { return word.empty() ? "?" : word; };
  return known(step.machine->system) + ", " + known(step.machine->architecture) + ", " +
         std::to_string(step.machine->processors) + " processors";
}

/// The source and the rungs: what everything else was made from.
std::string road(const Proof& proof, const std::vector<Provenance>& steps) {
  std::string text = "<dl>\n" + definition("release", html(proof.release.name())) +
                     definition("commit", code(proof.release.commit)) +
                     definition("source (NAR)", code(proof.release.source)) +
                     definition("source archive", code(proof.release.source_archive)) + "</dl>\n";
  for (const Provenance& step : steps) {
    if (!step.inputs || (step.inputs->kind != Kind::source && step.inputs->kind != Kind::host)) continue;
    const bool is_source = step.inputs->kind == Kind::source;
    const Making making = step.making.value_or(Making());
    const std::string command = command_text(step);
    text += "<h3>" + html(step.name) + "</h3>\n<dl>\n" +
            definition(is_source ? "from" : "built by", html(is_source ? making.origin : making.bootstrap)) +
            definition("commit", making.commit.empty() ? "" : code(making.commit)) +
            definition("NAR", making.nar.empty() ? "" : code(making.nar)) +
            definition("made", step.made ? utc_text(*step.made) : "") +
            definition("took", seconds_of(step) > 0 ? span_text(seconds_of(step)) : "") +
            definition("on", html(machine_text(step))) +
            definition("network", command.empty()           ? ""
                                  : making.run->network_cut ? "cut off"
                                                            : "could have been reached") +
            "</dl>\n";
    if (!command.empty())
      text += "<details><summary>command and environment, all of it</summary>" + command + "</details>\n";
  }
  return text;
}

/// How ports are made: one of each kind stands for all, since they differ by their port only.
std::string port_commands(const std::vector<Provenance>& steps) {
  std::string text;
  for (const Kind kind : {Kind::toolchain, Kind::archives}) {
    const auto one = std::find_if(steps.begin(), steps.end(), [&](const Provenance& step) {
      return step.inputs && step.inputs->kind == kind && !command_of(step).empty();
    });
    if (one == steps.end()) continue;
    text += "<details><summary>" + html(one->name) + ", as all of its kind</summary>" + command_text(*one) +
            "</details>\n";
  }
  return text;
}

std::string modules_table(const Proof& proof) {
  std::string rows;
  for (const ProofRow& row : proof.rows) {
    if (!row.hashes) continue;
    rows += "<tr><td>" + html(row.module) + "</td><td>" + code(row.hashes->zip) + "</td><td>" +
            code(row.hashes->mod) + "</td></tr>\n";
  }
  if (rows.empty()) return "<p class=\"soft\">None was made.</p>\n";
  return "<p>Versions of " + code(toolchain_module) +
         ", with the hashes of their zip and go.mod. The Go checksum database answers for the same at "
         "<code>sum.golang.org/lookup/golang.org/toolchain@VERSION</code>.</p>\n"
         "<div class=\"scroll\"><table><thead><tr><th>Version</th><th>zip</th><th>go.mod</th></tr></thead>"
         "<tbody>\n" +
         rows + "</tbody></table></div>\n";
}

std::string makers(const std::vector<Provenance>& steps) {
  std::map<std::string, bool> versions;
  for (const Provenance& step : steps) versions["gostrap " + step.gostrap] = true;
  std::string text;
  for (const auto& [version, there] : versions) text += (text.empty() ? "" : ", ") + version;
  return text;
}

}  // namespace

std::string proof_page(const Proof& proof, const std::vector<Provenance>& steps) {
  const TimeUsed used = time_used(steps);
  const std::string title = "Go " + proof.release.version.text() + ": " + headline(proof);
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      html(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + html(title) +
      "</h1>\n<p class=\"soft\">What was made here from pinned source, held against the checksums that "
      "upstream "
      "published. Made by " +
      html(makers(steps)) + ".</p>\n<div class=\"tiles\">\n";
  for (const Verdict verdict : {Verdict::canonical, Verdict::signatures, Verdict::not_comparable,
                                Verdict::differs, Verdict::not_published, Verdict::not_built}) {
    if (proof.count(verdict) > 0) page += tile(std::to_string(proof.count(verdict)), text(verdict));
  }
  if (!steps.empty()) page += tile(span_text(used.seconds), "to make them");
  page += "</div>\n<h2>Port by port</h2>\n" + made_table(proof) + not_made(proof);
  page += "<h2>When what was made</h2>\n" + times(steps);
  page += "<h2>Made from</h2>\n" + road(proof, steps) + port_commands(steps);
  page += "<h2>Toolchain modules</h2>\n" + modules_table(proof);
  return page + "</body>\n</html>\n";
}

}  // namespace gostrap
