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

export function startTable(
  url: string,
  access: DemonstrationAccess,
  witnesses: readonly { readonly url: string; readonly keyName: string }[],
): string {
  const { citizen, staff, apiKey, system, exampleInput } = access;
  const row = (who: string, open: string, as: string) => `  ${who.padEnd(16)} ${open.padEnd(52)} ${as}`;
  const body = JSON.stringify({ subject: 'H-TRY-1', input: exampleInput });
  return [
    '',
    `Taalil runs at ${url}   (demonstration: invented agency, invented people, virtual time)`,
    '',
    row('who', 'open', 'with'),
    row(
      'citizen',
      `${url}/fr/case`,
      `reference ${citizen.reference}, code ${citizen.code.replace(/(\d{4})(?=\d)/g, '$1 ')}`,
    ),
    ...staff.map(({ role, account, password, path }) =>
      row(role, `${url}${path}`, `${account} / ${password}`),
    ),
    row('agency', `${url}/fr/api`, 'the line below'),
    ...witnesses.map((witness, i) => row(`witness ${i + 1}`, witness.url, `cosigns as ${witness.keyName}`)),
    '',
    `curl -sS ${url}/api/v1/systems/${system}/decisions -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -H "Idempotency-Key: try-$(date +%s%N)" -d '${body}'`,
    '',
    'Ctrl-C stops it. The same command starts it again where it stood.',
    '',
  ].join('\n');
}
