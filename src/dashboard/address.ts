/** What one looks at, kept in the address: it can be sent to somebody, and the browser's way back leads back. */

export interface Look {
  /** The variable whose page is shown; null for all of the report. */
  readonly variable: string | null;
  /** The node whose memory is shown; null for the first. */
  readonly node: string | null;
  /** Seconds before the end that pictures go back; null for all. */
  readonly span: number | null;
  /** The unit that sizes are drawn in; null for the first there is. */
  readonly unit: string | null;
  /** How what holds the memory is drawn; null for the first way. */
  readonly drawing: string | null;
}

export function readLook(): Look {
  const words = new URLSearchParams(location.hash.slice(1));
  const span = Number(words.get('span'));
  return {
    variable: words.get('variable'),
    node: words.get('node'),
    span: span > 0 ? span : null,
    unit: words.get('unit'),
    drawing: words.get('drawing'),
  };
}

export function writeAddress(look: Look): string {
  const words = Object.entries(look).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encode(value)}`]));
  // Names no element: going there leaves the page where it is.
  return `#${words.length === 0 ? 'all' : words.join('&')}`;
}

function encode(value: string | number): string {
  return encodeURIComponent(value);
}

export function lookAt(change: Partial<Look>): void {
  location.hash = writeAddress({ ...readLook(), ...change });
}

/** Calls back now, and whenever something else is looked at. */
export function whenLookChanges(show: (look: Look) => void): void {
  addEventListener('hashchange', () => show(readLook()));
  show(readLook());
}

/** Links that the page was made with say the variable only: the rest stays as it is. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#variable="]');
    if (link === null) return;
    event.preventDefault();
    lookAt({ variable: new URLSearchParams(link.hash.slice(1)).get('variable') });
  });
}
