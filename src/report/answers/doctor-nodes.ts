/** Nodes that behave alike, as one line each. */

import { type DoctorResult, explainedShare, type NodeVerdict, timeLeftOf } from '../../model/answers/doctor.ts';
import { formatSize } from '../../model/quantity.ts';
import type { Column } from '../tables/column.ts';
import { visibleName } from '../text/sanitize.ts';
import { formatChange } from '../words.ts';

export interface AlikeNodes {
  readonly name: string;
  /** The largest first. */
  readonly nodes: readonly NodeVerdict[];
  /** What its memory does, or what makes it grow. */
  readonly grows: string;
}

/** Nodes whose memory differs by more than this share of it are no longer alike. */
const ALIKE = 0.25;

/** Those come first that are full soonest, then those that are largest. */
export function alikeNodes(result: DoctorResult): AlikeNodes[] {
  const groups = new Map<string, NodeVerdict[]>();
  const largestFirst = result.nodes.toSorted((a, b) => memoryOf(b) - memoryOf(a));
  for (const verdict of largestFirst) {
    const key = JSON.stringify([
      roleOf(verdict.node),
      verdict.course,
      verdict.isEarlierLife,
      growsWords(verdict, result),
    ]);
    const alike = [...groups].find(([known, [first]]) => {
      return known.startsWith(key) && memoryOf(verdict) >= (1 - ALIKE) * memoryOf(first!);
    });
    if (alike === undefined) groups.set(`${key}${groups.size}`, [verdict]);
    else alike[1].push(verdict);
  }
  return [...groups.values()]
    .map((nodes) => ({ name: nameOf(nodes), nodes, grows: growsWords(nodes[0]!, result) }))
    .sort((a, b) => soonest(a) - soonest(b) || memoryOf(b.nodes[0]!) - memoryOf(a.nodes[0]!));
}

function soonest({ nodes }: AlikeNodes): number {
  return nodes.reduce(
    (least, verdict) => Math.min(least, timeLeftOf(verdict)?.likely ?? Number.MAX_VALUE),
    Number.MAX_VALUE,
  );
}

function memoryOf({ account }: NodeVerdict): number {
  return account?.resident ?? 0;
}

/** `worker` of `worker-1` and of `worker-1-3`. */
function roleOf(node: string): string {
  return node.replace(/(?:[-_.]?\d+)+$/, '');
}

function nameOf(nodes: readonly NodeVerdict[]): string {
  const first = nodes[0]!.node;
  if (nodes.length === 1) return first;
  return `${nodes.length} ${roleOf(first) === '' ? 'nodes' : `${roleOf(first)}s`}`;
}

const COURSES: Readonly<Record<NodeVerdict['course'], string>> = {
  'not-enough-data': 'too few runs to tell',
  steady: '-',
  settling: 'settles',
  'with-traffic': 'with traffic',
  'grows-in-variables': 'variables',
  'grows-in-connections': 'connections',
  'grows-in-queue': 'what waits',
  'grows-outside-scripts': 'outside scripts',
  'grows-unjudged': 'cannot be told',
  retained: 'kept by the allocator',
};

const GROWTH = new Set(['variable-grows', 'expiry-ineffective', 'connection-grows', 'queue-grows']);

function growsWords({ node, course }: NodeVerdict, { findings }: DoctorResult): string {
  const found = findings.find(({ kind, nodes }) => GROWTH.has(kind) && nodes.includes(node));
  if (found?.subject != null && course !== 'grows-outside-scripts') return visibleName(found.subject);
  return COURSES[course];
}

function percent(share: number | null): string {
  return share === null ? '-' : `${Math.round(share * 100)} %`;
}

/** One figure where all are about the same, else from the least to the most. */
function rangeOf(values: readonly (number | null)[], write: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '-';
  const [least, most] = [Math.min(...known), Math.max(...known)].map(write);
  return least === most ? most! : `${least} – ${most}`;
}

export const NODE_COLUMNS: readonly Column<AlikeNodes>[] = [
  { heading: 'node', kind: 'name', value: ({ name }) => name },
  {
    heading: 'memory',
    kind: 'bytes',
    text: ({ nodes }) =>
      rangeOf(
        nodes.map(({ account }) => account?.resident ?? null),
        (bytes) => formatSize(bytes, 'bytes'),
      ),
  },
  {
    heading: 'per hour',
    kind: 'bytes',
    text: ({ nodes }) => {
      const growing = nodes.filter(({ course }) => course.startsWith('grows'));
      const fastest = growing.reduce((most, { fillsPerHour }) => Math.max(most, fillsPerHour?.likely ?? 0), 0);
      return fastest > 0 ? formatChange(Number(fastest.toPrecision(3)), 'bytes') : '-';
    },
    rank: 2,
  },
  {
    heading: 'limit',
    kind: 'bytes',
    text: ({ nodes }) =>
      rangeOf(
        nodes.map(({ limit }) => limit),
        (bytes) => formatSize(bytes, 'bytes'),
      ),
    rank: 4,
  },
  {
    heading: 'left',
    kind: 'duration',
    value: (group) => {
      const hours = soonest(group);
      return hours === Number.MAX_VALUE ? null : hours * 3600;
    },
  },
  { heading: 'known', kind: 'share', text: ({ nodes }) => percent(explainedShare(nodes[0]!)), rank: 3 },
  { heading: 'what grows', kind: 'text', value: ({ grows }) => grows, rank: 1 },
];
