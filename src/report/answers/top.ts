/** `top`: what holds the memory. */

import type { TopResult, TopRow, TopSection } from '../../model/answers/top.ts';
import { isExact } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatTime } from '../../model/time.ts';
import { createReport, type Reporter } from '../answer.ts';
import { describeReading } from '../reading.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import type { ScreenText } from '../tables/screen.ts';
import {
  countThings,
  describeFilters,
  formatPeriod,
  LEAST_TO_JUDGE,
  listNames,
  nameInSentence,
  titleUnit,
  were,
} from '../words.ts';
import { chooseColumns, showsResident } from './top-columns.ts';

/** @param withRange whether the table has the bounds of estimates; data for programs always has */
export function topReport(withRange: boolean): Reporter<TopResult> {
  return createReport<TopResult, TopRow>({
    name: 'top',
    screen: (text, result) => writeScreen(text, result, withRange),
    json: topFields,
    tables: (result) =>
      (result.sections.length === 0 ? [NO_SECTION] : result.sections).map((section) => ({
        columns: chooseColumns(result, section, false),
        rows: section.rows,
      })),
    notes: topNotes,
    asides: (result) =>
      result.sections
        .filter((section) => section.hidden.groups > 0)
        .map(({ unit, hidden: { groups, size } }) => {
          return `${groups} more in ${nameInSentence(unit)}, ${formatSize(size, unit)} together, left out by --limit.`;
        }),
  });
}

const NO_SECTION: TopSection = {
  unit: 'bytes',
  total: 0,
  totalBytes: null,
  rows: [],
  hidden: { groups: 0, size: 0 },
};

function writeScreen(text: ScreenText, result: TopResult, withRange: boolean): void {
  text.title(...listHeaderLines(result));
  if (result.sections.length === 0) text.line('No sizes were logged.');
  for (const section of result.sections) {
    const { rows, hidden } = section;
    text.line('');
    text.title(titleSection(section));
    text.table(chooseColumns(result, section, withRange), rows, {
      hidden: hidden.groups > 0,
      total: rows.length + hidden.groups > 1,
    });
    if (section.unit === 'characters') text.line(PATTERN_COST, text.paint.faint);
    if (showsResident(result, section)) text.line(BESIDE_VARIABLES, text.paint.faint);
  }
  const rows = result.sections.flatMap((section) => section.rows);
  const growth = rows.some(({ perHour }) => perHour !== null) ? undefined : NO_GROWTH[result.growth];
  if (rows.length > 0 && growth !== undefined) text.line(growth, text.paint.faint);
}

function listHeaderLines(result: TopResult): [string, ...string[]] {
  const nodes = countThings(result.nodes.length, 'node');
  const runs = result.nodes.reduce((sum, node) => sum + (node.runs ?? 0), 0);
  const period = formatPeriod(result.from, result.to);
  return [
    ...(result.mode === 'snapshot'
      ? ([`Sizes by ${result.by} in the last complete run of every node`, `${nodes}, ${period}`] as const)
      : ([
          `Sizes by ${result.by} over all runs in a span of time`,
          `${nodes}, ${countThings(runs, 'run')}, ${period}`,
        ] as const)),
    ...writeMemory(result),
    ...describeFilters(result.filters),
    ...(result.sort === 'size' || result.sort === 'last' ? [] : [`sorted by ${result.sort}`]),
  ];
}

/** What processes have, since no process is as large as all of them together. */
function writeMemory({ nodes }: TopResult): string[] {
  const known = nodes.flatMap(({ residentMemory }) => (residentMemory === null ? [] : [residentMemory]));
  if (known.length === 0) return [];
  const [least, most] = [Math.min(...known), Math.max(...known)].map((bytes) => formatSize(bytes, 'bytes'));
  return [`resident memory of a process: ${least === most ? least : `${least} to ${most}`}`];
}

/** See docs/accuracy.md: without it the numbers mislead. */
const PATTERN_COST = 'A pattern takes about 0.3 to 2 kB of memory for each of its characters.';

