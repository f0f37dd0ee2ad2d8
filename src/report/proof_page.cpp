#include "report/proof_page.hpp"

#include "report/embedded.hpp"
#include "report/timeline.hpp"
#include "support/filled.hpp"
#include "support/strings.hpp"
#include "support/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace gostrap {
namespace {

std::string code(const std::string& text) {
  return "<code>" + html(text) + "</code>";
}

std::string tile(const std::string& value, const std::string& what) {
  return "<div class=\"tile\"><b>" + html(value) + "</b><span>" + html(what) + "</span></div>\n";
}

std::string tiles(const Proof& proof, const std::vector<Provenance>& steps) {
  std::string all;
  for (const Verdict verdict :
       {Verdict::canonical, Verdict::by_upstream, Verdict::signatures, Verdict::not_comparable,
        Verdict::differs, Verdict::not_published, Verdict::not_built}) {
    if (proof.count(verdict) > 0) all += tile(std::to_string(proof.count(verdict)), text(verdict));
  }
  if (!steps.empty()) all += tile(span_text(time_used(steps).seconds), "to make them");
  return all;
}

std::string headline(const Proof& proof) {
  const std::size_t made = proof.count(Verdict::canonical) + proof.count(Verdict::signatures);
  const std::string of = std::to_string(proof.release.archives.size());
  if (!proof.holds()) {
    return std::to_string(proof.count(Verdict::differs)) + " of what was made is not what upstream published";
  }
  return std::to_string(made) + " of the " + of + " published archives, made from source, bit for bit";
}

constexpr std::array verdict_classes{
    Word{Verdict::canonical, "canonical"}, Word{Verdict::signatures, "signatures"},
    Word{Verdict::by_upstream, "open"},    Word{Verdict::differs, "differs"},
    Word{Verdict::not_comparable, "open"}, Word{Verdict::not_published, "none"},
    Word{Verdict::not_built, "none"},
};

std::string checksum_cell(const ProofRow& row) {
  if (!row.published && !row.ours) return "<td></td>";
  if (row.published == row.ours) return "<td>" + code(hex(*row.ours)) + "</td>";
  std::string cell = "<td>";
  if (row.published) cell += "<span class=\"soft\">published</span> " + code(hex(*row.published));
  if (row.published && row.ours) cell += "<br>";
  if (row.ours) cell += "<span class=\"soft\">ours</span> " + code(hex(*row.ours));
  return cell + "</td>";
}

std::string made_rows(const Proof& proof) {
  std::string rows;
  for (const ProofRow& row : proof.rows) {
    if (row.archives.empty()) continue;
    rows += "<tr><td class=\"port\">" + html(row.port.text()) + "</td><td class=\"verdict " +
            word_of(verdict_classes, row.verdict) + "\">" + text(row.verdict) + "</td><td>" + html(row.file) +
            (row.file.empty() ? "" : "<br>") + "<span class=\"soft\">" + html(row.says) + "</span></td>" +
            checksum_cell(row) + "</tr>\n";
  }
  return rows;
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
    append(ports[why], ", ", row.port.text());
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
  std::string busy;
  if (used.busy > 0) {
    busy = " The processors were busy for " + std::to_string(std::lround(used.busy * 100)) +
           "% of it with what the steps ran.";
  }
  return filled(embedded::proof_page_times_html, {{"steps", std::to_string(steps.size())},
                                                  {"wall", span_text(used.seconds)},
                                                  {"work", span_text(used.work_seconds)},
                                                  {"busy", busy},
                                                  {"timeline", timeline(steps)}});
}

std::string definition(const std::string& term, const std::string& text) {
  return text.empty() ? "" : "<dt>" + html(term) + "</dt><dd>" + text + "</dd>\n";
}

/// The command and its environment, where there was one.
std::string command_text(const Provenance& step) {
  const std::string line = join(command_of(step), " ");
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

std::string definitions(const Release& release) {
  return definition("release", html(release.name())) + definition("commit", code(release.commit)) +
         definition("source (NAR)", release.source ? code(sri(*release.source)) : "not known here yet") +
         definition("source archive", release.source_archive ? code(hex(*release.source_archive)) : "");
}

/// What the step was made from or by, when, where and how.
std::string definitions(const Provenance& step) {
  const Making making = step.making.value_or(Making());
  const auto& published = step.inputs->published;
  const std::string maker = step.inputs->kind == Kind::source
                                ? definition("from", html(making.origin))
                                : definition("built by", html(published ? "upstream" : making.bootstrap));
  return maker +
         (published ? definition("unpacked from", html(published->file)) +
                          definition("SHA-256", code(hex(published->sha256)))
                    : "") +
         definition("commit", making.commit.empty() ? "" : code(making.commit)) +
         definition("NAR", making.nar.empty() ? "" : code(making.nar)) +
         definition("made", step.made ? utc_text(*step.made) : "") +
         definition("took", seconds_of(step) > 0 ? span_text(seconds_of(step)) : "") +
         definition("on", html(machine_text(step))) +
         definition("network", command_text(step).empty() ? ""
                               : making.run->network_cut  ? "cut off"
                                                          : "could have been reached");
}

std::string details(const std::string& summary, const std::string& text) {
  return "<details><summary>" + html(summary) + "</summary>" + text + "</details>\n";
}

/// The source and the rungs: what everything else was made from.
std::string road(const std::vector<Provenance>& steps) {
  std::string text;
  for (const Provenance& step : steps) {
    if (!step.inputs || (step.inputs->kind != Kind::source && step.inputs->kind != Kind::host)) continue;
    const std::string command = command_text(step);
    text +=
        filled(embedded::proof_page_step_html,
               {{"name", html(step.name)},
                {"definitions", definitions(step)},
                {"commands", command.empty() ? "" : details("command and environment, all of it", command)}});
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
    text += details(one->name + ", as all of its kind", command_text(*one));
  }
  return text;
}

std::string modules(const Proof& proof) {
  std::string rows;
  for (const ProofRow& row : proof.rows) {
    if (!row.hashes) continue;
    rows += "<tr><td>" + html(row.module) + "</td><td>" + code(row.hashes->zip) + "</td><td>" +
            code(row.hashes->mod) + "</td></tr>\n";
  }
  if (rows.empty()) return "<p class=\"soft\">None was made.</p>\n";
  return filled(embedded::proof_page_modules_html, {{"module", html(toolchain_module)}, {"rows", rows}});
}

std::string makers(const std::vector<Provenance>& steps) {
  std::set<std::string> versions;
  for (const Provenance& step : steps) versions.insert("gostrap " + step.gostrap);
  return join(versions, ", ");
}

}  // namespace

std::string proof_page(const Proof& proof, const std::vector<Provenance>& steps) {
  return filled(embedded::proof_page_page_html,
                {{"title", html("Go " + proof.release.version.text() + ": " + headline(proof))},
                 {"style", std::string(embedded::proof_page_page_css)},
                 {"makers", html(makers(steps))},
                 {"tiles", tiles(proof, steps)},
                 {"made", made_rows(proof)},
                 {"not_made", not_made(proof)},
                 {"times", times(steps)},
                 {"release", definitions(proof.release)},
                 {"road", road(steps) + port_commands(steps)},
                 {"modules", modules(proof)}});
}

}  // namespace gostrap
