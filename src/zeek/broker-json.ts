/**
 * Values as Zeek writes them to WebSocket clients.
 *
 * Format: https://docs.zeek.org/projects/broker/en/current/web-socket.html, "Data Representation".
 */

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
export function brokerValue(json: unknown, depth = 0): BrokerValue | undefined {
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
      return typeof data === 'string' ? secondsOf(data) : undefined;
    case 'timestamp':
      return typeof data === 'string' ? epochOf(data) : undefined;
    case 'vector':
      return Array.isArray(data) ? listOf(data, depth) : undefined;
    default:
      return undefined;
  }
}

/** The same the other way, for the arguments of an event. */
export function brokerEvent(name: string, texts: readonly string[]): object {
  const vector = (data: readonly object[]) => ({ '@data-type': 'vector', data });
  const text = (data: string) => ({ '@data-type': 'string', data });
  const one = { '@data-type': 'count', data: 1 };
  return vector([one, one, vector([text(name), vector(texts.map(text))])]);
}

function listOf(data: readonly unknown[], depth: number): BrokerValue | undefined {
  const values: BrokerValue[] = [];
  for (const one of data) {
    const value = brokerValue(one, depth + 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function secondsOf(text: string): number | undefined {
  const match = TIMESPAN.exec(text);
  return match === null ? undefined : Number(match[1]) * SECONDS[match[2]!]!;
}

function epochOf(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  // Always UTC, though it does not say so.
  const whole = Date.parse(`${match[1]}Z`) / 1000;
  return Number.isNaN(whole) ? undefined : whole + Number(match[2] ?? 0);
}
