/** A script that fills a variable of a type to a size, twice, and tells what the second one took. */

import { cannotFill } from '../../model/errors/zeek-errors.ts';
import type { ZeekType } from '../../model/zeek-type.ts';
import { type LookUp, type Shape, ValueMaker } from './values.ts';

/** What it prints is this word, and then the version, entries, footprint, and memory before and after. */
export const ANSWER = 'my_stats_load';

/** Strings, of 64 bytes each besides the table's slots: three times what a Zeek was seen to have free. */
const BALLAST = 350_000;

/**
 * @param name the type as it was given, for messages
 * @throws ExpectedError for types of which no values can be made
 */
export function loadScript(name: string, type: ZeekType, entries: number, shape: Shape, lookUp: LookUp): string {
  const maker = new ValueMaker(name, shape, lookUp);
  const { declaration, fill } = filling(name, type, maker);
  const first = (text: string) => text.replaceAll('loaded', 'first_one');
  return `# Written by my-stats estimate.
@load base/frameworks/telemetry

function make_port(i: count): port
\t{
\tlocal number = i % 65536;
\tlocal protocol = (i / 65536) % 3;
\treturn protocol == 0 ? count_to_port(number, tcp) : (protocol == 1 ? count_to_port(number, udp) : count_to_port(number, icmp));
\t}

${maker.declarations.join('\n')}
${declaration}
${first(declaration)}

# Resident memory now, from Zeek 7.2; before, the most it ever was. 7.0 has the metric, but answers 0.
function memory(): count
\t{
@ifdef ( Telemetry::__collect_metrics )
\tlocal metrics = Telemetry::__collect_metrics("process", "resident_memory");

\tfor ( i in metrics )
\t\t{
\t\tlocal now = double_to_count((metrics[i] as Telemetry::Metric)$value);

\t\tif ( now > 0 )
\t\t\treturn now;
\t\t}
@endif

\treturn get_proc_stats()$mem;
\t}

# What the heap has free when Zeek has started would be used first, and not show as growth.
global ballast: set[string];

# The first one takes what only the first takes; the second one is measured.
event zeek_init()
\t{
\tlocal i = 0;

\twhile ( i < ${BALLAST} )
\t\t{
\t\tadd ballast[cat(i)];
\t\t++i;
\t\t}

\tlocal n = ${entries};
\ti = 0;
${first(fill)}
\t# The first look takes memory of its own.
\tmemory();
\tlocal before = memory();
\ti = 0;
${fill}
\tlocal after = memory();
\tprint fmt("${ANSWER} %s %d %d %d %d", zeek_version(), |loaded|, val_footprint(loaded), before, after);
\tterminate();
\t}
`;
}

function filling(name: string, type: ZeekType, maker: ValueMaker): { declaration: string; fill: string } {
  const loop = (step: string) => `\n\twhile ( i < n )\n\t\t{\n\t\t${step}\n\t\t++i;\n\t\t}\n`;
  if (type.kind === 'table') {
    if (type.keys.length === 0) throw cannotFill(name, 'the type of its keys is not said');
    const keys = type.keys.map((key) => maker.make(key));
    const key = keys.map(({ value }) => value('i')).join(', ');
    const keyTypes = keys.map((made) => made.type).join(', ');
    if (type.value === null)
      return { declaration: `global loaded: set[${keyTypes}];`, fill: loop(`add loaded[${key}];`) };
    const value = maker.make(type.value);
    return {
      declaration: `global loaded: table[${keyTypes}] of ${value.type};`,
      fill: loop(`loaded[${key}] = ${value.value('i')};`),
    };
  }
  if (type.kind === 'vector') {
    const element = maker.make(type.element);
    return {
      declaration: `global loaded: vector of ${element.type};`,
      fill: loop(`loaded[i] = ${element.value('i')};`),
    };
  }
  throw cannotFill(name, 'only tables, sets and vectors are filled');
}
