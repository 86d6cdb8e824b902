/** Opens what weighs samples and says whose they are. */

import { DeclaredTypes } from '../../analysis/weighing/declared-types.ts';
import { Weigher } from '../../analysis/weighing/weigh.ts';
import { Attributor } from '../../attribution/attributor.ts';
import { OpaqueCalls } from '../../attribution/opaque-creations.ts';
import type { NodeKnowledge } from '../../model/logged/description.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { type ScriptKnowledge, typeTexts } from './scripts.ts';
import type { Store } from './source.ts';

export interface OpenedWeigher {
  readonly weigher: Weigher;
  readonly knowledge: NodeKnowledge;
  /** What is to be said of the logs and scripts it was read from; as they hold no samples, no rows and files are counted. */
  readonly reading: Reading;
}

export async function openWeigher(store: Pick<Store, 'knowledge'>, scripts: ScriptKnowledge): Promise<OpenedWeigher> {
  const { knowledge, reading } = await store.knowledge();
  const { declarations, creations } = scripts;
  const makers = creations.length === 0 ? null : new OpaqueCalls(declarations, creations);
  const types = new DeclaredTypes(typeTexts(scripts), makers);
  const weigher = new Weigher(knowledge, openAttribution(knowledge, scripts), types);
  return {
    weigher,
    knowledge,
    reading: { ...reading, rows: 0, files: [], notes: [...reading.notes, ...scripts.notes] },
  };
}

/**
 * @param knowledge what the logs tell, see `LogStore.knowledge`
 * @param scripts what scripts at hand tell, see `readScripts`
 */
export function openAttribution(
  { loadedScripts }: Pick<NodeKnowledge, 'loadedScripts'>,
  { packages, declarations }: ScriptKnowledge,
): Attributor {
  return new Attributor({ loadedScripts, packages, declarations });
}
