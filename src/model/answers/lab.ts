/** The answer of `lab`: a cluster on this machine, node by node. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';

export type LabRole = 'manager' | 'logger' | 'proxy' | 'worker';

/** A node as it is to be started. */
export interface LabNode {
  readonly name: string;
  readonly role: LabRole;
  readonly port: number;
  /** What a worker reads: a trace's absolute path, or an interface; null for others. */
  readonly input: { readonly kind: 'pcap' | 'interface'; readonly name: string } | null;
}

export interface LabNodeResult {
  readonly node: string;
  readonly role: LabRole;
  /** Seconds from the start of the cluster to the node's first report; null where there was none. */
  readonly firstReport: number | null;
  readonly runs: number;
  /** Lives of its process: more than one is a crash. */
  readonly boots: number;
  readonly resident: number | null;
  /** What the packages' own variables hold at its last run; null where no package was given. */
  readonly held: ByteRange | null;
  /** What it said on standard error, a few lines. */
  readonly messages: readonly string[];
}

export interface LabResult {
  readonly packages: readonly string[];
  readonly zeekVersion: string | null;
  readonly nodes: readonly LabNodeResult[];
  /** Seconds from the start until every node had reported; null where not all did. */
  readonly ready: number | null;
  /** Seconds it ran in all, and took to stop. */
  readonly ran: number;
  readonly stopping: number;
  /** True where processes had to be killed. */
  readonly forced: boolean;
  readonly interrupted: boolean;
  readonly kept: string | null;
  readonly notes: readonly string[];
  readonly reading: Reading;
}
