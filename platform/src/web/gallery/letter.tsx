import { SummaryList } from '../components/facts.tsx';
import { AgencyText, CodeText, Decimal, PersonName } from '../components/text.tsx';
import { LetterPage } from '../letter.tsx';
import { useSite, useT } from '../site.ts';
import { galleryMessages } from './messages.ts';

const AGENCY = { fr: 'Agence de l’aide aux ménages', ar: 'وكالة دعم الأسر', en: 'Household Support Agency' };

/** A notice as it is printed. */
export function SampleLetter() {
  const t = useT(galleryMessages);
  const { lang } = useSite();
  return (
    <LetterPage
      title={t.text('subject')}
      screen={<a href={`/${lang}/gallery`}>{t('gallery')}</a>}
      from={<AgencyText text={AGENCY} mark={false} />}
      to={<PersonName latin="Fadma Oubella" arabic="فاضمة أوبلا" />}
      place={t('place')}
      date="2026-08-14"
      reference="TA-2026-004217"
      subject={t('subject')}
      signature={
        <>
          <PersonName>Rkia Aït Brahim</PersonName>
          <br />
          <small>{t('signed', { day: '2026-01-05' })}</small>
        </>
      }
      qr={{ text: 'https://example.org/fr/d/TA-2026-004217', label: t.text('qr'), caption: t('qr') }}
      foot={t('courtText')}
    >
      <p>{t('dear')}</p>
      <p>{t('title')}</p>
      <p>{t('reasonsText', { score: <Decimal value="11.0731" />, threshold: <Decimal value="9.3264" /> })}</p>
      <SummaryList
        items={[
          { term: t('members'), value: t('membersValue', { n: 3 }) },
          { term: t('code'), value: <CodeText value="123456789012" /> },
        ]}
      />
    </LetterPage>
  );
}
