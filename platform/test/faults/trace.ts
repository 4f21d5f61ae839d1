import { readFileSync } from 'node:fs';

/** One system call of a trace, from when it was entered to when it had returned; seconds of one clock for all processes. */
export interface Call {
  readonly name: string;
  readonly pid: number;
  readonly entered: number;
  readonly returned: number;
  /** The file or socket of its first argument, as `strace -yy` shows it. */
  readonly file: string;
  /** Everything after the first argument, with what was written or read. */
  readonly rest: string;
  readonly result: number;
}

/** What a process is run under so that its trace can be read: `strace` is of the operating system's packages. */
export function tracing(file: string, calls: readonly string[]): string[] {
  return [
    'strace',
    '-f',
    '-ttt',
    '-T',
    '-yy',
    '-s',
    '70000',
    '-e',
    `trace=${calls.join()}`,
    '-e',
    'signal=none',
    '-o',
    file,
  ];
}

const LINE = /^(\d+) +(\d+\.\d+) (.*)$/;
const ENTERED = /^(\w+)\((.*)$/s;
const RESUMED = /^<\.\.\. (\w+) resumed>(.*)$/s;
const RETURNED = /\) += (-?\d+)[^=]*?(?:<(\d+\.\d+)>)?$/;

/** Reads what `strace -f -ttt -T -yy` wrote; calls that never returned are left out. */
export function readTrace(file: string): Call[] {
  const begun = new Map<string, { readonly entered: number; readonly name: string; readonly args: string }>();
  const calls: Call[] = [];
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [, pid = '', at = '', what = ''] = LINE.exec(line) ?? [];
    const resumed = RESUMED.exec(what);
    const [, name = '', args = ''] = resumed ?? ENTERED.exec(what) ?? [];
    if (name === '') continue;
    const before = resumed === null ? undefined : begun.get(pid);
    const entered = before?.entered ?? Number(at);
    const whole = (before?.args ?? '') + args;
    if (whole.endsWith(' <unfinished ...>')) {
      begun.set(pid, { entered, name, args: whole.slice(0, -' <unfinished ...>'.length) });
      continue;
    }
    const [ending, result = '', lasted] = RETURNED.exec(whole) ?? [];
    if (ending === undefined) continue;
    const text = whole.slice(0, -ending.length);
    const comma = firstArgument(text);
    calls.push({
      name,
      pid: Number(pid),
      entered,
      returned: entered + Number(lasted ?? 0),
      file: text.slice(0, comma),
      rest: text.slice(comma),
      result: Number(result),
    });
  }
  return calls;
}

/** Where the first argument ends: `18</a/file>` or `21<TCP:[127.0.0.1:1->127.0.0.1:2]>`. */
function firstArgument(text: string): number {
  const end = /^\d+<(?:->|[^<>])*>/.exec(text)?.[0].length;
  return end ?? Math.max(text.indexOf(','), 0);
}
