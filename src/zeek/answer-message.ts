/** Takes the answers of the collector's nodes apart: the events `my_stats::reply` and `my_stats::refused`. */

import type { NodeAnswer, NodeRefusal } from '../model/answers/ask.ts';
import type { Measurement } from '../model/logged/node-series.ts';
import type { Sample } from '../model/logged/sample.ts';
import { type BrokerValue, brokerValue } from './broker-json.ts';

export type AnswerMessage =
  | { readonly kind: 'answer'; readonly answer: Omit<NodeAnswer, 'after'> }
  | { readonly kind: 'refusal'; readonly refusal: NodeRefusal }
  /** Somebody else's answer, or no event of ours. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

const OTHER: AnswerMessage = { kind: 'other' };
const UNREADABLE: AnswerMessage = { kind: 'unreadable' };

/** @param id of the request; answers to others are not ours */
export function answerMessage(data: unknown, id: string): AnswerMessage {
  const value = brokerValue(data);
  if (!Array.isArray(value) || value[0] !== 1 || value[1] !== 1 || !Array.isArray(value[2])) return UNREADABLE;
  const [name, args] = value[2] as readonly BrokerValue[];
  if (name !== 'my_stats::reply' && name !== 'my_stats::refused') return OTHER;
  if (!Array.isArray(args)) return UNREADABLE;
  const [ofRequest, node, told, info] = args as readonly BrokerValue[];
  if (typeof node !== 'string') return UNREADABLE;
  if (ofRequest !== id) return OTHER;
  if (name === 'my_stats::refused')
    return typeof told === 'string' ? { kind: 'refusal', refusal: { node, reason: told } } : UNREADABLE;
  const measurement = measurementOf(info ?? null);
  const samples = samplesOf(told ?? null);
  if (measurement === null || samples === null) return UNREADABLE;
  return { kind: 'answer', answer: { node, run: measurement.run, measurement, samples } };
}

/** A record `my_stats::Info` each: the columns of my_stats.log, in their order. New ones are added at the end. */
function samplesOf(rows: BrokerValue): Sample[] | null {
  if (!Array.isArray(rows)) return null;
  const samples: Sample[] = [];
  for (const row of rows as readonly BrokerValue[]) {
    if (!Array.isArray(row)) return null;
    const [, , , moduleName, variable, size, unit, entries] = row as readonly BrokerValue[];
    if (typeof moduleName !== 'string' || typeof variable !== 'string' || typeof unit !== 'string') return null;
    if (!isCount(size) || !isCount(entries)) return null;
    samples.push({ moduleName, variable, size, unit, entries });
  }
  return samples;
}

/** A record `my_stats::NodeInfo`: the columns of my_stats_node.log, in their order. */
function measurementOf(info: BrokerValue): (Measurement & { readonly run: number }) | null {
  if (!Array.isArray(info)) return null;
  const [ts, run, node, boot, , zeekVersion, duration, longestPause, seen, logged, residentMemory] =
    info as readonly BrokerValue[];
  if (typeof ts !== 'number' || typeof run !== 'number' || typeof node !== 'string') return null;
  if (typeof boot !== 'number' || typeof duration !== 'number' || typeof longestPause !== 'number') return null;
  if (typeof seen !== 'number' || typeof logged !== 'number' || typeof zeekVersion !== 'string') return null;
  if (!isCount(residentMemory)) return null;
  const counts = { variablesSeen: seen, variablesLogged: logged };
  return { ts, node, run, boot, duration, longestPause, atExit: false, ...counts, residentMemory, zeekVersion };
}

function isCount(value: BrokerValue | undefined): value is number | null {
  return value === null || (typeof value === 'number' && value >= 0);
}
