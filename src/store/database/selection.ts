/** Which of a database's nodes and variables the filters of a question let through. */

import { type NameFilters, nameMatcher } from '../../model/name-filter.ts';
import type { Database } from './database.ts';

/** Names of nodes; null for all. */
export async function selectedNodes(database: Database, { node }: NameFilters): Promise<string[] | null> {
  if (node.length === 0) return null;
  const wanted = nameMatcher(node);
  return (await database.rows('SELECT DISTINCT node FROM stored.runs')).map(([name]) => String(name)).filter(wanted);
}

/** Ids of variables; null for all. */
export async function selectedVariables(database: Database, filters: NameFilters): Promise<number[] | null> {
  if (filters.module.length + filters.variable.length === 0) return null;
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const all = await database.rows('SELECT variable_id, module_name, variable FROM stored.variables');
  return all.flatMap(([id, module, variable]) =>
    wantsModule(String(module)) && wantsVariable(String(variable)) ? [Number(id)] : [],
  );
}
