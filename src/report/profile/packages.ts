/** Several packages, each profiled by itself: a row for each, for the screen, programs and Markdown. */

import type { PackagesResult, ProfiledPackage, ProfileResult } from '../../model/answers/profile.ts';
import { createReport } from '../answer.ts';
import type { OutputFormat, Report, Screen } from '../output.ts';
import { type Column, estimateText, rangeColumns, shownColumns, writeCell } from '../tables/column.ts';
import { markdownTable } from '../tables/delimited.ts';
import { convertRows } from '../tables/json.ts';
import { countThings, listNames } from '../words.ts';
import { changeCell, outsideVariables, rangeCell } from './columns.ts';
import { escapeMarkdown, markAsCode } from './markdown.ts';
import { listPackageNotes } from './notes.ts';
import { listHeaderLines } from './screen.ts';

const PACKAGE_COLUMNS: readonly Column<ProfiledPackage>[] = [
  { key: 'package', heading: 'package', kind: 'name', value: ({ name }) => name },
  { key: 'runs', value: ({ failure }) => failure === null },
  ...rangeColumns<ProfiledPackage>('peak', 'peak_bytes', ({ profile }) => profile?.total.peak),
  { heading: 'peak', kind: 'bytes', text: ({ profile }) => estimateText(profile?.total.peak ?? null) },
  {
    ...{ heading: 'range of peak', kind: 'number', rank: 4 },
    text: ({ profile }) => rangeCell(profile?.total.peak ?? null),
  },
  {
    ...{ key: 'outside_variables_bytes', heading: 'elsewhere', kind: 'bytes', rank: 3 },
    value: computeOutside,
    text: (row) => writeChange(computeOutside(row)),
  },
  { key: 'peak_entries', heading: 'entries', kind: 'count', rank: 2, value: sumEntries },
  {
    ...{ key: 'bytes_per_1000_connections', heading: 'grows per 1,000 conn.', kind: 'bytes' },
    value: sumGrowth,
    text: (row) => (row.profile !== null && row.growing.length === 0 ? 'no' : writeChange(sumGrowth(row))),
  },
  { key: 'growing', value: ({ growing }) => growing.map(({ variable }) => variable) },
  {
    ...{ key: 'without_expiry', heading: 'expiry missing', kind: 'word', rank: 1 },
    value: ({ withoutExpiry }) => withoutExpiry.map(({ variable }) => variable),
    text: ({ profile, withoutExpiry: lacking }) =>
      profile === null
        ? '-'
        : lacking.length === 0
          ? 'none'
          : listNames(
              lacking.map(({ variable }) => variable),
              2,
            ),
  },
  { key: 'cpu_seconds', heading: 'CPU', kind: 'duration', rank: 5, value: sumCpu },
  { key: 'most_cpu_in', heading: 'most CPU in', kind: 'name', rank: 6, value: findCostliestFunction },
  {
    ...{ key: 'reason', heading: 'why it does not run', kind: 'sentence' },
    value: ({ failure }) => failure?.what,
  },
  { key: 'cure', value: ({ failure }) => failure?.cure },
];

function computeOutside({ profile }: ProfiledPackage): number | null {
  return profile === null ? null : outsideVariables(profile);
}

function writeChange(bytes: number | null): string {
  return bytes === null ? '-' : changeCell(bytes);
}

function sumEntries({ profile }: ProfiledPackage): number | null {
  return profile?.variables.reduce((sum, { peakEntries }) => sum + (peakEntries ?? 0), 0) ?? null;
}

function sumGrowth({ profile, growing }: ProfiledPackage): number | null {
  return profile && growing.reduce((sum, { perThousandConnections: per }) => sum + (per ?? 0), 0);
}

/** Under Zeek's profiler, with what its functions call. */
function sumCpu({ profile }: ProfiledPackage): number | null {
  return profile?.functions?.stacks.reduce((sum, { cpu }) => sum + cpu, 0) ?? null;
}

/** Functions come by processor time; what is not of the package has no name. */
function findCostliestFunction({ profile }: ProfiledPackage): string | null {
  return profile?.functions?.functions.find(({ name }) => name !== null)?.name ?? null;
}

/** What was run on what, in two lines. */
function describePackages({ packages }: PackagesResult): [string, ...string[]] {
  const measured = packages.flatMap(({ profile }): ProfileResult[] => (profile === null ? [] : [profile]));
  const facts = measured[0] === undefined ? [] : [listHeaderLines(measured[0])[1]!];
  return [`Memory of ${countThings(packages.length, 'package')}, each by itself`, ...facts];
}

function listPackagesNotes({ packages, notes }: PackagesResult): string[] {
  const failed = packages.filter(({ failure }) => failure !== null).length;
  return [
    ...(failed === 0 ? [] : [`${failed} of ${packages.length} could not be profiled.`]),
    ...packages.flatMap(listPackageNotes),
    ...notes,
  ];
}

function writeMarkdown(result: PackagesResult): string {
  const [title, ...facts] = describePackages(result);
  const columns = shownColumns(PACKAGE_COLUMNS, result.packages);
  const cells = result.packages.map((row) =>
    columns.map((column) =>
      (column.kind === 'name' || column.kind === 'word' ? markAsCode : escapeMarkdown)(writeCell(column, row)),
    ),
  );
  const notes = listPackagesNotes(result).map((note) => `- ${escapeMarkdown(note)}`);
  const blocks = [`### ${escapeMarkdown(title)}`, ...facts.map(escapeMarkdown), markdownTable(columns, cells)];
  return `${[...blocks, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n')}\n`;
}

const plainReport = createReport<PackagesResult, ProfiledPackage>({
  name: 'profile-each',
  screen: (text, result) => {
    text.title(...describePackages(result));
    text.line('');
    text.table(PACKAGE_COLUMNS, result.packages);
  },
  json: ({ packages, notes }) => ({ packages: convertRows(PACKAGE_COLUMNS, packages), notes }),
  tables: ({ packages }) => [{ columns: PACKAGE_COLUMNS, rows: packages }],
  notes: listPackagesNotes,
});

export function packagesReport(result: PackagesResult, format: OutputFormat | 'markdown', screen: Screen): Report {
  return format === 'markdown' ? { text: writeMarkdown(result), asides: [] } : plainReport(result, format, screen);
}
