/** What in Zeek's messages is ours: scripts that drive a run, and the folders of it. */

import { join } from 'node:path';
import type { ZeekMessage } from './messages.ts';
import { collectorFolder, driverScript } from './our-scripts.ts';
import { isBelow, realPath } from './package-path.ts';

/**
 * Paths of a run's own folders are nobody's but ours.
 *
 * @param links where packages are under their names
 * @param folder where the run begins
 */
export function asUsersNameIt(text: string, links: string, folder: string): string {
  const isName = /^(?:packages\/)?[^/\s]+(?=\/)/;
  const [head = '', ...parts] = text.split(`${links}/`);
  const named = parts.map((part) => part.replace(isName, (name) => realPath(join(links, name))));
  return [head, ...named].join('').replaceAll(`${folder}/`, '');
}

/** Of what we load ourselves; should it keep Zeek from going on, that is told all the same. */
export function isOfDriver({ places }: ZeekMessage): boolean {
  const ours = [collectorFolder(), driverScript('profile'), driverScript('lab')];
  const isOurs = (file: string) =>
    /(^|\/)(settings|first|layout)\.zeek$/.test(file) || ours.some((path) => isBelow(file, path));
  return places.length > 0 && places.every(({ file }) => isOurs(file ?? ''));
}
