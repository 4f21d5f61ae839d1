/** What to open, and as whom: printed when a demonstration starts, and kept in its folder for the next start. */
export interface DemonstrationAccess {
  readonly authority: string;
  readonly system: string;
  readonly citizen: { readonly reference: string; readonly code: string };
  readonly staff: readonly {
    readonly role: string;
    readonly account: string;
    readonly password: string;
    readonly path: string;
  }[];
  readonly apiKey: string;
  readonly exampleInput: Readonly<Record<string, unknown>>;
}

const row = (who: string, open: string, as: string) => `  ${who.padEnd(16)} ${open.padEnd(56)} ${as}`;

export function startTable(
  url: string,
  worlds: readonly DemonstrationAccess[],
  witnesses: readonly { readonly url: string; readonly keyName: string }[],
): string {
  return [
    '',
    `Taalil runs at ${url}   (demonstration: invented authorities, invented people, virtual time)`,
    ...worlds.flatMap((access) => worldRows(url, access)),
    '',
    ...witnesses.map((witness, i) => row(`witness ${i + 1}`, witness.url, `cosigns as ${witness.keyName}`)),
    '',
    'Ctrl-C stops it. The same command starts it again where it stood.',
    '',
  ].join('\n');
}

function worldRows(url: string, access: DemonstrationAccess): string[] {
  const { authority, citizen, staff, apiKey, system, exampleInput } = access;
  const body = JSON.stringify({ subject: 'TRY-1', input: exampleInput });
  return [
    '',
    row(authority.toUpperCase(), 'open', 'with'),
    row('register', `${url}/fr/register/${authority}/${system}`, ''),
    row(
      'citizen',
      `${url}/fr/case`,
      `reference ${citizen.reference}, code ${citizen.code.replace(/(\d{4})(?=\d)/g, '$1 ')}`,
    ),
    ...staff.map(({ role, account, password, path }) =>
      row(role, `${url}${path}`, `${account} / ${password}`),
    ),
    row('agency', `${url}/fr/api`, 'the line below'),
    '',
    `curl -sS ${url}/api/v1/systems/${system}/decisions -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -H "Idempotency-Key: try-$(date +%s%N)" -d '${body}'`,
  ];
}
