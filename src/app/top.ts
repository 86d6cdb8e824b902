import type { TopResult } from '../model/top.ts';
import type { TopOptions } from './options.ts';

export async function top(_options: TopOptions): Promise<TopResult> {
  throw new Error('being built');
}
