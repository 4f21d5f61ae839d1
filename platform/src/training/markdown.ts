import { PlatformError } from '../errors.ts';

/** A run of words within a block. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'em'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly id: string; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'quote'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

/**
 * Reads the part of Markdown (CommonMark) that training modules are written in: headings of level 2 and 3 with an
 * identifier (`## Title {#id}`), paragraphs, quotations, flat lists, `*emphasis*`, `**strong**`, links to https. Anything
 * else is text. Linear in the length of the text.
 *
 * Throws `invalid-record` for a heading without an identifier, or with one used before.
 */
export function parseMarkdown(source: string, where: string): readonly Block[] {
  const seen = new Set<string>();
  return source
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => blockOf(part, where, seen));
}

function blockOf(part: string, where: string, seen: Set<string>): Block {
  const lines = part.split('\n');
  const first = lines[0] ?? '';
  const heading = /^(#{2,3}) (.+?) \{#([a-z][a-z0-9-]*)\}$/.exec(first);
  if (heading?.[2] !== undefined && heading[3] !== undefined && lines.length === 1) {
    if (seen.has(heading[3])) throw fault(where, `the heading "${heading[3]}" is there twice`);
    seen.add(heading[3]);
    return {
      kind: 'heading',
      level: heading[1] === '##' ? 2 : 3,
      id: heading[3],
      text: inline(heading[2]),
    };
  }
  if (first.startsWith('#'))
    throw fault(where, `"${first.slice(0, 60)}" is no heading of the form "## Title {#id}"`);
  const marker = /^(?:- |\d+\. )/;
  if (marker.test(first)) {
    const items: string[] = [];
    for (const line of lines) {
      if (marker.test(line)) items.push(line.replace(marker, ''));
      else items[items.length - 1] += ` ${line.trim()}`;
    }
    return { kind: 'list', ordered: !first.startsWith('- '), items: items.map(inline) };
  }
  if (lines.every((line) => line.startsWith('>')))
    return { kind: 'quote', text: inline(lines.map((line) => line.replace(/^> ?/, '')).join(' ')) };
  return { kind: 'paragraph', text: inline(lines.join(' ')) };
}

function inline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  const pattern = /\*\*([^*]{1,500})\*\*|\*([^*]{1,500})\*|\[([^\]]{1,300})\]\((https:\/\/[^\s)]{1,500})\)/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    const [whole, strong, em, label, href] = match;
    if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else if (em !== undefined) parts.push({ kind: 'em', text: em });
    else parts.push({ kind: 'link', text: label ?? '', href: href ?? '' });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

function fault(where: string, what: string): PlatformError {
  return new PlatformError('invalid-record', `The training text cannot be read: ${what}.`, { where });
}
