/** What sensors are called: by what their rows say, else by the folders or names of their logs, else by numbers. */

import { namesSystem } from '../../format/system-name.ts';
import { findDifferingParts, type LogOrigin, nameTag, type RunSurvey, splitFolders } from './run-survey.ts';
import type { Groups } from './shared-nodes.ts';

export interface NamedOrigins {
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
export function nameOrigins(
  survey: RunSurvey,
  groups: Groups,
  clashes: readonly (readonly [string, string])[],
): NamedOrigins {
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
