/** What each answer tells of the same logs, one fact at a time, so that two that tell the same fact can be compared. */

import { check } from '../../src/app/check.ts';
import { connections } from '../../src/app/connections.ts';
import { doctor } from '../../src/app/doctor.ts';
import { explain } from '../../src/app/explain.ts';
import { growth } from '../../src/app/growth.ts';
import { inventory } from '../../src/app/inventory.ts';
import { metrics } from '../../src/app/metrics.ts';
import { report } from '../../src/app/report.ts';
import { runs } from '../../src/app/runs.ts';
import { top } from '../../src/app/top.ts';
import { Watch } from '../../src/app/watch.ts';
import { findTimeLeft } from '../../src/model/answers/doctor.ts';
import type { GrowthResult } from '../../src/model/answers/growth.ts';
import type { TopNode } from '../../src/model/answers/top.ts';
import type { Entry } from '../../src/model/entry.ts';
import { NO_FILTERS } from '../../src/model/names.ts';

/** By what it is about, what each answer says. */
export class Facts {
  readonly #told = new Map<string, Map<string, number | string>>();

  /** What an answer does not know it does not tell. */
  tell(answer: string, about: readonly string[], value: number | string | null | undefined): void {
    if (value === null || value === undefined) return;
    const key = about.join(' ');
    const told = this.#told.get(key) ?? new Map<string, number | string>();
    this.#told.set(key, told.set(answer, value));
  }

  /** What two answers tell differently, in words. */
  get contradictions(): string[] {
    return [...this.#told].flatMap(([about, told]) => {
      const [first, ...others] = told.values();
      const isSame = (value: number | string) => {
        if (typeof value !== 'number' || typeof first !== 'number') return value === first;
        return Math.abs(value - first) <= Math.max(1, 1e-9 * Math.abs(first));
      };
      return others.every(isSame) ? [] : [`${about}: ${[...told].map((one) => one.join(' ')).join(', ')}`];
    });
  }

  /** How many facts are told by at least so many answers. */
  count(answers: number): number {
    return [...this.#told.values()].filter((told) => told.size >= answers).length;
  }
}

/** @param budget a file with budgets that name every variable; null where `check` is not asked */
export async function factsOf(paths: readonly string[], memory: number, budget: string | null): Promise<Facts> {
  const facts = new Facts();
  const common = { paths };
  const { rows, nodes, stopped } = await inventory(common);
  for (const row of rows) tellRow(facts, 'inventory', row);
  tellNodes(facts, 'inventory', nodes, stopped);
  const pages = await report(common);
  for (const row of pages.inventory.rows) tellRow(facts, 'report', row);
  const watched = await new Watch(common).look();
  for (const row of watched.rows) tellRow(facts, 'watch', row);
  tellNodes(facts, 'watch', watched.nodes, watched.stopped);
  const judged = await growth({ ...common, memory });
  tellGrowth(facts, judged, new Set(rows.map(({ node, variable }) => `${node} ${variable}`)));
  for (const curve of pages.growth ?? [])
    facts.tell('report', ['per hour', curve.variable], curve.bytesPerHour?.likely ?? curve.perHour);
  for (const { rows: some } of judged.sections)
    for (const { group, bytesPerHour, perHour, verdict } of some)
      if (verdict === 'growing') facts.tell('growth', ['per hour', group], bytesPerHour?.likely ?? perHour);
  await tellTop(facts, common);
  await tellDoctor(facts, common, memory, nodes);
  const monitored = await metrics(common);
  for (const { node, gauges } of monitored.processes) facts.tell('metrics', ['resident', node], gauges.resident_memory);
  for (const row of monitored.inventory.rows) tellRow(facts, 'metrics', row);
  await tellExplained(facts, common, rows);
  await tellFields(facts, common);
  await tellRuns(
    facts,
    common,
    nodes.map(({ node }) => node),
  );
  if (budget !== null) await tellChecked(facts, common, budget);
  return facts;
}

type Common = { readonly paths: readonly string[] };

function tellRow(facts: Facts, answer: string, { node, variable, unit, size, entries, bytes }: Entry): void {
  facts.tell(answer, ['size', node, variable, unit], size);
  facts.tell(answer, ['entries', node, variable], entries);
  facts.tell(answer, ['bytes', node, variable], bytes?.likely);
  facts.tell(answer, ['low', node, variable], bytes?.low);
  facts.tell(answer, ['high', node, variable], bytes?.high);
}

function tellNodes(
  facts: Facts,
  answer: string,
  nodes: readonly { readonly node: string; readonly residentMemory: number | null }[],
  stopped: readonly { readonly node: string }[],
): void {
  for (const { node, residentMemory } of nodes) facts.tell(answer, ['resident', node], residentMemory);
  for (const { node } of nodes) facts.tell(answer, ['state', node], 'alive');
  for (const { node } of stopped) facts.tell(answer, ['state', node], 'stopped');
}