const BESIDE_VARIABLES =
  'Not in variables: the process itself (a default Zeek takes some 130 MB), connections, and all else outside scripts.';

/** Why there is no column of growth. */
const NO_GROWTH: { readonly [growth in TopResult['growth']]?: string } = {
  judged: 'None of these grows.',
  'too-short': `Too few runs to tell what grows: ${LEAST_TO_JUDGE}.`,
};

function titleSection({ unit, totalBytes }: TopSection): string {
  if (totalBytes === null || isExact(totalBytes)) return titleUnit(unit);
  return titleUnit(unit, 'is estimated');
}

/** The fields of the document, for those that hold such an answer among others. */
export function topFields(result: TopResult): object {
  return {
    by: result.by,
    unit: result.unit,
    mode: result.mode,
    sort: result.sort,
    growth: result.growth,
    filters: result.filters,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    sections: result.sections.map((section) => ({
      unit: section.unit,
      total: section.total,
      total_bytes: section.totalBytes,
      hidden: section.hidden,
      rows: convertRows(chooseColumns(result, section, false), section.rows),
    })),
    nodes: result.nodes.map(
      ({ node, run, ts, complete, runs, boots, residentMemory, explained = null, zeekVersion }) => {
        const more = { resident_memory_bytes: residentMemory, explained, zeek_version: zeekVersion };
        return { node, run, time: jsonTime(ts), complete, runs, boots, ...more };
      },
    ),
    stopped: result.stopped.map(({ node, lastSeen }) => ({ node, last_seen: jsonTime(lastSeen) })),
    guessed: result.guessed,
  };
}

/** What the reader of a `top` answer must know besides its numbers. */
export function topNotes(result: TopResult, onScreen: boolean): string[] {
  const notes: string[] = onScreen && result.growth === 'too-long' ? [UNJUDGED] : [];
  const until = result.mode === 'span' ? 'its runs until then are counted' : 'it is not counted';
  for (const { node, lastSeen } of result.stopped) {
    notes.push(`${nameInSentence(node)} stopped reporting at ${formatTime(lastSeen)}; ${until}.`);
  }
  for (const node of result.nodes.filter(({ complete }) => !complete)) {
    notes.push(
      `${nameInSentence(node.node)} has no complete run here; what it wrote by ${formatTime(node.ts)} is counted as it stands.`,
    );
  }
  const unmeasured = result.sections.flatMap((section) => section.rows).filter((row) => row.unmeasured > 0);
  if (unmeasured.length > 0) {
    const count = unmeasured.reduce((sum, row) => sum + row.unmeasured, 0);
    const names = listNames(unmeasured.map(({ group }) => group));
    notes.push(
      `${countThings(count, 'row')} ${were(count)} logged without a size and ${were(count)} not added: ${names}.`,
    );
  }
  if (result.guessed.length > 0) notes.push(describeGuessed(result.guessed));
  if (result.unit === 'bytes' && result.sections.some(({ unit }) => unit === 'unknown')) {
    notes.push('A log that names no unit cannot be weighed: it may hold bytes or objects.');
  }
  const summed = result.unit === 'objects' ? 'node' : 'variable on each node';
  const peaks =
    result.mode === 'span' && (result.nodes.length > 1 || summed !== 'node')
      ? [`max adds the largest run of each ${summed}: they may peak at different times.`]
      : [];
  return [...peaks, ...notes, ...describeReading(result.reading)];
}

const UNJUDGED = 'Growth per hour is not among this: with so much logged, telling it takes seconds. --growth adds it.';

/** A wide range is never a silent guess. */
export function describeGuessed(guessed: TopResult['guessed']): string {
  const names = guessed.slice(0, 3).map(({ variable, type }) => {
    return `${nameInSentence(variable)}${type === null ? '' : ` (${nameInSentence(type)})`}`;
  });
  const more = guessed.length > names.length ? ` and ${guessed.length - names.length} more` : '';
  const whose = guessed.length === 1 ? '1 variable has' : `${guessed.length} variables have`;
  return `${whose} no type that is known and understood, so the size is a guess: ${names.join(', ')}${more}.`;
}
