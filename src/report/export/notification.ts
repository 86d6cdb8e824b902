/** Findings as a message to a webhook: a text for people, which Slack and its like show, and the same as data. */

import type { DoctorResult, Finding } from '../../model/answers/doctor.ts';
import { jsonFinding, jsonInstant } from '../answers/doctor.ts';
import { describeRemedy, describeVerdict, headline } from '../doctor-words.ts';

/** Findings in a message, and of those the ones its text names: chats cut off what is longer. */
const MOST_FINDINGS = 100;
const NAMED = 15;

export function makeNotification(result: DoctorResult, findings: readonly Finding[]): object {
  const named = findings.slice(0, NAMED).flatMap((finding) => {
    return [`${finding.level}: ${headline(finding)}`, ...describeRemedy(finding).map((line) => `    ${line}`)];
  });
  const more = findings.length > NAMED ? [`… and ${findings.length - NAMED} more`] : [];
  return {
    text: escapeText(['my_stats: '.concat(describeVerdict(result)), ...named, ...more].join('\n')),
    format: 'my-stats.notification',
    version: 1,
    to: jsonInstant(result.to),
    findings: findings.slice(0, MOST_FINDINGS).map(jsonFinding),
    hidden: Math.max(0, findings.length - MOST_FINDINGS),
  };
}

/** Names from logs must not become links or call people: https://docs.slack.dev/messaging/formatting-message-text */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
