/** The questions my_stats is for, asked of a recorded five-node cluster; and of a package, where there is a Zeek. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const logs = 'fixtures/collector-8.0.10-contents';
const bold = process.stdout.isTTY && !process.env.NO_COLOR ? (text) => `\x1b[1m${text}\x1b[22m` : (text) => text;

const questions = [
  ['What is wrong, and what is to be changed?', ['doctor', logs]],
  ['Which modules hold the most, over all nodes?', ['top', logs]],
  ['Which variables of DomainTLD?', ['top', '--by', 'variable', '--module', 'DomainTLD', logs]],
  ['And on which nodes?', ['top', '--by', 'node', '--module', 'DomainTLD', logs]],
];

const hasZeek = spawnSync('zeek', ['--version'], { stdio: 'ignore' }).status === 0;
if (hasZeek)
  questions.push([
    'What does the example package hold?',
    ['profile', 'examples/lookups', '--pcap', 'examples/office.pcap'],
  ]);

for (const [i, [question, args]] of questions.entries()) {
  console.log(`${i === 0 ? '' : '\n\n'}${bold(`${i + 1}. ${question}`)}\n`);
  console.log(`$ bin/my-stats ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, ['bin/my-stats', ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!hasZeek) console.log('\n\nProfiling the package in examples/ is skipped: zeek is not on PATH.');

console.log(`

${bold('Where to go next')}

  bin/my-stats doctor /opt/zeek/logs/current  your own logs
  bin/my-stats doctor 1 ${logs}
  bin/my-stats growth ${logs}
  bin/my-stats --help                         everything else, or README.md`);
