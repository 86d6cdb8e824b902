/** Errors speak of options as the API calls them, in backticks; on the command line they have other names. */

/** Those that are not the option's name with dashes. */
const FLAGS: Readonly<Record<string, string>> = { traces: '--pcap', patternText: '--text', loads: '--load' };

export const OPTIONS: ReadonlySet<string> = new Set([
  ...[
    'against',
    'allowFiles',
    'at',
    'budget',
    'by',
    'characters',
    'check',
    'entries',
    'footprint',
    'interface',
    'keep',
  ],
  ...['listen', 'loads', 'patternText', 'per', 'scripts', 'sensorColumn', 'since', 'strict', 'timeout', 'traces'],
  ...['until', 'update', 'url', 'zeek'],
]);

/** A message with the flags a user would type. */
export function nameFlags(message: string): string {
  return message.replace(/`([a-zA-Z]+)`/g, (quoted, name: string) => (OPTIONS.has(name) ? flagOf(name) : quoted));
}

function flagOf(option: string): string {
  return FLAGS[option] ?? `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
