/** Which logs an answer is made of. */

import {
  CLUSTER,
  CONNECTIONS,
  LOADED_SCRIPTS,
  type LogKind,
  NODE_RUNS,
  SAMPLES,
  VARIABLES,
} from '../../format/log-kind.ts';

/**
 * `samples`: the sizes of variables. `processes`: these, and all that nodes say of themselves besides. `connections`:
 * what fields of connections hold, if that was logged. `measurements`: what each measurement cost. `archive`: all that is kept.
 */
export type Needs = 'samples' | 'processes' | 'connections' | 'measurements' | 'archive';

/** What a database has tables of, and an archive. */
export const LOADED_LOGS: readonly LogKind[] = [SAMPLES, NODE_RUNS, VARIABLES, CONNECTIONS];

interface NeededLogs {
  /** A path that yields none of them is an error. */
  readonly wanted: readonly LogKind[];
  /** Taken where they lie beside. */
  readonly helpful: readonly LogKind[];
}

export const NEEDED_LOGS: Readonly<Record<Needs, NeededLogs>> = {
  samples: { wanted: [SAMPLES], helpful: [NODE_RUNS, VARIABLES, LOADED_SCRIPTS] },
  processes: { wanted: [SAMPLES], helpful: [NODE_RUNS, VARIABLES, LOADED_SCRIPTS, CONNECTIONS] },
  connections: { wanted: [CONNECTIONS, NODE_RUNS, SAMPLES], helpful: [] },
  measurements: { wanted: [NODE_RUNS, CLUSTER], helpful: [SAMPLES] },
  archive: { wanted: LOADED_LOGS, helpful: [] },
};
