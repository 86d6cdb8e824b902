/** What nodes answer when they are asked for a run over the cluster. */

import type { Measurement } from '../logged/node-series.ts';
import type { Sample } from '../logged/sample.ts';
import type { TopResult } from './top.ts';

/** zeekctl's and Zeek's own preset for where a manager listens. */
export const USUAL_ADDRESS = '127.0.0.1:27759';
/** Seconds to wait for answers. */
export const USUAL_TIMEOUT = 10;

/** A node's answer: the rows it logged for the run, and what the run cost. */
export interface NodeAnswer {
  readonly node: string;
  /** Seconds from the request to the answer. */
  readonly after: number;
  readonly measurement: Measurement;
  /** The run's counter, 1 for the first run of a boot. */
  readonly run: number;
  readonly samples: readonly Sample[];
}

/** A node that made no run, and why, in its own words. */
export interface NodeRefusal {
  readonly node: string;
  readonly reason: string;
}

export interface NodeAnswers {
  /** By name of the node. */
  readonly answers: readonly NodeAnswer[];
  readonly refusals: readonly NodeRefusal[];
  /** Messages on the topic that are no answer of a version of the collector that is known here. */
  readonly unreadable: number;
}

/** The answer of `ask`. */
export interface AskResult {
  /** The address that was asked. */
  readonly url: string;
  readonly answered: readonly Omit<NodeAnswer, 'samples'>[];
  readonly refused: readonly NodeRefusal[];
  /** Nodes that report in the logs given, and did not answer. */
  readonly silent: readonly string[];
  /** Messages that were no answer of a version of the collector that is known here. */
  readonly unreadable: number;
  /** The answers' rows, grouped. */
  readonly top: TopResult;
}
