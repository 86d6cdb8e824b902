/** Opens what weighs samples and says whose they are. */

import { DeclaredTypes } from '../../analysis/weighing/declared-types.ts';
import { Weigher } from '../../analysis/weighing/weigh.ts';
import { OpaqueCalls } from '../../attribution/opaque-creations.ts';
import type { NodeKnowledge } from '../../model/logged/description.ts';
import type { Reading } from '../../model/logged/reading.ts';
import type { LogStore } from '../../store/log-store.ts';
import { openAttribution } from './attribution.ts';
import { NO_SCRIPTS, type ScriptKnowledge, typeTexts } from './scripts.ts';

export interface OpenedWeigher {
  readonly weigher: Weigher;
  readonly knowledge: NodeKnowledge;
  /** What is to be said of the logs it was read from; as they hold no samples, their rows and files are not counted. */
  readonly reading: Reading;
}

export async function openWeigher(
  store: Pick<LogStore, 'knowledge'>,
  scripts: ScriptKnowledge = NO_SCRIPTS,
): Promise<OpenedWeigher> {
  const { knowledge, reading } = await store.knowledge();
  const { declarations, creations } = scripts;
  const makers = creations.length === 0 ? null : new OpaqueCalls(declarations, creations);
  const types = new DeclaredTypes(typeTexts(scripts), makers);
  const weigher = new Weigher(knowledge, openAttribution(knowledge, scripts), types);
  return { weigher, knowledge, reading: { ...reading, rows: 0, files: [] } };
}
