/** Puts together all that is known of where variables come from. */

import { Attributor } from '../attribution/attributor.ts';
import type { NodeKnowledge } from '../store/interface.ts';

/** @param knowledge what the logs tell, see `SampleStore.knowledge` */
export async function openAttribution({ loadedScripts }: Pick<NodeKnowledge, 'loadedScripts'>): Promise<Attributor> {
  return new Attributor({ loadedScripts, packages: [], declarations: [] });
}
