/** Puts together all that is known of where variables come from. */

import { Attributor } from '../../attribution/attributor.ts';
import type { NodeKnowledge } from '../../model/logged/description.ts';
import { NO_SCRIPTS, type ScriptKnowledge } from './scripts.ts';

/**
 * @param knowledge what the logs tell, see `LogStore.knowledge`
 * @param scripts what scripts at hand tell, see `readScripts`
 */
export function openAttribution(
  { loadedScripts }: Pick<NodeKnowledge, 'loadedScripts'>,
  { packages, declarations }: ScriptKnowledge = NO_SCRIPTS,
): Attributor {
  return new Attributor({ loadedScripts, packages, declarations });
}
