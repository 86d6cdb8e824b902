/** `my-stats completion`: a script that lets a shell complete commands, options and their values. */

import { declareArgument, declareCommand } from '../command.ts';
import { print } from '../write.ts';

const SCRIPTS = {
  bash: async () => (await import('../completion/scripts.ts')).writeBashScript,
  zsh: async () => (await import('../completion/scripts.ts')).writeZshScript,
  fish: async () => (await import('../completion/scripts.ts')).writeFishScript,
};

export const completionCommand = declareCommand({
  name: 'completion',
  summary: 'a completion script for bash, zsh or fish',
  description: 'Prints a script that lets the shell complete commands, options, their values and file names.',
  arguments: { shell: declareArgument('<shell>', 'the shell to print it for', ['bash', 'zsh', 'fish']) },
  options: {},
  examples: [
    ['eval "$(my-stats completion bash)"', 'in ~/.bashrc'],
    ['source <(my-stats completion zsh)', 'in ~/.zshrc, after compinit'],
    ['my-stats completion fish > ~/.config/fish/completions/my-stats.fish', 'once'],
  ],
  async run({ shell }, context) {
    const { describeProgram } = await import('../completion/scripts.ts');
    await print(context, (await SCRIPTS[shell]())(describeProgram(context.commands)));
  },
});
