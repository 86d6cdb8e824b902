/**
 * Tells sensors apart. The logs of one are spread over files of several loggers, hours and days; those of several may have
 * nodes of the same names. What shows that two nodes are different processes is that they report at the same time.
 */

import { NODE_RUNS, SAMPLES } from '../../format/log-kind.ts';
import { namesSystem } from '../../format/system-name.ts';
import { addSensor } from '../../model/names.ts';
import { formatTime } from '../../model/time.ts';
import type { LogFile } from '../reading/log-file.ts';
import type { LogSensors, SharedNode } from '../runs/log-sensors.ts';
import {
  chooseTellingLogs,
  findDifferingParts,
  type LogOrigin,
  lengthOf,
  makeKey,
  namePlace,
  nameTag,
  RunSurvey,
  splitFolders,
} from './run-survey.ts';
import { areAtOnce, findLives, findSharedNodes, Groups, takeTurns } from './shared-nodes.ts';

/** In bytes of text: so much is read as a whole where logs are from several places. */
const READ_WHOLE = 16 * 1024 * 1024;
/** Of a place with more, so many of the newest logs are looked at. */
const MOST_LOGS = 3;

interface ToldApart {
  /** For each log; none where all are of one sensor. */
  readonly sensors: ReadonlyMap<LogFile, LogSensors>;
  readonly notes: readonly string[];
}

const ONE_SENSOR: ToldApart = { sensors: new Map(), notes: [] };

/** @param logs of all kinds */
export async function tellApart(logs: readonly LogFile[]): Promise<ToldApart> {
  const telling = logs.filter(({ inspected }) => inspected.kind === NODE_RUNS || inspected.kind === SAMPLES);
  const isOfOnePlace = new Set(telling.map(namePlace)).size <= 1;
  const isPlain = isOfOnePlace && telling.every(({ inspected }) => inspected.system === null);
  if (isPlain && !(await reportsByTurns(telling))) return ONE_SENSOR;
  const survey = await surveyLogs(telling, isPlain);
  const groups = new Groups(survey.origins.keys());
  for (const { origins } of survey.processes()) groups.join(origins);
  const clashes = groups.pairs().filter(([a, b]) => isClash(survey, groups, a, b));
  const named = nameOrigins(survey, groups, clashes);
  const shared = findSharedNodes(survey, named.of);
  if (named.of.size === 0 && shared.size === 0) return ONE_SENSOR;
  const sensors = new Map(logs.map((log) => [log, sensorsOfLog(log, survey, named, shared)]));
  return { sensors, notes: listNotes(named, shared) };
}

/** Whether two processes of one name report at the same time, as the ends of the newest logs show. */
async function reportsByTurns(logs: readonly LogFile[]): Promise<boolean> {
  const survey = new RunSurvey();
  for (const log of newest(chooseTellingLogs(logs))) await survey.read(log, 'end');
  return [...survey.nodes.values()].some((runs) => takeTurns(findLives(runs)));
}

/** @param isShared true where processes of one name are known to report by turns: then every run counts */
async function surveyLogs(logs: readonly LogFile[], isShared: boolean): Promise<RunSurvey> {
  const telling = chooseTellingLogs(logs);
  const isWhole = isShared || telling.reduce((sum, log) => sum + lengthOf(log), 0) <= READ_WHOLE;
  const places = [...new Set(telling.map(namePlace))];
  const looked = isWhole
    ? telling
    : places.flatMap((place) => newest(telling.filter((log) => namePlace(log) === place)));
  const survey = new RunSurvey();
  for (const log of looked) await survey.read(log, isWhole ? 'whole' : 'ends');
  return survey;
}

function newest(logs: readonly LogFile[]): LogFile[] {
  return logs.toSorted((a, b) => a.firstTs - b.firstTs).slice(-MOST_LOGS);
}

/** Whether a node of one group reports at the same time as one of the same name of another. */
function isClash(survey: RunSurvey, groups: Groups, a: string, b: string): boolean {
  return [...survey.nodes.values()].some((runs) => {
    const livesOfGroup = (group: string) =>
      findLives(runs.filter(({ origins }) => [...origins].some((origin) => groups.of(origin) === group)));
    const others = livesOfGroup(b);
    return livesOfGroup(a).some((life) => others.some((other) => areAtOnce(life, other)));
  });
}

