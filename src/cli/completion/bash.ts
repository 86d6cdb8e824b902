/** The completion script for bash (3.2 on, without the bash-completion package). */

import type { CompletedCommand, CompletedOption, CompletedProgram } from './describe.ts';

/**
 * The script holds every word it offers and starts no program: nothing of the command line or of a file name is
 * evaluated. File names are left to readline, which quotes them.
 */
export function bashScript({ name, options, commands }: CompletedProgram): string {
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
${commands.flatMap((command) => command.options.flatMap((option) => valueCase(command, option))).join('\n')}
    *)
      case "$command $current" in
${[
  wordsCase("' -'*", flagsOf(options)),
  wordsCase("' '*", names),
  ...commands.flatMap((command) => [
    wordsCase(`'${command.name} -'*`, flagsOf(command.options)),
    ...(command.operands === 'files' ? [] : [wordsCase(`'${command.name} '*`, command.operands)]),
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

function valueCase(command: CompletedCommand, option: CompletedOption): string[] {
  if (option.value === 'none') return [];
  const patterns = option.flags.map((flag) => `'${command.name} ${flag}'`).join(' | ');
  if (option.value === 'files') return [`    ${patterns}) ;;`];
  if (option.value === 'free') return [`    ${patterns}) files=no ;;`];
  return [`    ${patterns}) files=no COMPREPLY=($(compgen -W '${option.value.join(' ')}' -- "$current")) ;;`];
}

function wordsCase(pattern: string, words: readonly string[]): string {
  return `        ${pattern}) files=no COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current")) ;;`;
}

function flagsOf(options: readonly CompletedOption[]): string[] {
  return options.flatMap((option) => option.flags);
}
