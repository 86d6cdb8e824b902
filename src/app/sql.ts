import type { QueryResult } from '../model/query.ts';
import type { SqlOptions } from './options.ts';

export async function sql(_options: SqlOptions): Promise<QueryResult> {
  throw new Error('being built');
}
