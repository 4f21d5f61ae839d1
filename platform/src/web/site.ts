import { type Child, createContext, useContext } from 'hono/jsx';
import { WebError } from './error.ts';
import type { Lang, LocalText } from './languages.ts';
import { type Catalogue, type Translator, translator } from './messages.ts';

/** The person signed in, as pages need to know them. */
export interface Staff {
  readonly name: string;
  readonly roles: readonly string[];
  readonly authority: string;
}

/** How to reach a human being. */
export interface Human {
  readonly telephone: string;
  readonly counter: LocalText;
  readonly hours: LocalText;
}

export interface NavItem {
  readonly href: string;
  readonly label: Child;
  readonly current?: boolean;
}

/** What every component may ask about the page being made. Built once per request by the route. */
export interface Site {
  readonly lang: Lang;
  /** Path and query as requested, e.g. `/fr/register?q=aide`; the language switch keeps it. */
  readonly path: string;
  /** Marks every page as a specimen without value and keeps search engines out. */
  readonly demonstration: boolean;
  /** Token that `<Form>` sends back in the field `csrf`. */
  readonly csrf?: string | undefined;
  readonly staff?: Staff | undefined;
  readonly human?: Human | undefined;
  /** The navigation of the page's header; `<Page nav>` replaces it. */
  readonly nav?: readonly NavItem[] | undefined;
  /** Where the sign-out button of a staff page posts to. */
  readonly signOut?: string | undefined;
}

export const SiteContext = createContext<Site | undefined>(undefined);

/** @throws WebError `no-site` when the component is not rendered through `renderPage`. */
export function useSite(): Site {
  const site = useContext(SiteContext);
  if (site) return site;
  throw new WebError('no-site', 'No site context: render through renderPage(c, site, node)');
}

/** Counts the identifiers given out in one render. */
export const IdContext = createContext<{ last: number } | undefined>(undefined);

/** An `id` unique in the page and the same at every render of it. */
export function useId(prefix: string): string {
  const ids = useContext(IdContext);
  if (!ids) throw new WebError('no-site', 'No render context: render through renderPage(c, site, node)');
  ids.last += 1;
  return `${prefix}-${ids.last}`;
}

/** The translator of a catalogue in the page's language. Call it inside a component. */
export function useT<K extends string>(catalogue: Catalogue<K>): Translator<K> {
  return translator(catalogue, useSite().lang);
}
