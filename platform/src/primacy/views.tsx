import type { Child } from 'hono/jsx';
import { AgencyText, Integer, type LocalText, Percent, Table, useT } from '../web/index.ts';
import type { PrimacyFigures, Share } from './figures.ts';
import { m } from './messages.ts';

const NAMES = [
  'caught',
  'agreedWhenRight',
  'judgedAlike',
  'overridden',
  'foundWrongLater',
  'glanced',
] as const;
/** The figures that concern the system, and nobody's pace of work. */
const PUBLIC = ['caught', 'agreedWhenRight', 'judgedAlike', 'overridden', 'foundWrongLater'] as const;
/** What rests on fewer is not published. */
const PUBLISHED_LEAST = 30;

type Name = (typeof NAMES)[number];

interface FiguresProps {
  readonly of: PrimacyFigures;
  /** The system, where a page shows several. */
  readonly name?: LocalText;
  readonly forPublic?: boolean;
}

/** Shares with their intervals and what they are counted on. */
export function FiguresTable({ of, name: system, forPublic = false }: FiguresProps) {
  const t = useT(m);
  const names: readonly Name[] = forPublic ? PUBLIC : NAMES;
  const { secondsPerFact } = of;
  return (
    <>
      <Table
        caption={system === undefined ? t('title') : <AgencyText text={system} mark={false} />}
        captionHidden
        rows={names}
        columns={[
          { header: t('figure'), rowHeader: true, cell: (name) => t(name) },
          {
            header: t('value'),
            cell: (name) => <ShareText share={of[name]} least={forPublic ? PUBLISHED_LEAST : 1} />,
          },
          {
            header: t('basis'),
            cell: (name) =>
              forPublic && of[name].total < PUBLISHED_LEAST ? '–' : <Integer value={of[name].total} />,
          },
        ]}
      />
      {!forPublic && secondsPerFact !== undefined && (
        <p>
          {t('secondsPerFact')}
          {' : '}
          {t('seconds', { n: Math.round(secondsPerFact) })}
        </p>
      )}
    </>
  );
}

function ShareText({ share, least }: { share: Share; least: number }): Child {
  const t = useT(m);
  const { successes, total, interval } = share;
  if (total === 0 || interval === undefined) return t('nothing');
  if (total < least) return t('few');
  return (
    <>
      <strong>
        <Percent share={String(successes / total)} />
      </strong>{' '}
      <small class="ta-note">
        {t('range', {
          low: <Percent share={String(interval.low)} />,
          high: <Percent share={String(interval.high)} />,
        })}
      </small>
    </>
  );
}

/** Of a system in the public register. */
export function PrimacySection({ figures }: { figures: PrimacyFigures | undefined }) {
  const t = useT(m);
  return (
    <section>
      <h2>{t('registerTitle')}</h2>
      {figures === undefined ? (
        <p>{t('registerNone')}</p>
      ) : (
        <>
          <p>{t('registerLead')}</p>
          <FiguresTable of={figures} forPublic />
        </>
      )}
    </section>
  );
}
