/** `doctor`: where the memory of each process is, and what is wrong with it. */

import type { DoctorResult } from '../../model/doctor.ts';
import { createReport } from '../answer.ts';
import { doctorFields, FINDING_COLUMNS, type FindingRow, findingRows } from './doctor-data.ts';
import { doctorScreen } from './doctor-screen.ts';

export const doctorReport = createReport<DoctorResult, FindingRow>({
  name: 'doctor',
  screen: doctorScreen,
  json: doctorFields,
  tables: (result) => [{ columns: FINDING_COLUMNS, rows: findingRows(result) }],
});
