import { portableRuntime } from '@taalil/transparency-log/verify';
import { BundleError } from '../archive/error.ts';
import { verifyArchive } from '../archive/verify.ts';

/**
 * Checks an archive on the reader's own device, from a page that was opened from the archive: nothing is sent, nothing is
 * loaded. Text from an archive is hostile: it is only ever set as text.
 */
type Verdict = 'valid' | 'broken' | 'untrusted' | 'malformed' | 'unsupported' | 'nothing';

const one = <E extends Element>(selector: string) => document.querySelector<E>(selector);

function show(verdict: Verdict, file = ''): void {
  const template = one<HTMLTemplateElement>(`template[data-verdict="${verdict}"]`);
  const place = one('[data-verdict-place]');
  if (template === null || place === null) return;
  const shown = document.importNode(template.content, true);
  const slot = shown.querySelector('[data-slot="file"]');
  if (file === '') slot?.closest('p')?.remove();
  else slot?.replaceChildren(file);
  place.replaceChildren(shown);
}

async function hasEd25519(): Promise<boolean> {
  try {
    // The base point of Ed25519 (RFC 8032, section 5.1): a key that every implementation takes.
    const key = new Uint8Array(32).fill(0x66);
    key[0] = 0x58;
    await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return true;
  } catch {
    return false;
  }
}

async function check(form: HTMLFormElement): Promise<void> {
  const chosen = form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  const keys = (form.querySelector('textarea')?.value ?? '').split(/\s+/).filter((key) => key !== '');
  if (chosen === undefined || keys.length === 0) return show('nothing');
  if (!(await hasEd25519())) return show('unsupported');
  try {
    await verifyArchive(new Uint8Array(await chosen.arrayBuffer()), { vkey: keys }, portableRuntime);
    show('valid');
  } catch (error) {
    if (error instanceof BundleError) show(error.code, error.file);
    else show('malformed');
  }
}

const form = one<HTMLFormElement>('form[data-check]');
if (form !== null) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check(form);
  });
}
