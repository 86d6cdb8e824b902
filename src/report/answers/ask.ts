/** `ask` in all its forms: what the nodes answered, as `top` shows it, and who did. */

import type { AskResult } from '../../model/answers/ask.ts';
import { formatDuration } from '../../model/time.ts';
import type { Reporter } from '../answer.ts';
import { convertReading, jsonDocument, jsonTime } from '../tables/json.ts';
import { countThings, listNames, nameInSentence } from '../words.ts';
import { topFields, topReport } from './top.ts';

/** @param withRange whether the table has the bounds of estimates; data for programs always has */
export function askReport(withRange: boolean): Reporter<AskResult> {
  return (result, format, screen) => {
    if (format === 'json') return { text: jsonDocument('ask', askFields(result)), asides: [] };
    const { reading } = result.top;
    const notes = [...(format === 'table' ? [countAnswered(result)] : []), ...nameMissing(result), ...reading.notes];
    return topReport(withRange)({ ...result.top, reading: { ...reading, notes } }, format, screen);
  };
}

function countAnswered({ answered }: AskResult): string {
  const [last, busiest, pause] = [
    Math.max(...answered.map(({ after }) => after)),
    Math.max(...answered.map(({ measurement }) => measurement.duration)),
    Math.max(...answered.map(({ measurement }) => measurement.longestPause ?? 0)),
  ].map(formatDuration);
  const who =
    answered.length === 1 ? `${nameInSentence(answered[0]!.node)} answered` : `${answered.length} nodes answered`;
  return `${who} within ${last}. Measuring took a node ${busiest} at most, ${pause} at a stretch.`;
}

function nameMissing({ refused, silent, unreadable }: AskResult): string[] {
  const notes = refused.map(({ node, reason }) => `${nameInSentence(node)} made no run: ${nameInSentence(reason)}.`);
  if (silent.length > 0) {
    const reports = silent.length === 1 ? 'reports' : 'report';
    notes.push(`No answer came from ${listNames(silent, 5)}, which ${reports} in the logs.`);
  }
  if (unreadable > 0) {
    notes.push(
      `${countThings(unreadable, 'answer')} could not be read: the nodes may run a version of the collector that is newer than this command.`,
    );
  }
  return notes;
}

function askFields({ url, answered, refused, silent, unreadable, top }: AskResult): object {
  return {
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
    top: { ...topFields(top), reading: convertReading(top.reading) },
  };
}
