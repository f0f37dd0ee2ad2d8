// What GitHub's own parser says of workflows and actions: github-schemas.mjs PARSER FILE…, with PARSER the directory of
// @actions/workflow-parser, which carries the schemas that GitHub publishes.
import fs from "node:fs";

const [parser, ...files] = process.argv.slice(2);
const { parseWorkflow, NoOperationTraceWriter } = await import(`${parser}/dist/index.js`);
const { parseAction } = await import(`${parser}/dist/actions/action-parser.js`);

let found = 0;
for (const name of files) {
  const parse = name.endsWith("action.yml") ? parseAction : parseWorkflow;
  const parsed = parse({ name, content: fs.readFileSync(name, "utf8") }, new NoOperationTraceWriter());
  for (const error of parsed.context.errors.getErrors()) {
    console.log(error.message);
    found++;
  }
}
process.exit(found ? 1 : 0);
