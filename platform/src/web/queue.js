// Walks the rows of a queue: j next, k previous, Enter opens the first link of the row. Without it, links and Tab do.
(() => {
  const rows = [...document.querySelectorAll('table[data-queue] tbody tr')].filter((row) =>
    row.querySelector('a[href]'),
  );
  let at = -1;
  const go = (to) => {
    if (rows.length === 0) return;
    rows[at]?.removeAttribute('data-at');
    at = Math.min(Math.max(to, 0), rows.length - 1);
    rows[at].setAttribute('data-at', '');
    const link = rows[at].querySelector('a[href]');
    link.focus();
    rows[at].scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    if (event.key === 'j') go(at + 1);
    else if (event.key === 'k') go(at - 1);
    else return;
    event.preventDefault();
  });
  for (const [index, row] of rows.entries()) {
    row.addEventListener('focusin', () => {
      rows[at]?.removeAttribute('data-at');
      at = index;
      row.setAttribute('data-at', '');
    });
  }
})();
