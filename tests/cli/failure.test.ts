import { describe, expect, test } from 'vitest';
import { describeFailure } from '../../src/cli/failure.ts';
import { missingPath } from '../../src/model/errors/catalogue.ts';

describe('describeFailure', () => {
  test('an expected error is its one line, made harmless', () => {
    const { text, exitCode } = describeFailure(missingPath('logs/\x1b[2J\n.log'), 'top', false);
    expect(text).toBe('my-stats: logs/\\x1b[2J\\x0a.log: no such file or folder. Check the path.');
    expect(exitCode).toBe(2);
  });

  test('a defect is one line, with the way to report it', () => {
    const { text, exitCode } = describeFailure(new TypeError('x is\nundefined'), 'top', false);
    expect(text).toMatch(/^my-stats: this is a defect .*please report.*MY_STATS_DEBUG=1.*: x is\\x0aundefined$/);
    expect(exitCode).toBe(2);
  });

  test('its stack is shown where it was asked for', () => {
    expect(describeFailure(new TypeError('oops'), 'top', true).text).toMatch(/\n {4}at /);
  });

  test('what is no error at all is shown too', () => {
    expect(describeFailure('plain text', null, true).text).toContain('plain text');
  });

  test('nobody listens: silence, and nothing went wrong', () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    expect(describeFailure(gone, 'top', false)).toEqual({ text: null, exitCode: 0 });
  });
});
