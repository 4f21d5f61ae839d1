import { encode } from 'uqr';

/**
 * A QR code as SVG, black on white in every colour scheme, with its quiet zone.
 *
 * @param text what it holds; keep it short, under about 300 characters, so that a cheap phone reads it.
 * @param label what it is, for who does not see it; give the same content as text or link beside it.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    .join('');
  return (
    <svg class="ta-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} width="148" height="148">
      <path class="ta-qr-paper" d={`M0 0h${size}v${size}H0z`} />
      <path class="ta-qr-ink" d={path} />
    </svg>
  );
}
