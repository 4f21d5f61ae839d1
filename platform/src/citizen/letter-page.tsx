import { AgencyText, LetterPage, Machine, PersonName, useSite, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { courtWarnings } from './court-time.ts';
import { LawText } from './deadline-text.tsx';
import { ApproximateNote, dateOf, LawAndFact, Outcome, Who } from './decision-parts.tsx';
import { m } from './messages.ts';
import { decision } from './messages-decision.ts';
import { settlementOf } from './settlement.ts';
import { WithheldNotice } from './withheld-notice.tsx';

/** How to open the file from paper: the address in words too, for who cannot use the code. */
function OpenHere({ address }: { address: string }) {
  const t = useT(decision);
  return (
    <>
      {t('letterOpen')}
      <br />
      <Machine>{address}</Machine>
    </>
  );
}

/** The decision on paper. `address` opens the case; it never holds a code. */
export function DecisionLetter({ of, address }: { of: CitizenCase; address: string }) {
  const t = useT(decision);
  const shared = useT(m);
  const { lang } = useSite();
  const { present, waiting, authority, record } = of;
  const { telephone, counter, hours } = record.humanContact;
  const signer = settlementOf(present)?.decided_by;
  return (
    <LetterPage
      title={waiting ? t.text('letterWaiting') : t.text('reasons')}
      screen={
        <>
          <a class="ds-link" href={`/${lang}/case/decision`}>
            {shared('backToDecision')}
          </a>
          <p>{t('letterPrint')}</p>
        </>
      }
      from={<AgencyText text={authority.name} mark={false} />}
      date={dateOf(present)}
      reference={present.case.reference}
      subject={waiting ? t('letterWaiting') : t('letterSubject', { outcome: <Outcome of={present} /> })}
      {...(signer ? { signature: <PersonName>{signer.name}</PersonName> } : {})}
      qr={{ text: address, label: t.text('letterQr'), caption: <OpenHere address={address} /> }}
      foot={
        <p>
          {t('letterHuman', {
            telephone: <bdi>{telephone}</bdi>,
            counter: <AgencyText text={counter} mark={false} />,
            hours: <AgencyText text={hours} mark={false} />,
          })}
        </p>
      }
    >
      {waiting ? (
        <p>{t('waitingCan')}</p>
      ) : (
        <>
          <h2>{t('reasons')}</h2>
          <LawAndFact of={present} />
          <ApproximateNote of={present} />
          <WithheldNotice of={present} />
          <h2>{t('who')}</h2>
          <Who of={present} reference={present.case.reference} />
          {present.effect === 'adverse' && <p>{t('letterReview')}</p>}
          {present.effect === 'adverse' &&
            courtWarnings(record).map((warning) => (
              <p>
                <LawText of={warning} />
              </p>
            ))}
        </>
      )}
    </LetterPage>
  );
}
