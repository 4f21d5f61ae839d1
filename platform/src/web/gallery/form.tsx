import { DateField } from '../components/date-field.tsx';
import {
  Checkboxes,
  CodeField,
  FileField,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../components/fields.tsx';
import { Form } from '../components/form.tsx';
import { Actions, Button } from '../components/links.tsx';
import { Page } from '../layout.tsx';
import { useT } from '../site.ts';
import { galleryMessages } from './messages.ts';
import { GalleryTabs } from './tabs.tsx';

/** A form sent back with what was typed and what is wrong. */
export function FormPage() {
  const t = useT(galleryMessages);
  const values = {
    reference: 'TA-2026-004217',
    code: '123 45 67',
    tell: t.text('typed'),
    'born-day': '31',
    'born-month': '2',
    'born-year': '1990',
    answer: ['letter'],
    region: 'sm',
  };
  const errors = { code: t('codeWrong'), ground: t('groundMissing') };
  return (
    <Page kind="citizen" title={t.text('ask')} invalid>
      <GalleryTabs current="form" />
      <h1>{t('ask')}</h1>
      <Form values={values} errors={errors} files action="#">
        <TextField name="reference" label={t('reference')} dir="ltr" size={18} />
        <CodeField name="code" label={t('code')} />
        <Radios
          name="ground"
          label={t('ground')}
          options={[
            { value: 'data', label: t('groundData'), hint: t('groundDataHint') },
            { value: 'person', label: t('groundPerson') },
          ]}
        />
        <TextArea name="tell" label={t('tell')} hint={t('tellHint')} optional />
        <DateField name="born" label={t('born')} />
        <Select
          name="region"
          label={t('region')}
          options={[
            { value: 'or', label: t.text('oriental') },
            { value: 'sm', label: t.text('sousMassa') },
          ]}
        />
        <Checkboxes
          name="answer"
          label={t('answer')}
          options={[
            { value: 'letter', label: t('byLetter') },
            { value: 'counter', label: t('atCounter') },
          ]}
        />
        <FileField name="proof" label={t('proof')} accept="application/pdf,image/*" optional />
        <Actions>
          <Button>{t('send')}</Button>
          <Button variant="secondary" name="print" value="1">
            {t('print')}
          </Button>
        </Actions>
      </Form>
    </Page>
  );
}
