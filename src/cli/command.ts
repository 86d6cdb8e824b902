/** What a command is declared by. `--help`, completion and the paths of `serve` are made from these declarations alone. */

import type { NameFilter, NameFilters } from '../model/names.ts';
import type { Surroundings } from './surroundings.ts';

/** How the text of an option or an argument becomes what the command gets. */
interface Reading {
  readonly choices?: readonly string[];
  /** Throws InvalidArgumentError or ExpectedError for what cannot be meant. */
  readonly parse?: (text: string) => unknown;
  /** What the command gets where the option is left out, and how help writes that. */
  readonly preset?: unknown;
  readonly presetText?: string;
  /** Every time it is given adds one. */
  readonly isRepeated?: boolean;
  readonly isRequired?: boolean;
  /** Flags that must not be given with it. */
  readonly conflicts?: readonly string[];
  /** What help says of `--no-…`, which makes the value false; there is none if absent. */
  readonly negation?: string;
}

/** `Value` is what the command gets. */
export interface CommandOption<Value = unknown> extends Reading {
  /** `-n, --limit <n>`, as help writes it. */
  readonly flags: string;
  readonly description: string;
  readonly preset?: Value;
}

/** What stands alone on the command line. */
interface CommandArgument<Value = unknown> {
  /** `<query>`, or `[logs...]` where there may be none or several. */
  readonly term: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Of this type is what the command gets; it is never in a declaration. */
  readonly value?: Value;
}

type Single<Flags, How> = How extends { choices: readonly (infer Choice)[] }
  ? Choice
  : How extends { parse: (text: string) => infer Parsed }
    ? Parsed
    : Flags extends `${string}<${string}`
      ? string
      : boolean;
type Given<Flags, How> = How extends { isRepeated: true }
  ? readonly Single<Flags, How>[] | undefined
  : How extends { preset: unknown } | { isRequired: true }
    ? Single<Flags, How>
    : Single<Flags, How> | undefined | (How extends { negation: string } ? false : never);

/** The type of its value follows from how it is declared: true or a text, if nothing else is said. */
export function declareOption<const Flags extends string, const How extends Reading = object>(
  flags: Flags,
  description: string,
  how?: How,
): CommandOption<Given<Flags, How>> {
  return { flags, description, ...how } as CommandOption<Given<Flags, How>>;
}

export function declareArgument<const Term extends string, const Choice extends string = string>(
  term: Term,
  description: string,
  choices?: readonly Choice[],
): CommandArgument<Term extends `${string}...${string}` ? readonly string[] : Choice> {
  return { term, description, ...(choices && { choices }) } as CommandArgument<never>;
}

type Arguments = Readonly<Record<string, CommandArgument>>;
type Options = Readonly<Record<string, CommandOption>>;

/** All of a command but what it does. */
interface CommandHead<A extends Arguments, O extends Options> {
  readonly name: string;
  /** What the list of commands says of it, and what its own help says. */
  readonly summary: string;
  readonly description: string;
  /** By what the use case calls them, in the order of the command line and of help. */
  readonly arguments: A;
  readonly options: O;
  readonly examples: readonly (readonly [command: string, shows: string])[];
  /** What help says below the examples. */
  readonly more?: string;
}

type Values<Declared> = {
  readonly [Name in keyof Declared]: Declared[Name] extends CommandOption<infer Value> | CommandArgument<infer Value>
    ? Value
    : never;
};

/** What is chosen by the options that many commands share, as use cases take it; see `readChoice`. */
export interface SharedChoice {
  readonly filters: NameFilters;
  readonly nodes: readonly NameFilter[];
  /** Rows per section; null for all. */
  readonly limit: number | null;
}

/** What a command gets: the values by their names. */
export type Asked<A extends Arguments, O extends Options> = Omit<Values<A & O>, keyof SharedChoice> & SharedChoice;

export interface CommandContext extends Surroundings {
  readonly commands: readonly CommandGroup[];
}

export interface Command extends CommandHead<Arguments, Options> {
  run(asked: never, context: CommandContext): Promise<void>;
  /** What `serve` offers under the name of the command; absent where it does not. */
  readonly served?: {
    /** Those of its options that a query may set. */
    readonly parameters: Options;
    /** The answer in JSON. */
    answer(asked: never, context: CommandContext): Promise<string>;
  };
}

export interface CommandGroup {
  /** Above them in help. */
  readonly heading: string;
  readonly commands: readonly Command[];
}

/** A command that is no question with an answer in several formats: for those see `declareQuestion`. */
export function declareCommand<const A extends Arguments, const O extends Options>(
  command: CommandHead<A, O> & { run(asked: Asked<A, O>, context: CommandContext): Promise<void> },
): Command {
  return command;
}

export type { Arguments, CommandHead, Options };
