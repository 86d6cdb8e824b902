/** The table of commands, as help and completion list them. */

import type { CommandGroup } from './command.ts';
import { archiveCommand } from './commands/archive.ts';
import { askCommand } from './commands/ask.ts';
import { checkCommand } from './commands/check.ts';
import { completionCommand } from './commands/completion.ts';
import { connectionsCommand } from './commands/connections.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { estimateCommand } from './commands/estimate.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { growthCommand } from './commands/growth.ts';
import { labCommand } from './commands/lab.ts';
import { profileCommand } from './commands/profile.ts';
import { reportCommand } from './commands/report.ts';
import { runsCommand } from './commands/runs.ts';
import { serveCommand } from './commands/serve.ts';
import { sqlCommand } from './commands/sql.ts';
import { topCommand } from './commands/top.ts';
import { watchCommand } from './commands/watch.ts';

export const COMMANDS: readonly CommandGroup[] = [
  { heading: 'What is wrong:', commands: [doctorCommand, growthCommand, checkCommand] },
  {
    heading: 'What holds the memory:',
    commands: [
      topCommand,
      watchCommand,
      askCommand,
      diffCommand,
      explainCommand,
      connectionsCommand,
      runsCommand,
      sqlCommand,
    ],
  },
  {
    heading: 'For others, and other programs:',
    commands: [reportCommand, serveCommand, exportCommand, archiveCommand, completionCommand],
  },
  { heading: 'For authors of packages:', commands: [profileCommand, labCommand, estimateCommand] },
];
