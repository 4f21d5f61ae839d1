// Runs the project on the pinned Node, whatever Node the machine has.
// Plain JavaScript that Node 18 and later can read: this file starts before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const NEEDED_MAJOR = 26;

const ENTRIES = {
  start: 'platform/src/main.ts',
  cli: 'platform/src/cli/taalil.ts',
  test: 'test/run.ts',
};

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function install(folder, what) {
  process.stderr.write(`Installing ${what} (once) …\n`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    fail(
      `npm ci failed in ${folder}. Check the network and the free disk space, then run the same command again.`,
    );
  }
}

function pinnedNode() {
  const modules = join(here, 'node_modules');
  if (!existsSync(modules)) return undefined;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return readdirSync(modules)
    .flatMap((folder) => [join(modules, folder, 'bin', name), join(modules, folder, name)])
    .find((file) => existsSync(file));
}

function ensureNode() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  if (!pinnedNode())
    install(here, `Node ${NEEDED_MAJOR} for this project, as this machine has ${process.version}`);
  return (
    pinnedNode() ??
    fail(
      `No Node ${NEEDED_MAJOR} build for ${process.platform}-${process.arch}: install it yourself and run again.`,
    )
  );
}

function installed() {
  const has = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(has)) return false;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const got = JSON.parse(readFileSync(has, 'utf8')).packages;
  return Object.entries(want).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') ||
      entry.optional ||
      entry.link ||
      got[path]?.version === entry.version,
  );
}

function ensureDependencies() {
  if (!installed()) install(root, 'the dependencies');
}

function run(node, args) {
  const child = spawn(node, args, {
    cwd: process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  });
  // Ctrl-C reaches the whole process group: wait for the child to stop cleanly.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

const [verb = 'start', ...rest] = process.argv.slice(2);
const node = ensureNode();
ensureDependencies();
const typescript = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  new URL('./typescript.mjs', import.meta.url).href,
];
if (verb in ENTRIES) run(node, [...typescript, join(root, ENTRIES[verb]), ...rest]);
else if (verb === 'run') run(node, [...typescript, ...rest]);
else if (verb === 'check') {
  const bin = (name) => join(root, 'node_modules', name);
  for (const args of [
    [bin('typescript/bin/tsc'), '--noEmit', '-p', join(root, 'tsconfig.json')],
    [bin('typescript/bin/tsc'), '--noEmit', '-p', join(root, 'platform/src/citizen/browser/tsconfig.json')],
    [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', root],
  ]) {
    const done = spawnSync(node, args, { stdio: 'inherit', cwd: root });
    if (done.status !== 0) process.exit(done.status ?? 1);
  }
} else fail(`launch.mjs does not know "${verb}": use start, cli, test, check or run FILE.`);
