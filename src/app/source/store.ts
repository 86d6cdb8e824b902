/** What use cases ask for rows: logs, or an engine that has their numbers. */

import type { LogStore } from '../../store/log-store.ts';

export type Store = Pick<
  LogStore,
  | 'connectionFields'
  | 'extent'
  | 'knowledge'
  | 'nodeSeries'
  | 'range'
  | 'remember'
  | 'samplesLength'
  | 'series'
  | 'snapshot'
>;
