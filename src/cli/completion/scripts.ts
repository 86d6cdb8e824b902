/**
 * Completion scripts for bash (3.2 on, without its package), fish, and zsh (sourced, or in a folder of `$fpath`): made
 * from the table of commands, so that no script can know less than the program.
 */

import type { CommandGroup, CommandOption } from '../command.ts';

interface CompletedOption {
  /** `--by`, and `-h` where there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** `none`: a switch. `files`: a file name. `free`: a value nobody can guess. */
  readonly value: 'none' | 'files' | 'free' | readonly string[];
  readonly repeatable: boolean;
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What stands where no option does: file names, or one of these. */
  readonly operands: 'files' | readonly string[];
}

interface CompletedProgram {
  readonly name: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

const HELP: CommandOption = { flags: '-h, --help', description: 'print this help' };
const VERSION: CommandOption = { flags: '-V, --version', description: 'print the version' };

export function describeProgram(groups: readonly CommandGroup[]): CompletedProgram {
  const commands = groups.flatMap((group) => group.commands);
  return {
    name: 'my-stats',
    options: [VERSION, HELP].flatMap(describeOption),
    commands: commands.map((command) => ({
      name: command.name,
      description: command.summary,
      options: [...Object.values(command.options), HELP].flatMap(describeOption),
      operands:
        (Object.values(command.arguments).find(({ choices }) => choices)?.choices as readonly string[]) ?? 'files',
    })),
  };
}

function describeOption({
  flags,
  description,
  choices,
  isRepeated = false,
  negation,
}: CommandOption): CompletedOption[] {
  const [, names = '', value] = /^([^<]*?)(?: <(.*)>)?$/.exec(flags) ?? [];
  const long = names.split(', ').reverse();
  const completed: CompletedOption = {
    flags: long,
    description,
    value: value === undefined ? 'none' : (choices ?? (value === 'file' ? 'files' : 'free')),
    repeatable: isRepeated,
  };
  if (negation === undefined) return [completed];
  const no = `--no-${long[0]!.slice(2)}`;
  return [completed, { flags: [no], description: negation, value: 'none', repeatable: false }];
}

/**
 * The script holds every word it offers and starts no program: nothing of the command line or of a file name is
 * evaluated. File names are left to readline, which quotes them.
 */
export function writeBashScript({ name, options, commands }: CompletedProgram): string {
  const fn = `_${name.replace(/\W/g, '_')}`;
  const names = commands.map((command) => command.name);
  return `# bash completion for ${name}
${fn}() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= files=yes i
  # --by=module arrives as three words
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join(' | ')})
        command=\${COMP_WORDS[i]}
        break
        ;;
    esac
  done
  COMPREPLY=()
  case "$command $previous" in
${commands.flatMap((command) => command.options.flatMap((option) => writeValueCase(command, option))).join('\n')}
    *)
      case "$command $current" in
${[
  writeWordsCase("' -'*", listFlags(options)),
  writeWordsCase("' '*", names),
  ...commands.flatMap((command) => [
    writeWordsCase(`'${command.name} -'*`, listFlags(command.options)),
    ...(command.operands === 'files' ? [] : [writeWordsCase(`'${command.name} '*`, command.operands)]),
  ]),
].join('\n')}
      esac
      ;;
  esac
  # readline offers file names where there is nothing else; not where they would make no sense
  if [[ $files == no ]] && type compopt >/dev/null 2>&1; then compopt +o default; fi
}
complete -o default -F ${fn} ${name}
`;
}

function writeValueCase(command: CompletedCommand, option: CompletedOption): string[] {
  if (option.value === 'none') return [];
  const patterns = option.flags.map((flag) => `'${command.name} ${flag}'`).join(' | ');
  if (option.value === 'files') return [`    ${patterns}) ;;`];
  if (option.value === 'free') return [`    ${patterns}) files=no ;;`];
  return [`    ${patterns}) files=no COMPREPLY=($(compgen -W '${option.value.join(' ')}' -- "$current")) ;;`];
}

function writeWordsCase(pattern: string, words: readonly string[]): string {
  return `        ${pattern}) files=no COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current")) ;;`;
}

function listFlags(options: readonly CompletedOption[]): string[] {
  return options.flatMap((option) => option.flags);
}

/** The completion script for fish. */
export function writeFishScript({ name, options, commands }: CompletedProgram): string {
  const lines = [`# fish completion for ${name}`, `complete -c ${name} -f`];
  const before = '-n __fish_use_subcommand';
  for (const option of options) lines.push(`complete -c ${name} ${before} ${writeFishFlags(option)}`);
  for (const command of commands) {
    lines.push(`complete -c ${name} ${before} -a ${command.name} -d ${quoteForFish(command.description)}`);
  }
  for (const command of commands) {
    const within = `-n '__fish_seen_subcommand_from ${command.name}'`;
    lines.push(
      command.operands === 'files'
        ? `complete -c ${name} ${within} -F`
        : `complete -c ${name} ${within} -a '${command.operands.join(' ')}'`,
    );
    for (const option of command.options) lines.push(`complete -c ${name} ${within} ${writeFishFlags(option)}`);
  }
  return `${lines.join('\n')}\n`;
}

function writeFishFlags({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
  const parameter =
    value === 'none' ? '' : value === 'files' ? ' -r -F' : value === 'free' ? ' -x' : ` -x -a '${value.join(' ')}'`;
  return `${names}${parameter} -d ${quoteForFish(description)}`;
}

function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The completion script for zsh: may be sourced, or stand in a folder of `$fpath` as `_my-stats`. */
export function writeZshScript({ name, options, commands }: CompletedProgram): string {
  const fn = `_${name}`;
  return `#compdef ${name}

${fn}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map((command) => `    ${quoteForZsh(`${command.name}:${command.description.replace(/:/g, '\\:')}`)}`).join('\n')}
  )
  _arguments -C \\
${options.map((option) => `    ${writeSpec(option)} \\`).join('\n')}
    '1:command:->command' '*::argument:->arguments'
  case $state in
    command) _describe command commands ;;
    arguments)
      case $words[1] in
${commands.map(writeCommandCase).join('\n')}
      esac
      ;;
  esac
}

if [ "\${funcstack[1]}" = ${quoteForZsh(fn)} ]; then
  ${fn} "$@"
else
  compdef ${fn} ${name}
fi
`;
}

function writeCommandCase(command: CompletedCommand): string {
  const operands =
    command.operands === 'files' ? "'*:log:_files'" : quoteForZsh(`1:value:(${command.operands.join(' ')})`);
  return `        ${command.name})
          _arguments \\
${command.options.map((option) => `            ${writeSpec(option)} \\`).join('\n')}
            ${operands}
          ;;`;
}

/** `'(-h --help)'{-h,--help}'[text]'`, `'*--module=[text]:value: '`. */
function writeSpec({ flags, description, value, repeatable }: CompletedOption): string {
  const text = `[${description.replace(/[[\]\\:]/g, '\\$&')}]`;
  const action =
    value === 'none' ? '' : `:value:${value === 'files' ? '_files' : value === 'free' ? ' ' : `(${value.join(' ')})`}`;
  const names = flags.map((flag) => (value === 'none' || !flag.startsWith('--') ? flag : `${flag}=`));
  if (names.length === 1) return quoteForZsh(`${repeatable ? '*' : ''}${names[0]}${text}${action}`);
  return `${quoteForZsh(`(${flags.join(' ')})`)}{${names.join(',')}}${quoteForZsh(`${text}${action}`)}`;
}

function quoteForZsh(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
