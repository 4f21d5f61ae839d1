import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { createApiKey } from '../src/access/index.ts';
import { createApp } from '../src/app.tsx';
import { browserTest, type TestBrowser, withServer } from './browser.ts';
import { pdf } from './files-to-attach.ts';
import { AUTHORITY_A, clearCase, inputOf, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { REASONS } from './opened-file.ts';
import { PASSWORD, staffMember } from './reviewing.ts';
import { signIn } from './staff-at-work.ts';

type Lang = 'fr' | 'ar';

const WORDS = {
  fr: {
    refused: 'Aide refusée',
    granted: 'Aide accordée',
    mistake: 'Le revenu inscrit est faux. Il date de 2019.',
  },
  ar: {
    refused: 'رفض الإعانة',
    granted: 'منح الإعانة',
    mistake: 'الدخل المقيد غير صحيح ويعود إلى سنة 2019.',
  },
} as const;

/** The agency's own system: posts and reads with its API key, as its integrator would. */
class Agency {
  readonly #origin: string;
  readonly #key: string;

  constructor(origin: string, key: string) {
    this.#origin = origin;
    this.#key = key;
  }

  async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; json: T }> {
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.#key}`,
        'Idempotency-Key': `walk-${path}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as T };
  }
}

interface Walk {
  readonly p: TestPlatform;
  readonly lang: Lang;
  readonly origin: string;
  readonly browser: TestBrowser;
}

const textOf = (page: Page) => page.locator('main').innerText();

/** A new visitor's page: a cheap phone, no JavaScript. */
function phone({ browser }: Walk): Promise<Page> {
  return browser.open({ javaScript: false, width: 360, height: 740 });
}

async function staffPage(walk: Walk, account: string): Promise<Page> {
  const page = await walk.browser.open({ javaScript: false });
  await signIn(page, walk.origin, walk.lang, account, PASSWORD);
  return page;
}

async function refuseAtTheDesk(walk: Walk): Promise<void> {
  const page = await staffPage(walk, 'first');
  await page.goto(`${walk.origin}/${walk.lang}/staff/${AUTHORITY_A}/desk`);
  await page.locator('tbody a').first().click();
  await page.locator('input[name=word][value=confirm]').check();
  await page.locator('textarea[name=text]').fill(REASONS[walk.lang]);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('form:has(textarea) button[type=submit]').click();
  assert.match(await textOf(page), new RegExp(WORDS[walk.lang].refused));
  await page.locator('form:has(input[name=shown]) button[type=submit]').click();
  assert.equal(await page.locator('form:has(textarea)').count(), 0, 'the decision is signed');
}

async function enter(walk: Walk, letter: { reference: string; code: string }): Promise<Page> {
  const page = await phone(walk);
  await page.goto(`${walk.origin}/${walk.lang}`);
  await page.locator(`a[href="/${walk.lang}/case"]`).first().click();
  await page.locator('input[name=reference]').fill(letter.reference.toLowerCase());
  await page.locator('input[name=code]').fill(letter.code.replace(/(\d{4})/g, '$1 '));
  await page.locator('main form button[type=submit]').click();
  assert.equal(new URL(page.url()).pathname, `/${walk.lang}/case/decision`);
  return page;
}

async function follow(page: Page, walk: Walk, path: string): Promise<string> {
  await page.locator(`main a[href="/${walk.lang}/case/${path}"]`).first().click();
  assert.equal(new URL(page.url()).pathname, `/${walk.lang}/case/${path}`);
  return textOf(page);
}

async function askForReview(page: Page, walk: Walk): Promise<void> {
  await page.goto(`${walk.origin}/${walk.lang}/case/decision`);
  await page.locator(`main a[href="/${walk.lang}/case/review"]`).first().click();
  const answers: Record<string, () => Promise<void>> = {
    ground: () => page.locator('input[value=data-wrong]').check(),
    facts: () => page.locator('input[value=earnings]').check(),
    values: () => page.locator('input[name=value-earnings]').fill('900'),
    text: () => page.locator('textarea').fill(WORDS[walk.lang].mistake),
    files: () => page.locator('input[type=file]').setInputFiles(PAYSLIP),
    contact: () => page.locator('input[name=contact]').fill('06 00 00 00 00'),
    who: () => page.locator('input[value=self]').check(),
  };
  for (let step = 0; step < 12 && !page.url().endsWith('/sent'); step++) {
    await answers[new URL(page.url()).pathname.split('/').at(-1) as string]?.();
    const send = page.locator('main form:not([action$="leave"]) button[type=submit]').first();
    if ((await send.count()) > 0) await send.click();
    else await page.locator('main a[href$="/review/ground"]').first().click();
  }
  assert.match(page.url(), /\/sent$/);
}

async function assign(walk: Walk, to: string): Promise<string> {
  const page = await staffPage(walk, 'supervisor');
  await page.goto(`${walk.origin}/${walk.lang}/staff/${AUTHORITY_A}/reviews`);
  await page.locator('tbody a').first().click();
  const address = page.url().replace(/\/qualify$/, '');
  // What the request is in law comes first.
  await page.goto(`${address}/qualify`);
  await page.locator('input[name=kind][value=revision]').check();
  await page.locator('textarea[name=because]').fill(WORDS[walk.lang].mistake);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('form:has(input[name=kind]) button[type=submit]').click();
  await page.goto(address);
  await page.locator(`input[name=to][value="${to}"]`).check();
  await page.locator('form:has(input[name=to]) button[type=submit]').click();
  return address;
}

/** A real file, chosen in the browser; its name tries to lie. */
const PAYSLIP = { name: 'paie\u202efdp.exe', mimeType: 'text/html', buffer: pdf(['(mars)']) };

/** What the person handed in is a link at the desk, and comes as a download. */
async function download(page: Page): Promise<void> {
  const waiting = page.waitForEvent('download');
  await page.locator('main a[download]').first().click();
  const file = await waiting;
  assert.equal(file.suggestedFilename(), 'paiefdp.exe.pdf');
  assert.deepEqual(readFileSync(await file.path()), PAYSLIP.buffer);
}

async function uphold(walk: Walk, address: string): Promise<void> {
  const page = await staffPage(walk, 'second');
  await page.goto(address);
  assert.match(await textOf(page), new RegExp(WORDS[walk.lang].mistake.slice(0, 20)));
  await download(page);
  await page.locator('input[name=answer][value=favour]').check();
  await page.locator('textarea[name=text]').fill(REASONS[walk.lang]);
  await page.locator('select[name=lang]').selectOption(walk.lang);
  await page.locator('button[value=check]').click();
  await page.locator('button[value=sign]').click();
  assert.equal(await page.locator('textarea[name=text]').count(), 0, 'the answer is signed');
}

const run = promisify(execFile);

/** `./taalil receipt verify`: its exit code and what it says. */
async function verify(file: string, key: string): Promise<{ code: number; said: string }> {
  const command = join(import.meta.dirname, '../../taalil');
  return run(command, ['receipt', 'verify', file, '--key', key]).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
}

async function checkReceipt(page: Page, walk: Walk): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-walk-'));
  try {
    const response = await page.request.get(`${walk.origin}/${walk.lang}/case/receipt.json`);
    assert.equal(response.status(), 200);
    const receipt = await response.text();
    const file = join(folder, 'receipt.json');
    writeFileSync(file, receipt);
    const vkey = await walk.p.ledger.vkey(AUTHORITY_A);
    const { code, said } = await verify(file, vkey);
    assert.equal(code, 0, said);
    for (const type of ['decision-proposed', 'proposal-confirmed', 'review-requested', 'review-upheld']) {
      assert.match(said, new RegExp(`type: ${type}`));
    }
    writeFileSync(file, receipt.replace('20000', '20001'));
    assert.equal((await verify(file, vkey)).code, 1, 'an altered fact is broken');
    writeFileSync(file, receipt);
    assert.equal(
      (await verify(file, await walk.p.ledger.vkey('autre-agence'))).code,
      2,
      'another key is untrusted',
    );
    writeFileSync(file, receipt.slice(0, -20));
    assert.equal((await verify(file, vkey)).code, 3, 'a cut file is malformed');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function wholeLife(walk: Walk): Promise<void> {
  const { p, lang, origin } = walk;
  await staffMember(p, 'first', ['reviewer']);
  const second = await staffMember(p, 'second', ['reviewer']);
  await staffMember(p, 'supervisor', ['supervisor']);
  const key = await createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'walk',
    scopes: ['decisions:write', 'decisions:read', 'notices:write'],
    systems: [SYSTEM],
  });
  const agency = new Agency(origin, key.secret);

  const person = clearCase('adverse');
  const asked = await agency.call<{ decision: string; status: string; outcome?: unknown }>(
    'POST',
    `/systems/${SYSTEM}/decisions`,
    { subject: person.subject, input: inputOf(person.household), audit: person.audit },
  );
  assert.deepEqual(
    [asked.status, asked.json.status, asked.json.outcome],
    [202, 'awaiting-person', undefined],
  );

  await refuseAtTheDesk(walk);
  const { decision } = asked.json;
  const settled = await agency.call<{ status: string; outcome: { effect: string } }>(
    'GET',
    `/decisions/${decision}`,
  );
  assert.deepEqual([settled.json.status, settled.json.outcome.effect], ['effective', 'adverse']);

  const letter = await agency.call<{ reference: string; code: string }>(
    'POST',
    `/decisions/${decision}/letter`,
  );
  const citizen = await enter(walk, letter.json);
  const read = await textOf(citizen);
  assert.match(read, new RegExp(WORDS[lang].refused));
  assert.ok(read.includes(REASONS[lang].slice(0, 30)), "the reviewer's own reasons are there");
  for (const path of ['reasons', 'facts', 'life', 'receipt']) {
    await citizen.goto(`${origin}/${lang}/case/decision`);
    await follow(citizen, walk, path);
  }
  await askForReview(citizen, walk);

  const address = await assign(walk, second.staffId);
  const blocked = await staffPage(walk, 'first');
  assert.equal((await blocked.goto(address))?.status(), 403);
  await uphold(walk, address);

  await citizen.goto(`${origin}/${lang}/case/decision`);
  assert.match(await textOf(citizen), new RegExp(WORDS[lang].granted));
  await checkReceipt(citizen, walk);
  const old = await agency.call<{ status: string; superseded_by: string }>('GET', `/decisions/${decision}`);
  assert.equal(old.json.status, 'superseded');
  const now = await agency.call<{ status: string; outcome: { effect: string; decided_by: string } }>(
    'GET',
    `/decisions/${old.json.superseded_by}`,
  );
  assert.deepEqual(
    [now.json.status, now.json.outcome.effect, now.json.outcome.decided_by],
    ['effective', 'favourable', 'person'],
  );
}

for (const lang of ['fr', 'ar'] as const) {
  browserTest(`one decision's whole life, without JavaScript (${lang})`, async (browser) => {
    const p = await makePlatform();
    try {
      await withServer(createApp(p), (origin) => wholeLife({ p, lang, origin, browser }));
    } finally {
      await p.dispose();
    }
  });
}
