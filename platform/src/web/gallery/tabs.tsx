import { Tabs } from '../components/links.tsx';
import { useSite, useT } from '../site.ts';
import { galleryMessages } from './messages.ts';

const SAMPLES = { '': 'caseTab', form: 'formTab', staff: 'staffTab', letter: 'letterTab' } as const;

export function GalleryTabs({ current }: { current: keyof typeof SAMPLES }) {
  const t = useT(galleryMessages);
  const { lang } = useSite();
  const items = Object.entries(SAMPLES).map(([name, key]) => ({
    href: `/${lang}/gallery${name ? `/${name}` : ''}`,
    label: t(key),
    current: name === current,
  }));
  return <Tabs items={items} label={t.text('gallery')} />;
}