/** @param counted variables in the run that is counted now: of others growth has the last that was logged */
function tellGrowth(facts: Facts, { series, nodes, stopped }: GrowthResult, counted: ReadonlySet<string>): void {
  const gone = new Set(stopped.map(({ node }) => node));
  for (const { node } of nodes) facts.tell('growth', ['state', node], gone.has(node) ? 'stopped' : 'alive');
  for (const { node, residentMemory, fillsPerHour, timeLeft } of nodes.filter((one) => !gone.has(one.node))) {
    facts.tell('growth', ['judged resident', node], residentMemory);
    facts.tell('growth', ['fills', node], fillsPerHour?.likely);
    facts.tell('growth', ['hours left', node], timeLeft?.likely);
  }
  for (const { source, node, variable, now, trend, bytesPerHour, unit } of series) {
    if (source === 'process' || gone.has(node)) continue;
    facts.tell('growth', ['verdict', node, variable], trend.verdict === 'growing' ? 'grows' : null);
    if (trend.verdict === 'growing') facts.tell('growth', ['per hour', node, variable], bytesPerHour?.likely);
    if (source === 'connection') facts.tell('growth', ['field entries', node, variable], now.entries);
    if (!counted.has(`${node} ${variable}`)) continue;
    facts.tell('growth', ['size', node, variable, unit], now.size);
    facts.tell('growth', ['entries', node, variable], now.entries);
    facts.tell('growth', ['bytes', node, variable], now.bytes?.likely);
  }
}

async function tellTop(facts: Facts, common: Common): Promise<void> {
  const byNode = await top({ ...common, by: 'node', limit: null });
  tellNodes(facts, 'top', byNode.nodes, byNode.stopped);
  for (const { node, explained } of byNode.nodes) facts.tell('top', ['explained', node], explained);
  for (const { node } of byNode.nodes) {
    const filters = { ...NO_FILTERS, node: [{ kind: 'exact' as const, text: node }] };
    const { sections } = await top({ ...common, by: 'variable', limit: null, growth: true, filters });
    for (const { unit, rows } of sections)
      for (const { group, size, perHour, entries, unmeasured } of rows) {
        if (unmeasured > 0) continue;
        facts.tell('top', unit === 'bytes' ? ['bytes', node, group] : ['size', node, group, unit], size);
        facts.tell('top', ['entries', node, group], entries);
        if (unit === 'bytes') facts.tell('top', ['per hour', node, group], perHour);
      }
  }
}

/** @param counted the runs that other answers count: a process that ended is judged without the last one */
async function tellDoctor(facts: Facts, common: Common, memory: number, counted: readonly TopNode[]): Promise<void> {
  const { findings, nodes } = await doctor({ ...common, memory });
  for (const verdict of nodes) {
    const { node, account, fillsPerHour, isEarlierLife, to } = verdict;
    if (isEarlierLife) continue;
    const isOfSameRun = counted.some((one) => one.node === node && Math.abs(one.ts - to!) < 0.01);
    facts.tell('doctor', ['judged resident', node], account?.resident);
    if (isOfSameRun) facts.tell('doctor', ['resident', node], account?.resident);
    facts.tell('doctor', ['fills', node], fillsPerHour?.likely);
    facts.tell('doctor', ['hours left', node], findTimeLeft(verdict)?.likely);
  }
  const earlier = new Set(nodes.flatMap(({ node, isEarlierLife }) => (isEarlierLife ? [node] : [])));
  for (const { kind, subject, evidence, nodes: on } of findings) {
    if (!/^(variable-grows|expiry-ineffective)$/.test(kind)) continue;
    for (const node of on) facts.tell('doctor', ['verdict', node, subject!], 'grows');
    for (const { node, what, unit, last, perHour } of evidence) {
      if (what !== subject || earlier.has(node)) continue;
      if (unit === 'bytes') facts.tell('doctor', ['per hour', node, what], perHour);
      if (unit === 'bytes' || unit === 'entries') facts.tell('doctor', [unit, node, what], last);
    }
  }
}

/** The largest of all variables on any node. */
async function tellExplained(facts: Facts, common: Common, rows: readonly Entry[]): Promise<void> {
  const largest = rows.toSorted((a, b) => (b.bytes?.likely ?? 0) - (a.bytes?.likely ?? 0)).slice(0, 5);
  for (const variable of new Set(largest.map((row) => row.variable))) {
    const { nodes } = await explain({ ...common, variable });
    for (const { node, size, entries, bytes, residentMemory, unit } of nodes) {
      facts.tell('explain', ['size', node, variable, unit], size);
      facts.tell('explain', ['entries', node, variable], entries);
      facts.tell('explain', ['bytes', node, variable], bytes?.likely);
      facts.tell('explain', ['resident', node], residentMemory);
    }
  }
}

async function tellFields(facts: Facts, common: Common): Promise<void> {
  const found = await connections(common).catch(() => null);
  for (const { node, field, entries } of found?.rows ?? [])
    facts.tell('connections', ['field entries', node, field], entries);
}

async function tellRuns(facts: Facts, common: Common, alive: readonly string[]): Promise<void> {
  const measured = await runs(common).catch(() => null);
  for (const { node, residentMemory } of measured?.rows ?? [])
    if (alive.includes(node)) facts.tell('runs', ['resident', node], residentMemory);
}

/** On the node on which it is largest. */
async function tellChecked(facts: Facts, common: Common, budget: string): Promise<void> {
  const { rows } = await check({ ...common, budget });
  for (const { kind, name, node, unit, size } of rows)
    if (kind === 'variable' && node !== null) facts.tell('check', [unit, node, name], size);
}
