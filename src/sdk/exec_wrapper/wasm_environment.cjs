// Go's glue for js/wasm has 8 KiB for all arguments and variables together, and throws where there are more. So
// variables are left out until the rest fits: the largest first, those that Go programs look at last. Where the
// program then fails, they are named.
"use strict";

const room = 8192;
// each with its NUL, on a multiple of eight, and eight bytes that say where it is
const size = (text) => Math.ceil((Buffer.byteLength(text) + 1) / 8) * 8 + 8;
const size_of = (name) => size(`${name}=${process.env[name]}`);

let all = 64 + size(`TMPDIR=${require("os").tmpdir()}`);
for (const word of ["js", ...process.argv.slice(2)]) all += size(word);
for (const name of Object.keys(process.env)) all += size_of(name);

if (all >= room) {
  const rank = (name) => (/^GO/.test(name) ? 2 : /^(CI|HOME|LANG|LC_.*|PATH|PWD|TERM|TMPDIR|TZ|USER)$/.test(name) ? 1 : 0);
  const left_out = [];
  for (const name of Object.keys(process.env).sort((a, b) => rank(a) - rank(b) || size_of(b) - size_of(a))) {
    if (all < room) break;
    all -= size_of(name);
    left_out.push(name);
    delete process.env[name];
  }
  process.on("exit", (code) => {
    if (code === 0) return;
    const names = left_out.slice(0, 8).join(", ") + (left_out.length > 8 ? `, and ${left_out.length - 8} more` : "");
    console.error(`go_js_wasm_exec: the program did not get ${names}: a wasm program has ${room} bytes for its arguments and environment`);
  });
}
