/** One script per shell, made from the table of commands. */

import type { CommandGroup } from '../command.ts';
import { bashScript } from './bash.ts';
import { describeProgram } from './describe.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function completionScript(commands: readonly CommandGroup[], shell: keyof typeof SCRIPTS): string {
  return SCRIPTS[shell](describeProgram(commands));
}