function sensorsOfLog(
  log: LogFile,
  survey: RunSurvey,
  { of, isBySystem }: NamedOrigins,
  ofNode: ReadonlyMap<string, SharedNode>,
): LogSensors {
  const ofPlace = [...survey.origins].filter(([, origin]) => namePlace(origin.log) === namePlace(log));
  const ofSystem = new Map(
    ofPlace.flatMap(([key, { system }]) => (system === null || !of.has(key) ? [] : [[system, of.get(key)!] as const])),
  );
  const names = new Set(ofPlace.map(([key]) => of.get(key) ?? null));
  const [only = null] = names.size === 1 && !isBySystem ? names : [];
  return { sensor: of.get(makeKey(log, null)) ?? only, ofSystem, isBySystem, ofNode };
}

function listNotes({ of }: NamedOrigins, shared: ReadonlyMap<string, SharedNode>): string[] {
  const names = [...new Set(of.values())].sort();
  const told = names.length > 1 ? [`These are the logs of ${names.length} sensors: ${names.join(', ')}.`] : [];
  const byTurns = [...shared].map(([node, { begun }]) => {
    const processes = [...begun].map(([sensor, ts]) => `${addSensor(node, sensor)} since ${formatTime(ts)}`);
    return `Several processes are called ${node} and report by turns: ${processes.join(', ')}. Give the logs of each sensor in a folder of its own, or name the column that tells them apart (--sensor-column).`;
  });
  return [...told, ...byTurns];
}

interface NamedOrigins {
  /** The sensors of origins by their keys; empty where there is only one. */
  readonly of: ReadonlyMap<string, string>;
  /** True where a row names its sensor itself. */
  readonly isBySystem: boolean;
}

/** What the origins of a group are called; empty for those that this does not tell. */
type Naming = (origin: LogOrigin) => string;

/**
 * @param groups of origins that are plainly of one sensor
 * @param clashes groups that are plainly not
 */
function nameOrigins(survey: RunSurvey, groups: Groups, clashes: readonly (readonly [string, string])[]): NamedOrigins {
  const origins = [...survey.origins];
  const isNamed = ({ log, system }: LogOrigin) => system !== null && namesSystem(log.inspected.system!);
  const bySystem: Naming = (origin) => (isNamed(origin) && !namesNodes(survey) ? origin.system! : '');
  const parts = new Map(origins.map(([, { log }]) => [log, splitFolders(log)]));
  const differing = findDifferingParts([...parts.values()]);
  const folders = new Map([...parts.keys()].map((log, i) => [log, differing[i]!]));
  const byFolder: Naming = ({ log }) => folders.get(log)!;
  const byShipper: Naming = ({ system }) => system ?? '';
  const byName: Naming = ({ log }) => nameTag(log);
  const byAll: Naming = (origin) => [byFolder, byShipper, byName].flatMap((naming) => naming(origin) || []).join('/');
  const named = (naming: Naming) => {
    const names = new Map<string, Set<string>>();
    for (const [key, origin] of origins) {
      const ofGroup = names.get(groups.of(key)) ?? new Set();
      names.set(groups.of(key), naming(origin) === '' ? ofGroup : ofGroup.add(naming(origin)));
    }
    return new Map([...names].map(([group, all]) => [group, [...all].sort().join('+')]));
  };
  const found = [bySystem, byFolder, byShipper, byName, byAll].find((naming) => {
    const names = named(naming);
    if (clashes.length === 0) return naming === bySystem && new Set(names.values()).size > 1;
    return clashes.every(([a, b]) => names.get(a) !== '' && names.get(b) !== '' && names.get(a) !== names.get(b));
  });
  if (found === undefined && clashes.length === 0) return { of: new Map(), isBySystem: false };
  const groupNames = found === undefined ? numbered(groups, survey) : named(found);
  const of = new Map(origins.map(([key]) => [key, groupNames.get(groups.of(key))!] as const));
  return { of: new Map([...of].filter(([, name]) => name !== '')), isBySystem: found === bySystem };
}

/** Some sites name the node as the system, as the example in Zeek's documentation does. */
function namesNodes(survey: RunSurvey): boolean {
  return [...survey.nodes].every(([node, runs]) =>
    runs.every(({ origins }) => [...origins].every((key) => survey.origins.get(key)!.system === node)),
  );
}

function numbered(groups: Groups, survey: RunSurvey): Map<string, string> {
  const all = new Set([...survey.origins.keys()].map((key) => groups.of(key)));
  return new Map([...all].map((group, i) => [group, String(i + 1)]));
}
