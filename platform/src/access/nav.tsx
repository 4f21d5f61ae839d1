import type { Lang } from '../web/languages.ts';
import { translator } from '../web/messages.ts';
import type { NavItem } from '../web/site.ts';
import { m } from './messages.ts';
import { can, type Permission } from './permissions.ts';
import type { Staff } from './sessions.ts';

export const STAFF_PAGES = [
  { page: 'desk', permissions: ['desk.decide'] },
  { page: 'reviews', permissions: ['review.decide', 'review.assign'] },
  { page: 'counter', permissions: ['counter.assist'] },
  {
    page: 'systems',
    permissions: ['system.draft', 'system.suspend', 'system.rearm', 'assessment.write'],
  },
  { page: 'monitoring', permissions: ['monitoring.read', 'attribute-basis.record'] },
  { page: 'withheld', permissions: ['withholding.ask', 'withholding.approve', 'withheld.open'] },
  { page: 'primacy', permissions: ['primacy.read', 'desk.decide'] },
  { page: 'people', permissions: ['staff.manage'] },
  { page: 'accessLog', permissions: ['access-log.read'] },
  { page: 'log', permissions: ['log.audit'] },
  { page: 'training', permissions: ['own.read'] },
  { page: 'erasures', permissions: ['case.erase', 'case.erase-confirm'] },
  { page: 'own', permissions: ['own.read'] },
] as const satisfies readonly { page: string; permissions: readonly Permission[] }[];

export type StaffPage = (typeof STAFF_PAGES)[number]['page'];

const SEGMENTS: Readonly<Partial<Record<StaffPage, string>>> = { accessLog: 'access-log', own: 'me' };

export function staffHref(lang: Lang, authorityId: string, page?: StaffPage): string {
  const home = `/${lang}/staff/${authorityId}`;
  return page === undefined ? home : `${home}/${SEGMENTS[page] ?? page}`;
}

/** The staff pages that a person may open. */
export function pagesOf(staff: Pick<Staff, 'roles'>): readonly StaffPage[] {
  return STAFF_PAGES.filter(({ permissions }) => permissions.some((p) => can(staff, p))).map(
    ({ page }) => page,
  );
}

/** The menu of every staff page: home and what the person may open. `path` marks where they are. */
export function staffNav(
  staff: Pick<Staff, 'roles' | 'authorityId'>,
  lang: Lang,
  path: string,
): readonly NavItem[] {
  const t = translator(m, lang);
  const home = staffHref(lang, staff.authorityId);
  const here = path.split('?')[0] ?? path;
  return [
    { href: home, label: t('navHome'), current: here === home },
    ...pagesOf(staff).map((page) => {
      const href = staffHref(lang, staff.authorityId, page);
      return {
        href,
        label: t(page === 'own' ? 'navOwn' : page),
        current: here === href || here.startsWith(`${href}/`),
      };
    }),
  ];
}
