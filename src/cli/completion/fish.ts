/** The completion script for fish. */

import type { CompletedOption, CompletedProgram } from './describe.ts';

export function fishScript({ name, options, commands }: CompletedProgram): string {
  const lines = [`# fish completion for ${name}`, `complete -c ${name} -f`];
  const before = '-n __fish_use_subcommand';
  for (const option of options) lines.push(`complete -c ${name} ${before} ${flags(option)}`);
  for (const command of commands) {
    lines.push(`complete -c ${name} ${before} -a ${command.name} -d ${quote(command.description)}`);
  }
  for (const command of commands) {
    const within = `-n '__fish_seen_subcommand_from ${command.name}'`;
    lines.push(
      command.operands === 'files'
        ? `complete -c ${name} ${within} -F`
        : `complete -c ${name} ${within} -a '${command.operands.join(' ')}'`,
    );
    for (const option of command.options) lines.push(`complete -c ${name} ${within} ${flags(option)}`);
  }
  return `${lines.join('\n')}\n`;
}

function flags({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
  const parameter =
    value === 'none' ? '' : value === 'files' ? ' -r -F' : value === 'free' ? ' -x' : ` -x -a '${value.join(' ')}'`;
  return `${names}${parameter} -d ${quote(description)}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
