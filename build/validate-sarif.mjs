#!/usr/bin/env node
// validate-sarif.mjs FILE…: each SARIF file against the schema, then against Microsoft's rules for SARIF and for GitHub
// code scanning. Prints every result; exits 1 when one of them is an error, 2 when a file could not be judged.
//
// The schema comes first because Multitool drops a file that it cannot deserialise (a `level` that does not exist, a
// text where a number belongs) without a word and with exit code 0. It exits 0 on errors too: only its own log counts.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const require = createRequire(new URL("./npm/package.json", import.meta.url));
const Ajv = require("ajv/dist/2020").default;
const multitool = require("@microsoft/sarif-multitool");
const schema = read(join(dirname(multitool), "sarif-2.1.0.json"));
const conforms = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);

const files = process.argv.slice(2);
if (files.length === 0) stop("usage: validate-sarif.mjs FILE…");

let errors = 0;
for (const file of files) {
  const results = [...againstSchema(file), ...againstRules(file)];
  for (const { level, rule, place, text } of results) console.log(`${file}: ${level} ${rule} at ${place}: ${text}`);
  const found = results.filter(r => r.level === "error").length;
  console.log(`${file}: ${found} errors, ${results.length - found} warnings and notes`);
  errors += found;
}
process.exit(errors > 0 ? 1 : 0);

function againstSchema(file) {
  if (conforms(read(file))) return [];
  return conforms.errors.map(e => ({
    level: "error", rule: "schema", place: e.instancePath || "/",
    text: `${e.message} ${JSON.stringify(e.params)}`,
  }));
}

function againstRules(file) {
  const folder = mkdtempSync(join(tmpdir(), "validate-sarif-"));
  try {
    const log = join(folder, "log.sarif");
    chmodSync(multitool, 0o755);
    const run = spawnSync(multitool, [
      "validate", resolve(file), "--output", log, "--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas",
    ], { encoding: "utf8" });
    if (run.status !== 0) stop(`${file}: the validator failed\n${run.error ?? ""}${run.stdout}${run.stderr}`);
    return read(log).runs.flatMap(judged => (judged.results ?? []).map(result => told(result, judged)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function told(result, judged) {
  const rule = judged.tool.driver.rules?.[result.ruleIndex];
  const text = rule?.messageStrings?.[result.message.id]?.text ?? result.message.text ?? result.message.id;
  const words = result.message.arguments ?? [];
  const region = result.locations?.[0]?.physicalLocation?.region ?? {};
  return {
    level: result.level ?? rule?.defaultConfiguration?.level ?? "warning",
    rule: result.ruleId,
    place: `${region.startLine ?? "?"}:${region.startColumn ?? "?"}`,
    text: text.replace(/\{(\d+)\}/g, (whole, index) => words[index] ?? whole),
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (problem) {
    stop(`${file}: ${problem.message}`);
  }
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
