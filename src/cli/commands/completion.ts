/** `my-stats completion`: a script that lets a shell complete commands, options and their values. */

import { Argument, type Command } from 'commander';
import { print } from '../answer.ts';
import { helpFooter } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const EXAMPLES = [
  ['eval "$(my-stats completion bash)"', 'in ~/.bashrc'],
  ['source <(my-stats completion zsh)', 'in ~/.zshrc, after compinit'],
  ['my-stats completion fish > ~/.config/fish/completions/my-stats.fish', 'once'],
] as const;

export function addCompletionCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('completion')
    .summary('a completion script for bash, zsh or fish')
    .description('Prints a script that lets the shell complete commands, options, their values and file names.')
    .addArgument(new Argument('<shell>', 'the shell to print it for').choices(SHELLS))
    .addHelpText('after', helpFooter(EXAMPLES))
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('../completion/script.ts');
      await print(surroundings, completionScript(program, shell));
    });
}
