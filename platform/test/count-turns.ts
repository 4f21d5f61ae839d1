/** Counts the turns of the event loop until it is stopped. */
export function countTurns(): { readonly turn: number; stop(): void } {
  let counting = true;
  const counted = {
    turn: 0,
    stop() {
      counting = false;
    },
  };
  const count = () => {
    counted.turn++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  return counted;
}
