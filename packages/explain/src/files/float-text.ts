const POWERS: readonly number[] = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const found = { value: 0, end: 0 };

/**
 * Reads one JSON number (RFC 8259 §6) from ASCII bytes; undefined when there is none at `start`.
 *
 * The value is the nearest double: up to 15 digits and powers up to 10^22 are exact products or quotients of exact
 * doubles (Clinger 1990, "How to read floating point numbers accurately"), anything longer goes through `Number`.
 * The result object is reused by the next call.
 */
export function readFloat(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at++;
  let mantissa = 0;
  let digits = 0;
  const whole = at;
  for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[++at] ?? 0, digits++) {
    mantissa = mantissa * 10 + byte - 0x30;
  }
  if (at === whole || (bytes[whole] === 0x30 && at > whole + 1)) return undefined;
  let exponent = 0;
  if (bytes[at] === 0x2e) {
    const point = ++at;
    for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[++at] ?? 0, digits++) {
      mantissa = mantissa * 10 + byte - 0x30;
    }
    if (at === point) return undefined;
    exponent = point - at;
  }
  const letter = bytes[at];
  if (letter === 0x65 || letter === 0x45) {
    const sign = bytes[++at];
    if (sign === 0x2b || sign === 0x2d) at++;
    const first = at;
    let power = 0;
    for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[++at] ?? 0) {
      power = Math.min(power * 10 + byte - 0x30, 100_000);
    }
    if (at === first) return undefined;
    exponent += sign === 0x2d ? -power : power;
  }
  found.end = at;
  found.value =
    digits <= 15 && exponent >= -22 && exponent <= 22
      ? scale(negative, mantissa, exponent)
      : slow(bytes, start, at);
  return found;
}

function scale(negative: boolean, mantissa: number, exponent: number): number {
  const power = POWERS[Math.abs(exponent)] ?? 1;
  const size = exponent < 0 ? mantissa / power : mantissa * power;
  return negative ? -size : size;
}

function slow(bytes: Uint8Array, start: number, end: number): number {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return Number(text);
}
