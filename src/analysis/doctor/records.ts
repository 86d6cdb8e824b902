/** What `doctor` goes by. */

import type { Attributor } from '../../attribution/attributor.ts';
import type { Assignment } from '../../attribution/declaration.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import type { NodeSeries } from '../../model/logged/node-series.ts';
import type { SeriesResult } from '../../model/logged/series.ts';
import type { JudgedSeries } from '../growth/judged-series.ts';
import type { Weigher } from '../weighing/weigh.ts';

/** What the logs hold, as the store gives it, and what it was judged to do. */
export interface Records {
  /** By node and time. */
  readonly lives: readonly NodeSeries[];
  readonly data: SeriesResult;
  readonly judged: JudgedSeries;
  readonly connections: readonly ConnectionField[];
  readonly weigher: Weigher;
  readonly attributor: Attributor;
  /** Statements of scripts at hand that replace a variable as a whole. */
  readonly assignments: readonly Assignment[];
  readonly zeekVersions: ReadonlyMap<string, string>;
}
