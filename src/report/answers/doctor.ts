/** `doctor`: where the memory of each process is, and what is wrong with it. */

import type { DoctorResult } from '../../model/answers/doctor.ts';
import { createReport, type Reporter } from '../answer.ts';
import { readingNotes } from '../reading.ts';
import { jsonDocument } from '../tables/json.ts';
import {
  doctorFields,
  FINDING_COLUMNS,
  type FindingRow,
  findingRows,
  jsonFinding,
  jsonInstant,
} from './doctor-data.ts';
import { type DoctorView, doctorScreen } from './doctor-screen.ts';

/** The findings alone, for programs that watch for them. */
export function findingsJson({ to, findings }: DoctorResult): string {
  return jsonDocument('findings', { to: jsonInstant(to), findings: findings.map(jsonFinding) });
}

export function doctorReport(view: DoctorView): Reporter<DoctorResult> {
  return createReport<DoctorResult, FindingRow>({
    name: 'doctor',
    screen: (text, result) => doctorScreen(text, result, view),
    json: doctorFields,
    tables: (result) => [{ columns: FINDING_COLUMNS, rows: findingRows(result) }],
    notes({ reading }, onScreen) {
      const notes = readingNotes(reading);
      if (!onScreen || view.all || notes.length <= 1) return notes;
      return [`${notes.length} notes on how the logs were read: --all shows them.`];
    },
  });
}
