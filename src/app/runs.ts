import type { RunsResult } from '../model/runs.ts';
import type { RunsOptions } from './options.ts';

export async function runs(_options: RunsOptions): Promise<RunsResult> {
  throw new Error('being built');
}
