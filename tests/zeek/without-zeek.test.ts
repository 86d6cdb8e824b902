/** Commands that run Zeek, where there is none; and what is wrong whether there is one or not. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { myStats } from '../cli/run.ts';
import { EXAMPLE, folder, TRACE } from './profiles.ts';

describe('without Zeek', () => {
  const nowhere = { PATH: join(folder, 'nowhere') };

  test.each([
    [
      ['profile', EXAMPLE, '--pcap', TRACE],
      'there is no program zeek here. Install it (packages and images: https://zeek.org/get-zeek)',
    ],
    [['profile', EXAMPLE, '--pcap', TRACE, '--zeek', '/opt/none/zeek'], 'there is no program /opt/none/zeek here'],
    [['profile', EXAMPLE, '--pcap', TRACE, '--zeek', 'docker:zeek/zeek:lts'], 'needs docker or podman'],
    [['lab', '--pcap', TRACE], 'there is no program zeek here'],
  ])('%j says so in one line', async (args, said) => {
    const { code, stdout, stderr } = await myStats(args, { env: nowhere });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  test.each([
    [['profile', '--pcap', TRACE], 'no package given'],
    // As a shell writes --pcap *.pcap.
    [['profile', '--pcap', TRACE, TRACE, 'other.pcapng.gz'], 'no package given'],
    [['profile', 'a', 'b', '--pcap', TRACE, '--against', 'x'], '--against compares versions of one package'],
    [['profile', 'a', '--pcap', TRACE, '--update'], '--budget, --update and --junit are of a check'],
    [['profile', 'a', '--pcap', TRACE, '--timeout', 'x'], 'Give a number of seconds'],
    [['profile', 'a', '--tolerance', 'x'], 'Give a number of percent'],
    [['lab', '--workers', '0'], 'Give a whole number from 1 to 64'],
    [['lab', '--pcap', TRACE, '--interface', 'lo'], 'a worker reads traces or an interface'],
  ])('%j is wrong usage', async (args, said) => {
    const { code, stderr } = await myStats(args, { env: nowhere });
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
