/** Takes the answers of the collector's nodes apart: the events `my_stats::reply` and `my_stats::refused`. */

import type { NodeAnswer, NodeRefusal } from '../model/answers/ask.ts';
import type { Measurement } from '../model/logged/node-series.ts';
import type { Sample } from '../model/logged/sample.ts';

/** Times are seconds since the epoch, intervals seconds; null is a field that is unset. */
export type BrokerValue = null | boolean | number | string | readonly BrokerValue[];

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
};
const TIMESPAN = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(ns|us|ms|s|min|h|d)$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?$/;
/** Rows are records in a vector in the arguments of an event: deeper than that, nothing is ours. */
const DEEPEST = 16;

/** @returns undefined for what is no value, or of a type that no column has */
export function writeBrokerValue(json: unknown, depth = 0): BrokerValue | undefined {
  if (depth > DEEPEST || typeof json !== 'object' || json === null) return undefined;
  const { '@data-type': type, data } = json as { '@data-type'?: unknown; data?: unknown };
  switch (type) {
    case 'none':
      return null;
    case 'boolean':
      return typeof data === 'boolean' ? data : undefined;
    case 'count':
    case 'integer':
    case 'real':
      return typeof data === 'number' ? data : undefined;
    case 'string':
    case 'enum-value':
    case 'address':
    case 'subnet':
    case 'port':
      return typeof data === 'string' ? data : undefined;
    case 'timespan':
      return typeof data === 'string' ? readSeconds(data) : undefined;
    case 'timestamp':
      return typeof data === 'string' ? readEpoch(data) : undefined;
    case 'vector':
      return Array.isArray(data) ? listOf(data, depth) : undefined;
    default:
      return undefined;
  }
}

/** The same the other way, for the arguments of an event. */
export function writeBrokerEvent(name: string, texts: readonly string[]): object {
  const vector = (data: readonly object[]) => ({ '@data-type': 'vector', data });
  const text = (data: string) => ({ '@data-type': 'string', data });
  const one = { '@data-type': 'count', data: 1 };
  return vector([one, one, vector([text(name), vector(texts.map(text))])]);
}

function listOf(data: readonly unknown[], depth: number): BrokerValue | undefined {
  const values: BrokerValue[] = [];
  for (const one of data) {
    const value = writeBrokerValue(one, depth + 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function readSeconds(text: string): number | undefined {
  const match = TIMESPAN.exec(text);
  return match === null ? undefined : Number(match[1]) * SECONDS[match[2]!]!;
}

function readEpoch(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  // Always UTC, though it does not say so.
  const whole = Date.parse(`${match[1]}Z`) / 1000;
  return Number.isNaN(whole) ? undefined : whole + Number(match[2] ?? 0);
}

type AnswerMessage =
  | { readonly kind: 'answer'; readonly answer: Omit<NodeAnswer, 'after'> }
  | { readonly kind: 'refusal'; readonly refusal: NodeRefusal }
  /** Somebody else's answer, or no event of ours. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

const OTHER: AnswerMessage = { kind: 'other' };
const UNREADABLE: AnswerMessage = { kind: 'unreadable' };

/** @param id of the request; answers to others are not ours */
export function answerMessage(data: unknown, id: string): AnswerMessage {
  const value = writeBrokerValue(data);
  if (!Array.isArray(value) || value[0] !== 1 || value[1] !== 1 || !Array.isArray(value[2])) return UNREADABLE;
  const [name, args] = value[2] as readonly BrokerValue[];
  if (name !== 'my_stats::reply' && name !== 'my_stats::refused') return OTHER;
  if (!Array.isArray(args)) return UNREADABLE;
  const [ofRequest, node, told, info] = args as readonly BrokerValue[];
  if (typeof node !== 'string') return UNREADABLE;
  if (ofRequest !== id) return OTHER;
  if (name === 'my_stats::refused')
    return typeof told === 'string' ? { kind: 'refusal', refusal: { node, reason: told } } : UNREADABLE;
  const measurement = readMeasurement(info ?? null);
  const samples = readSamples(told ?? null);
  if (measurement === null || samples === null) return UNREADABLE;
  return { kind: 'answer', answer: { node, run: measurement.run, measurement, samples } };
}

/** A record `my_stats::Info` each: the columns of my_stats.log, in their order. New ones are added at the end. */
function readSamples(rows: BrokerValue): Sample[] | null {
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
function readMeasurement(info: BrokerValue): (Measurement & { readonly run: number }) | null {
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
