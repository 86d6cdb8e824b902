/** The completion script for zsh: may be sourced, or stand in a folder of `$fpath` as `_my-stats`. */

import type { CompletedCommand, CompletedOption, CompletedProgram } from './describe.ts';

export function zshScript({ name, options, commands }: CompletedProgram): string {
  const fn = `_${name}`;
  return `#compdef ${name}

${fn}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map((command) => `    ${quote(`${command.name}:${command.description.replace(/:/g, '\\:')}`)}`).join('\n')}
  )
  _arguments -C \\
${options.map((option) => `    ${spec(option)} \\`).join('\n')}
    '1:command:->command' '*::argument:->arguments'
  case $state in
    command) _describe command commands ;;
    arguments)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [ "\${funcstack[1]}" = ${quote(fn)} ]; then
  ${fn} "$@"
else
  compdef ${fn} ${name}
fi
`;
}

function commandCase(command: CompletedCommand): string {
  const operands = command.operands === 'files' ? "'*:log:_files'" : quote(`1:value:(${command.operands.join(' ')})`);
  return `        ${command.name})
          _arguments \\
${command.options.map((option) => `            ${spec(option)} \\`).join('\n')}
            ${operands}
          ;;`;
}

/** `'(-h --help)'{-h,--help}'[text]'`, `'*--module=[text]:value: '`. */
function spec({ flags, description, value, repeatable }: CompletedOption): string {
  const text = `[${description.replace(/[[\]\\:]/g, '\\$&')}]`;
  const action =
    value === 'none' ? '' : `:value:${value === 'files' ? '_files' : value === 'free' ? ' ' : `(${value.join(' ')})`}`;
  const names = flags.map((flag) => (value === 'none' || !flag.startsWith('--') ? flag : `${flag}=`));
  if (names.length === 1) return quote(`${repeatable ? '*' : ''}${names[0]}${text}${action}`);
  return `${quote(`(${flags.join(' ')})`)}{${names.join(',')}}${quote(`${text}${action}`)}`;
}

function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
