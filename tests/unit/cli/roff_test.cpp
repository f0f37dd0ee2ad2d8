#include "cli/roff.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("what roff would act on stands for itself") {
  CHECK(roff_text("--jobs") == "\\-\\-jobs");
  CHECK(roff_text("a\\b") == "a\\eb");
  CHECK(roff_text(".git") == "\\&.git");
  CHECK(roff_text("a.git") == "a.git");
  CHECK(roff_text("'x' `y` ~ ^ \"") == "\\(aqx\\(aq \\(gay\\(ga \\(ti \\(ha \\(dq");
  CHECK(roff_text("PORT…") == "PORT\\[u2026]");
  CHECK(roff_text("a\xff"
                  "b") == "ab");
}

TEST_CASE("help: paragraphs are filled, lines that begin with blanks stay as they are") {
  RoffPage page("gostrap-x", "gostrap 1");
  page.help("One\ntwo.\n  .line 1\n  line 2\nThree.\n\nFour.\n");
  CHECK(contains(page.text(), ".TH \"GOSTRAP\\-X\" 1 \"\" \"gostrap 1\" \"gostrap manual\"\n"));
  CHECK(contains(page.text(),
                 ".PP\nOne two.\n.PP\n.nf\n.RS 4\n\\&.line 1\nline 2\n.RE\n.fi\n.PP\nThree.\n.PP\nFour.\n"));
}

TEST_CASE("an item has its term on one line") {
  RoffPage page("x", "y");
  page.marked_item(roff_bold("--jobs") + " " + roff_italic("N"), "how many");
  CHECK(contains(page.text(), ".TP\n\\fB\\-\\-jobs\\fR \\fIN\\fR\nhow many\n"));
}
