/** Small line icons. They never stand alone: a word always goes with them, so they are hidden from readers. */
const PATHS = {
  check: 'M5 13l4 4 10-10',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.2',
  info: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v6M12 7.5v.2',
  pause: 'M9 6v12M15 6v12',
  dot: 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5',
  ascending: 'M12 19V5M6 11l6-6 6 6',
  descending: 'M12 5v14M6 13l6 6 6-6',
  sortable: 'M8 10l4-4 4 4M8 14l4 4 4-4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="ta-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: an eight-pointed star, two squares drawn with one thin line. In the header only. */
export function Mark() {
  return (
    <svg class="ta-mark" viewBox="0 0 40 40" width="36" height="36" aria-hidden="true" focusable="false">
      <path d="M8 8h24v24H8z" />
      <path d="M20 3.03L36.97 20 20 36.97 3.03 20z" />
    </svg>
  );
}
