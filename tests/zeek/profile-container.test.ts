/** `my-stats profile --zeek docker:IMAGE`, with a stand-in for docker that runs Zeek here. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { EXAMPLE, folder, profile, SLOW, script, TRACE, temporary } from './profiles.ts';

describe('profile in a container', { ...SLOW, ...needs('zeek') }, () => {
  test('in a container everything has its path, and only the results can be written', async () => {
    // A stand-in for docker: notes what it was asked, and runs it here.
    const bin = join(folder, 'bin');
    const noted = join(folder, 'docker-args');
    const docker = script(
      'bin/docker',
      `#!/bin/sh
[ "$1" = run ] || exit 0
printf '%s\\n' "$@" > ${noted}
while [ "$1" != zeek/zeek:lts ]; do shift; done
shift
exec "$@"
`,
    );
    spawnSync('chmod', ['+x', docker]);
    const { code, stdout, stderr } = await profile(
      [EXAMPLE, '--pcap', TRACE, '--zeek', 'docker:zeek/zeek:lts', '--json'],
      { PATH: `${bin}:${process.env.PATH}` },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).variables).toHaveLength(4);
    const args = readFileSync(noted, 'utf8').split('\n');
    expect(args.slice(0, 6)).toEqual(['run', '--rm', '--init', '--network', 'none', '--name']);
    const mounts = args.filter((arg) => arg.startsWith('type=bind'));
    expect(mounts.filter((mount) => !mount.endsWith(',readonly'))).toEqual([
      expect.stringContaining(`source=${temporary}/`),
    ]);
    expect(mounts).toContain(`type=bind,source=${TRACE},target=${TRACE},readonly`);
  });
});
