/**
 * Names of nodes, modules and variables: filters on them (exact, glob or regular expression), their order, and sensors.
 *
 * A sensor is one cluster or standalone Zeek. Where logs are of several, the name of a node says of which it is:
 * `worker-1@site-a`; where they are of one, names are as Zeek gives them.
 */

import { invalidRegex } from './errors/catalogue.ts';

export type NameFilter = TextFilter | NodeFilter;

type TextFilter =
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'glob'; readonly text: string; readonly regex: string }
  | { readonly kind: 'regex'; readonly text: string; readonly regex: string };

/** Of nodes, by their own name and that of their sensor; null for any. */
interface NodeFilter {
  readonly kind: 'node';
  readonly text: string;
  readonly name: NameFilter | null;
  readonly sensor: NameFilter | null;
}

/** Within one field any filter may match; all fields that have filters must. */
export interface NameFilters {
  readonly module: readonly NameFilter[];
  readonly variable: readonly NameFilter[];
  readonly node: readonly NameFilter[];
}

export const NO_FILTERS: NameFilters = { module: [], variable: [], node: [] };

/**
 * Reads a filter as a user types it: `/…/` is a regular expression found anywhere in the name, a text with `*`, `?`
 * or `[` is a glob for the whole name, anything else must be equal.
 *
 * @throws ExpectedError where the regular expression cannot be compiled
 */
export function parseNameFilter(text: string): TextFilter {
  if (text.length > 1 && text.startsWith('/') && text.endsWith('/')) {
    const regex = text.slice(1, -1);
    try {
      new RegExp(regex, 'u');
    } catch (error) {
      throw invalidRegex(text, (error as Error).message.replace(/^.*: /, ''));
    }
    return { kind: 'regex', text, regex };
  }
  if (/[*?[]/.test(text)) return { kind: 'glob', text, regex: convertGlob(text) };
  return { kind: 'exact', text };
}

/** Nodes by their names, which may or may not say of which sensor they are, and their sensors: both must match. */
export function combineNodeFilters(names: readonly NameFilter[], sensors: readonly NameFilter[]): NodeFilter[] {
  const any = <T>(list: readonly T[]): readonly (T | null)[] => (list.length === 0 ? [null] : list);
  if (names.length + sensors.length === 0) return [];
  return any(names).flatMap((name) =>
    any(sensors).map((sensor): NodeFilter => {
      const text = sensor === null ? name!.text : `${name?.text ?? '*'}@${sensor.text}`;
      return { kind: 'node', text, name, sensor };
    }),
  );
}

/** Filters as the user wrote them. */
export function listFilters({ module, variable, node }: NameFilters, packages: readonly NameFilter[] = []) {
  const texts = (list: readonly NameFilter[]) => list.map(({ text }) => text);
  return { module: texts(module), variable: texts(variable), node: texts(node), package: texts(packages) };
}

/** What filters ask for, in words; null where there are none. */
export function describeFilters(filters: Readonly<Record<string, readonly NameFilter[]>>): string | null {
  const words = Object.entries(filters)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name} ${list.map(({ text }) => text).join(' or ')}`);
  return words.length === 0 ? null : words.join(', ');
}

/** `*` any text, `?` one character, `[abc]`, `[a-z]`, `[!a]`; `\` takes the next character as it is. */
function convertGlob(glob: string): string {
  let regex = '^';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!;
    if (c === '*') regex += '.*';
    else if (c === '?') regex += '.';
    else if (c === '\\' && i + 1 < glob.length) regex += quote(glob[++i]!);
    else if (c === '[') {
      const end = glob.indexOf(']', i + 2);
      if (end < 0) regex += '\\[';
      else {
        const negated = glob[i + 1] === '!' || glob[i + 1] === '^';
        const members = glob.slice(i + (negated ? 2 : 1), end).replace(/[\\\][^]/g, '\\$&');
        regex += members === '' ? quote(glob.slice(i, end + 1)) : `[${negated ? '^' : ''}${members}]`;
        i = end;
      }
    } else regex += quote(c);
  }
  return `${regex}$`;
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A test that is true where there is no filter or at least one matches. */
export function createMatcher(filters: readonly NameFilter[]): (name: string) => boolean {
  if (filters.length === 0) return () => true;
  const exact = new Set(filters.filter((f) => f.kind === 'exact').map((f) => f.text));
  const patterns = filters.flatMap((f) => ('regex' in f ? [new RegExp(f.regex, 'u')] : []));
  const nodes = filters.flatMap((f) => (f.kind === 'node' ? [createNodeMatcher(f)] : []));
  return (name) =>
    exact.has(name) || patterns.some((pattern) => pattern.test(name)) || nodes.some((matches) => matches(name));
}

function createNodeMatcher({ name, sensor }: NodeFilter): (node: string) => boolean {
  const isNamed = createMatcher(name === null ? [] : [name]);
  const isOfSensor = createMatcher(sensor === null ? [] : [sensor]);
  return (node) => (isNamed(node) || isNamed(stripSensor(node))) && isOfSensor(readSensor(node) ?? '');
}

/** Names that Zeek gives to nodes have no other characters before it. */
const OF_SENSOR = /^([\w.-]+)@(.+)$/s;

export function addSensor(node: string, sensor: string): string {
  // Rows that were exported say it already.
  return readSensor(node) === sensor ? node : `${node}@${sensor}`;
}

/** The sensor of a node by its name; null where there is only one. */
export function readSensor(node: string): string | null {
  return OF_SENSOR.exec(node)?.[2] ?? null;
}

/** What Zeek calls the node. */
export function stripSensor(node: string): string {
  return OF_SENSOR.exec(node)?.[1] ?? node;
}

/** For sorting names: by code units, as `<` does, whatever the language of the machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
