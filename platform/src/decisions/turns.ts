/**
 * Requests that begin in one turn of the event loop. Many clients are answered by one commit and send their next request at once: if
 * all of them were scored in one turn, the next commit would wait for each of them whenever it hears of the disk.
 */
const A_TURN = 6;

const waiting: (() => void)[] = [];
let begun = 0;
let counting = false;

function nextTurn(): void {
  begun = Math.min(A_TURN, waiting.length);
  for (const begin of waiting.splice(0, begun)) begin();
  counting = begun > 0;
  if (counting) setImmediate(nextTurn);
}

/** Resolves when there is room in a turn of the event loop, in the order of the calls; undefined where there is at once. */
export function roomInTurn(): Promise<void> | undefined {
  if (!counting) {
    counting = true;
    setImmediate(nextTurn);
  }
  if (begun < A_TURN && waiting.length === 0) {
    begun++;
    return undefined;
  }
  return new Promise((resolve) => waiting.push(resolve));
}
