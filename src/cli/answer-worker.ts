/**
 * The thread that works out answers for `serve` and `watch`: to read and judge a day of many nodes takes seconds, in which a
 * page would not come, and no key be heard.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { doctor } from '../app/doctor.ts';
import { metrics } from '../app/metrics.ts';
import { report } from '../app/report.ts';
import { Watch } from '../app/watch.ts';
import { tellError } from '../model/errors/system-errors.ts';
import type { ProgressListener } from '../model/progress.ts';
import { openMetrics } from '../report/export/openmetrics.ts';
import { reportHtml, versionOf } from '../report/html/page.ts';
import type { AnswerChoice, AnswerReply, AnswerRequest, Answers } from './answer-thread.ts';
import { COMMANDS } from './commands.ts';

function answersOf(chosen: AnswerChoice, onProgress: ProgressListener): Answers {
  const now = { ...chosen, limit: null };
  const watch = new Watch(now);
  return {
    async newest() {
      const frame = await watch.look();
      return { version: versionOf(frame), rows: frame.rows.length };
    },
    async page(assets, feedPath) {
      const result = await report({ ...now, onProgress });
      return { version: versionOf(result.inventory), body: reportHtml(result, assets, feedPath) };
    },
    metrics: async () => openMetrics(await metrics(now), { dated: false }),
    doctor: () => doctor(now),
    async command(name, parameters) {
      const { served } = COMMANDS.flatMap(({ commands }) => commands).find((one) => one.name === name)!;
      const { env, stdout, stderr } = process;
      return served!.answer({ ...now, ...parameters } as never, { env, stdout, stderr, commands: COMMANDS });
    },
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const reply = (message: AnswerReply) => port.postMessage(message);
  const answers = answersOf(workerData, (progress) => reply({ kind: 'progress', progress }));
  port.on('message', ({ id, name, given }: AnswerRequest) => {
    const answer = answers[name] as (...given: readonly unknown[]) => Promise<unknown>;
    answer(...given).then(
      (answer) => reply({ kind: 'answer', id, answer }),
      (error) => reply({ kind: 'error', id, error: tellError(error) }),
    );
  });
}
