/** Colours by what they mean. Each function is applied to a whole padded cell or line, never inside one. */

import picocolors from 'picocolors';

export interface Paint {
  readonly title: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly name: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly problem: (text: string) => string;
  readonly total: (text: string) => string;
  readonly selected: (text: string) => string;
}

export function createPaint(color: boolean): Paint {
  const colors = picocolors.createColors(color);
  return {
    title: colors.bold,
    heading: colors.dim,
    name: colors.cyan,
    faint: colors.dim,
    warning: colors.yellow,
    problem: colors.red,
    total: colors.bold,
    selected: colors.inverse,
  };
}
