/** `doctor` in all its forms. */

import type { DoctorResult } from '../model/doctor.ts';
import { doctorDelimited, doctorJson } from './doctor-data.ts';
import { doctorScreen } from './doctor-screen.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { readingNotes } from './reading.ts';

export function doctorReport(result: DoctorResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: doctorScreen(result, screen), asides: [] };
  if (format === 'json') return { text: doctorJson(result), asides: [] };
  return { text: doctorDelimited(result, format), asides: readingNotes(result.reading) };
}
