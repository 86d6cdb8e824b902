/** What every report takes and gives. */

/** The four forms of every answer. */
export type OutputFormat = 'table' | 'json' | 'csv' | 'tsv';

export interface Screen {
  /** Columns a line may take; null for as many as need be. */
  readonly width: number | null;
  readonly color: boolean;
}

export interface Report {
  /** Ends with a newline. */
  readonly text: string;
  /** What the form has no place for, one sanitized sentence each: it belongs on standard error. */
  readonly asides: readonly string[];
}

/** Narrower than this no table can be read; lines are then as wide as this. */
const NARROWEST = 40;

/** The width lines are laid out for. */
export function chooseLineWidth(screen: Screen): number | null {
  return screen.width === null ? null : Math.max(NARROWEST, screen.width);
}
