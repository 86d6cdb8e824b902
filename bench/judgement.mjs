/**
 * How well growth is judged, on labelled histories: which leaks `growth` and `doctor` name, what they say of quiet ones,
 * how far rate and onset are from the truth, and whether the two contradict each other.
 *
 * `node bench/judgement.mjs [COUNT] [FIRST SEED] [smooth|rough|simulated]` makes COUNT histories (1,200 unless told otherwise) of
 * each kind of shapes, half of them leaks, writes the logs of each to a temporary folder, and asks both. Needs a build.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctor, growth } from '../dist/index.js';
import { historyOf, SHAPES } from './judgement/histories.mjs';
import { FIELD, START, VARIABLE, writeLogs } from './judgement/logs.mjs';

const [count = '1200', first = '1', only = null] = process.argv.slice(2);
const LISTED = 15;

/** Kinds of findings that say that something grows. */
const GROWS =
  /^(variable-grows|expiry-ineffective|connection-grows|live-connections-grow|ended-connections-kept|outside-scripts|queue-grows|cannot-be-judged)$/;

const folder = mkdtempSync(join(tmpdir(), 'my-stats-judgement-'));
try {
  for (const [name, shapes] of Object.entries(SHAPES)) {
    if (only !== null && only !== name) continue;
    const outcomes = [];
    for (let i = 0; i < Number(count); i++) {
      const history = historyOf(Number(first) + i, i % 2 === 1, shapes);
      outcomes.push({ history, ...(await judge(history)) });
    }
    console.log(`${name} shapes:`);
    report(outcomes);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function judge(history) {
  writeLogs(folder, history);
  const filters = { module: [], variable: [], node: [] };
  const common = { paths: [folder], strict: true, since: null, until: null };
  const grown = await growth({ ...common, by: 'variable', filters, memory: null, limit: null });
  const { findings } = await doctor({ ...common, nodes: [], scripts: [] });
  const seriesOf = (source, name) => grown.series.find((one) => one.source === source && one.variable === name);
  const isGrowing = (one) => one?.trend.verdict === 'growing';
  const series =
    history.place === 'outside'
      ? seriesOf('process', 'resident_memory')
      : history.place === 'connection'
        ? seriesOf('connection', FIELD)
        : seriesOf('variable', VARIABLE);
  const subject = { outside: null, connection: FIELD }[history.place];
  const isNamed = ({ kind, subject: named }) =>
    GROWS.test(kind) && (history.place === 'outside' ? kind === 'outside-scripts' : named === (subject ?? VARIABLE));
  return {
    growth: isGrowing(series),
    doctor: findings.some(isNamed),
    alarms: {
      growth: grown.series.filter((one) => isGrowing(one) && one.source !== 'process').map(({ variable }) => variable),
      doctor: findings.filter(({ kind }) => GROWS.test(kind)).map(({ kind, subject: of }) => `${kind} ${of ?? ''}`),
    },
    trend: series?.trend ?? null,
    rate:
      findings.find(isNamed)?.evidence.find(({ perHour, unit }) => perHour !== null && unit !== 'bytes')?.perHour ??
      null,
  };
}

function report(all) {
  const leaks = all.filter(({ history }) => history.isLeak);
  const quiet = all.filter(({ history }) => !history.isLeak);
  const share = (list, wanted) =>
    `${list.filter(wanted).length} of ${list.length} (${((100 * list.filter(wanted).length) / Math.max(1, list.length)).toFixed(1)} %)`;
  const named = leaks.filter(({ growth: is, trend }) => is && trend.perHour !== null);
  const steady = named.filter(({ history }) => history.isEven);
  const rateOff = ({ history, trend }) => Math.abs(trend.perHour.likely / history.truth.perHour - 1);
  const onsetOff = ({ history, trend }) =>
    Math.abs((trend.since - START) / 3600 - history.truth.onset) / (history.runs * history.interval);
  console.log(`${leaks.length} leaks, ${quiet.length} quiet ones
leaks named by growth       ${share(leaks, (one) => one.growth)}
leaks named by doctor       ${share(leaks, (one) => one.doctor)}
named by one of them only   ${share(leaks, (one) => one.growth !== one.doctor)}
quiet: alarms of growth     ${share(quiet, ({ alarms }) => alarms.growth.length > 0)}
quiet: alarms of doctor     ${share(quiet, ({ alarms }) => alarms.doctor.length > 0)}
rate within 20 %            ${share(steady, (one) => rateOff(one) <= 0.2)}
rate of doctor within 20 %  ${share(
    steady.filter(({ rate }) => rate !== null),
    ({ rate, history }) => Math.abs(rate / history.truth.perHour - 1) <= 0.2,
  )}
onset within 5 %            ${share(named, (one) => onsetOff(one) <= 0.05)}
`);
  const told = ({ history: { seed, kind, ground, place, span, truth }, trend, alarms }) => {
    const began =
      truth === null ? '' : `, from ${(100 * (truth.onset / span)).toFixed(0)} %, ${(truth.added / 1e6).toFixed(0)} MB`;
    return `  ${seed} ${place} ${kind} on ${ground}, ${span.toFixed(1)} h${began}: ${trend?.shape} ${trend?.verdict} ${trend?.why ?? ''} ${alarms.growth.join()} | ${alarms.doctor.join()}`;
  };
  list(
    'missed by growth',
    leaks.filter((one) => !one.growth),
    told,
  );
  list(
    'missed by doctor',
    leaks.filter((one) => !one.doctor),
    told,
  );
  list(
    'false alarms',
    quiet.filter(({ alarms }) => alarms.growth.length + alarms.doctor.length > 0),
    told,
  );
  list(
    'rates that are off',
    steady.filter((one) => rateOff(one) > 0.2),
    (one) => `${told(one)} ${rateOff(one).toFixed(2)}`,
  );
  list(
    'onsets that are off',
    named.filter((one) => onsetOff(one) > 0.05),
    (one) => `${told(one)} ${onsetOff(one).toFixed(2)}`,
  );
}

function list(title, some, told) {
  if (some.length === 0) return;
  console.log(`${title}:`);
  for (const one of some.slice(0, LISTED)) console.log(told(one));
  if (some.length > LISTED) console.log(`  and ${some.length - LISTED} more`);
}
