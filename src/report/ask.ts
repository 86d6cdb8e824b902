/** `ask` in all its forms: what the nodes answered, as `top` shows it, and who did. */

import type { AskResult } from '../model/answers.ts';
import { formatDuration } from '../model/time.ts';
import { jsonDocument, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { named } from './reading.ts';
import { topReport } from './top.ts';
import { topBody } from './top-data.ts';

/** @param withRange whether the table has the bounds of estimates; data for programs always has */
export function askReport(result: AskResult, format: OutputFormat, screen: Screen, withRange = false): Report {
  if (format === 'json') return { text: askJson(result), asides: [] };
  const { reading } = result.top;
  const notes = format === 'table' ? [answered(result), ...missing(result)] : missing(result);
  const top = { ...result.top, reading: { ...reading, notes: [...notes, ...reading.notes] } };
  return topReport(top, format, screen, withRange);
}

function answered({ answered }: AskResult): string {
  const [last, busiest, pause] = [
    Math.max(...answered.map(({ after }) => after)),
    Math.max(...answered.map(({ measurement }) => measurement.duration)),
    Math.max(...answered.map(({ measurement }) => measurement.longestPause ?? 0)),
  ].map(formatDuration);
  const who = answered.length === 1 ? `${named(answered[0]!.node)} answered` : `${answered.length} nodes answered`;
  return `${who} within ${last}. Measuring took a node ${busiest} at most, ${pause} at a stretch.`;
}

function missing({ refused, silent, unreadable }: AskResult): string[] {
  const notes = refused.map(({ node, reason }) => `${named(node)} made no run: ${named(reason)}.`);
  if (silent.length > 0) {
    const names = silent.slice(0, 5).map(named).join(', ');
    const more = silent.length > 5 ? ` and ${silent.length - 5} more` : '';
    notes.push(`No answer came from ${names}${more}, which ${silent.length === 1 ? 'reports' : 'report'} in the logs.`);
  }
  if (unreadable > 0) {
    const answers = unreadable === 1 ? '1 answer' : `${unreadable} answers`;
    notes.push(
      `${answers} could not be read: the nodes may run a version of the collector that is newer than this command.`,
    );
  }
  return notes;
}

function askJson({ url, answered, refused, silent, unreadable, top }: AskResult): string {
  return jsonDocument('ask', {
    url,
    answered: answered.map(({ node, run, after, measurement }) => ({
      node,
      run,
      time: jsonTime(measurement.ts),
      after_seconds: after,
      duration_seconds: measurement.duration,
      longest_pause_seconds: measurement.longestPause,
    })),
    refused: refused.map(({ node, reason }) => ({ node, reason })),
    silent,
    unreadable,
    top: topBody(top),
  });
}
