/** `doctor` on a terminal: at a glance, one finding whole, or all there is. */

import type { DoctorResult } from '../../model/answers/doctor.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible } from '../text/sanitize.ts';
import { counted, formatPeriod, named } from '../words.ts';
import { accountTable } from './doctor-account.ts';
import { findingBlock } from './doctor-finding.ts';
import { doctorOverview } from './doctor-overview.ts';

export interface DoctorView {
  /** Everything, or the finding of this number, from 1; else an overview. */
  readonly all: boolean;
  readonly finding: number | null;
  /** The logs as they were given, for commands to type next; none where they were found. */
  readonly logs: readonly string[];
}

/** Rows of evidence shown per finding where there are several. */
const EVIDENCE_ROWS = 8;

export function doctorScreen(text: ScreenText, result: DoctorResult, { all, finding, logs }: DoctorView): void {
  if (finding !== null) findingBlock(text, result.findings[finding - 1]!, finding, Number.POSITIVE_INFINITY);
  else if (all) everything(text, result);
  else doctorOverview(text, result, logs);
}

function everything(text: ScreenText, result: DoctorResult): void {
  text.title('What the memory of every node is in, and what is wrong with it');
  if (result.nodes.length > 0)
    text.line(`${counted(result.nodes.length, 'node')}, ${formatPeriod(result.from, result.to)}`);
  for (const [i, finding] of result.findings.entries()) {
    text.line('');
    findingBlock(text, finding, i + 1, EVIDENCE_ROWS);
  }
  if (result.findings.length === 0) {
    text.line('');
    text.title('Nothing found.');
  }
  text.line('');
  for (const { node, sentence } of result.nodes) text.line(`${named(node)}: ${visible(sentence)}`);
  accountTable(text, result.nodes);
}
