/** What a profile says besides its tables. */

import { expect, test } from 'vitest';
import { profileNotes } from '../../src/report/profile/notes.ts';
import { profileReport } from '../../src/report/profile/profile.ts';
import { PROFILE } from './profile-samples.ts';

test('a range without an end does not show as a question', () => {
  const peak = { low: 5e6, likely: 7e6, high: Number.POSITIVE_INFINITY };
  const [names] = PROFILE.variables;
  const result = { ...PROFILE, variables: [{ ...names!, peak }] };
  const { text: screen } = profileReport(result, 'table', { width: 200, color: false });
  expect(screen).toContain('5.00 MB or more');
  expect(screen).not.toContain('?');
});

test('a value that may have an expiry of its own is not said to have none', () => {
  const [, clients] = PROFILE.variables;
  const notes = (expiry: 'lost' | 'unknown') =>
    profileNotes({
      ...PROFILE,
      variables: [{ ...clients!, replaced: { script: 'main.zeek', line: 7, expiry } }],
    }).find((note) => note.includes('Lookups::clients declares'));
  expect(notes('lost')).toMatch(/which is lost where main\.zeek:7 assigns it as a whole\.$/);
  expect(notes('unknown')).toMatch(/what counts from then on is the expiry of that value, if it has one\.$/);
});
