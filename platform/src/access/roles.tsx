import { Fragment } from 'hono/jsx';
import { useSite, useT } from '../web/site.ts';
import { roleMessages } from './messages-roles.ts';
import type { Role } from './permissions.ts';

/** Roles in words, in the page's language. */
export function Roles({ roles }: { roles: readonly Role[] }) {
  const t = useT(roleMessages);
  const { lang } = useSite();
  const separator = lang === 'ar' || lang === 'zgh' ? '، ' : ', ';
  return (
    <>
      {roles.map((role, index) => (
        <Fragment>
          {index > 0 && separator}
          {t(role)}
        </Fragment>
      ))}
    </>
  );
}
