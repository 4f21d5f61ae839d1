/** Takes comments and needless white space out of a stylesheet. Strings are kept as they are. */
export function minifyCss(css: string): string {
  return css
    .split(/(\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, index) => (index % 2 === 0 ? squeeze(part) : part.startsWith('/*') ? '' : part))
    .join('')
    .trim();
}

function squeeze(part: string): string {
  return part
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/, /g, ',')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');
}
