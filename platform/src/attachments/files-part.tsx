import type { Child } from 'hono/jsx';
import { Button, FileField, type FormErrors, formatDecimal, Machine, useSite, useT } from '../web/index.ts';
import type { FileFacts, HandedFile } from './facts.ts';
import { FILE_MOST, megabytes, UPLOAD_MOST } from './limits.ts';
import { files as messages } from './messages.ts';
import { FILES_FIELD, type RefusedFile } from './upload.ts';

const LIMITS = { each: megabytes(FILE_MOST), all: megabytes(UPLOAD_MOST) };
/** What the browser offers to choose from; what counts is decided from the bytes. */
const ACCEPT = 'application/pdf,image/jpeg,image/png,image/webp';

/**
 * Files that were chosen and wait to be sent, each with a button that lets it go, and the field that adds more. Whoever sends the form
 * by the keyboard presses its first button: that one lets nothing go.
 */
export function ChooseFiles({ staged }: { staged: readonly FileFacts[] }): Child {
  const t = useT(messages);
  return (
    <>
      <StagedFiles staged={staged} remove />
      <FileField
        name={FILES_FIELD}
        label={t('choose')}
        hint={t('chooseHint', LIMITS)}
        accept={ACCEPT}
        multiple
        optional
      />
    </>
  );
}

/** The files that go with what is being sent. */
export function StagedFiles({ staged, remove }: { staged: readonly FileFacts[]; remove?: boolean }): Child {
  const t = useT(messages);
  if (staged.length === 0) return null;
  return (
    <section class="ta-files">
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nobody reaches it; the enter key presses it. */}
      {remove && <button type="submit" class="ta-hidden" tabindex={-1} aria-hidden="true" />}
      <h2>{t('staged')}</h2>
      <ul>
        {staged.map((file) => (
          <li>
            <FileName of={file} />
            {remove && (
              <Button variant="tertiary" name="remove" value={file.file}>
                {t('remove')}
                <span class="ta-hidden"> {file.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same in a list of answers, also where there are none. */
export function StagedNames({ staged }: { staged: readonly FileFacts[] }): Child {
  const t = useT(messages);
  if (staged.length === 0) return t('none');
  return (
    <ul class="ta-files">
      {staged.map((file) => (
        <li>
          <FileName of={file} />
        </li>
      ))}
    </ul>
  );
}

function FileName({ of, href }: { of: FileFacts; href?: string | undefined }): Child {
  const t = useT(messages);
  const { lang } = useSite();
  const name = <bdi>{of.name}</bdi>;
  const small = of.bytes < 1_000_000;
  const n = formatDecimal(
    lang,
    small ? String(Math.ceil(of.bytes / 1_000)) : (of.bytes / 1_000_000).toFixed(1),
  );
  return (
    <span class="ta-file-name">
      {href === undefined ? (
        name
      ) : (
        <a class="ds-link" href={href} download>
          {name}
        </a>
      )}{' '}
      <small class="ta-note">
        <bdi>{of.type.toUpperCase()}</bdi> · <bdi>{t(small ? 'kilobytes' : 'megabytes', { n })}</bdi>
      </small>
    </span>
  );
}

export interface HandedFilesProps {
  readonly files: readonly HandedFile[];
  /** Where a file is downloaded; left out where this reader may not. */
  readonly hrefOf?: (file: HandedFile) => string;
  /** The button that takes a file back, where that can still be done. */
  readonly action?: ((file: HandedFile) => Child) | undefined;
  /** Shows the hash that the log commits to. */
  readonly hashes?: boolean;
}

/** Files that were handed in with a request. */
export function HandedFiles({ files, hrefOf, action, hashes }: HandedFilesProps): Child {
  const t = useT(messages);
  return (
    <ul class="ta-files">
      {files.map((file) => (
        <li>
          <span>
            <FileName of={file} href={file.withdrawnAt === undefined ? hrefOf?.(file) : undefined} />
            <small class="ta-note">
              {file.withdrawnAt === undefined
                ? t(file.atCounter ? 'onAtCounter' : 'on', { at: file.at })
                : t('takenBack', { at: file.withdrawnAt })}
            </small>
            {hashes && (
              <small class="ta-note">
                SHA-256 <Machine>{file.sha256}</Machine>
              </small>
            )}
          </span>
          {file.withdrawnAt === undefined && action?.(file)}
        </li>
      ))}
    </ul>
  );
}

/** What is wrong with each file that was not taken, for the field of the files. Call it inside a component. */
export function useFileErrors(refused: readonly RefusedFile[]): FormErrors {
  const t = useT(messages);
  if (refused.length === 0) return {};
  return {
    [FILES_FIELD]: refused.map(({ name, fault }, i) => (
      <span class="ta-file-fault">
        {i > 0 && ' '}
        {name === undefined
          ? t(fault, LIMITS)
          : t('refused', { name: <bdi>{name}</bdi>, why: t(fault, LIMITS) })}
      </span>
    )),
  };
}

/** The status of an answer to a form with files. */
export function statusOf(refused: readonly RefusedFile[]): 200 | 413 | 422 | 429 {
  const faults = refused.map(({ fault }) => fault);
  if (faults.includes('uploadTooLarge')) return 413;
  if (faults.includes('tooOften') || faults.includes('busy')) return 429;
  return faults.length > 0 ? 422 : 200;
}
