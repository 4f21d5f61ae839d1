/** Shows how far a long task is, with its rate: a bar on a terminal, a plain line every few seconds elsewhere. */
export interface Progress {
  step(done: number): void;
  end(): void;
}

const WIDTH = 28;
const PLAIN_EVERY_MS = 5_000;
const BAR_EVERY_MS = 100;

export function progressBar(
  label: string,
  total: number,
  out: NodeJS.WriteStream = process.stderr,
): Progress {
  const started = performance.now();
  let shown = -Infinity;
  const line = (done: number) => {
    const seconds = (performance.now() - started) / 1000;
    const rate = seconds > 0.2 ? Math.round(done / seconds) : 0;
    const left = rate > 0 ? Math.ceil((total - done) / rate) : undefined;
    return { percent: Math.floor((100 * done) / total), rate, left };
  };
  const show = (done: number) => {
    const { percent, rate, left } = line(done);
    if (out.isTTY) {
      const full = Math.round((WIDTH * percent) / 100);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      out.write(
        `\r\x1b[K${label}  ${bar} ${percent} %  ${done}/${total}  ${rate}/s${left === undefined ? '' : `  ${left} s left`}`,
      );
    } else {
      out.write(`${label}: ${percent} % (${done}/${total}, ${rate}/s)\n`);
    }
  };
  return {
    step(done) {
      const now = performance.now();
      if (now - shown < (out.isTTY ? BAR_EVERY_MS : PLAIN_EVERY_MS)) return;
      shown = now;
      show(done);
    },
    end() {
      show(total);
      if (out.isTTY) out.write('\n');
    },
  };
}
