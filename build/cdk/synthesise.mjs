// Synthesises all apps, each variant into FOLDER/APP/VARIANT, and keeps of each assembly what PolicyLint reads: the manifest's
// stacks and the templates, without the code and the assets that they deploy. `cdk synth` starts it: what the command tells apps
// (paths of constructs and assets) is in their context then.
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';

const folder = process.argv[2];
const flags = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');
const whole = mkdtempSync(join(tmpdir(), 'cdk-'));

for (const file of readdirSync('apps').sort()) {
  rmSync(join(folder, basename(file, '.mjs')), { recursive: true, force: true });
  const { default: variants } = await import(`./apps/${file}`);
  for (const [variant, build] of Object.entries(variants)) {
    const name = join(basename(file, '.mjs'), variant);
    const app = new App({ outdir: join(whole, name), context: flags });
    build(app);
    app.synth();
    keep(join(whole, name), join(folder, name));
  }
}
rmSync(whole, { recursive: true });

// `cdk synth` expects an app in the folder that it names.
const last = new App();
new CfnWaitConditionHandle(new Stack(last, 'Done'), 'Nothing');
last.synth();

function keep(from, to) {
  mkdirSync(to, { recursive: true });
  const { version, artifacts } = JSON.parse(readFileSync(join(from, 'manifest.json')));
  const stacks = Object.entries(artifacts).filter(([, a]) => ['aws:cloudformation:stack', 'cdk:cloud-assembly'].includes(a.type));
  write(join(to, 'manifest.json'), { version, artifacts: Object.fromEntries(stacks.map(([id, a]) => [id, stackOf(a)])) });
  for (const file of readdirSync(from).filter(f => f.endsWith('.template.json')))
    write(join(to, file), trimmed(JSON.parse(readFileSync(join(from, file)))));
  for (const [, { properties: { directoryName } }] of stacks) if (directoryName) keep(join(from, directoryName), join(to, directoryName));
}

function stackOf({ type, environment, properties: { templateFile, stackName, directoryName }, dependencies, displayName }) {
  return { type, environment, properties: { templateFile, stackName, directoryName }, dependencies: dependencies?.filter(d => !d.endsWith('.assets')), displayName };
}

/** Code in the template is not ours to keep, and says nothing of access. */
function trimmed(template) {
  for (const resource of Object.values(template.Resources ?? {})) if (resource.Properties?.Code?.ZipFile) resource.Properties.Code.ZipFile = '// left out';
  return template;
}

function write(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
