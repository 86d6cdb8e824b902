/** Options by which commands choose variables and say how to group, count and cut them off. */

import { type Command, Option } from 'commander';
import type { SizeUnit, TopPivot } from '../model/answers/top.ts';
import { type NameFilter, type NameFilters, nodeFilters } from '../model/name-filter.ts';
import { collectFilter, type OutputFlags, readFormat } from './options.ts';

export interface NodeFlags {
  readonly node?: readonly NameFilter[];
  readonly sensor?: readonly NameFilter[];
}

export interface NameFlags extends NodeFlags {
  readonly module?: readonly NameFilter[];
  readonly variable?: readonly NameFilter[];
}

export interface PackageFlags {
  readonly package?: readonly NameFilter[];
}

/** Rows a table shows per unit; data for programs is complete unless it is limited. */
export const TABLE_ROWS = 20;

export const PIVOTS: readonly TopPivot[] = ['module', 'variable', 'node', 'sensor', 'package', 'script', 'type'];
export const UNITS: readonly SizeUnit[] = ['bytes', 'objects', 'entries'];

export function pivotOption(): Option {
  return new Option('--by <what>', 'what to group by').choices(PIVOTS).default('module');
}

export function unitOption(): Option {
  return new Option('--unit <unit>', 'unit of sizes; objects: whatever the log counts (default: bytes)').choices(UNITS);
}

/** `--module`, `--variable`. */
export function addVariableOptions(command: Command): Command {
  return command
    .option('--module <pattern>', 'only these modules', collectFilter)
    .option('--variable <pattern>', 'only these variables', collectFilter);
}

/** `--node`, `--sensor`. */
export function addNodeOptions(command: Command): Command {
  return command
    .option('--node <pattern>', 'only these nodes', collectFilter)
    .option('--sensor <pattern>', 'only nodes of these sensors, where the logs are of several', collectFilter);
}

/** `--module`, `--variable`, `--node`, `--sensor`. */
export function addNameOptions(command: Command): Command {
  return addNodeOptions(addVariableOptions(command));
}

export function addPackageOption(command: Command): Command {
  return command.option('--package <pattern>', 'only variables of these packages', collectFilter);
}

export function readNames({ module = [], variable = [], ...flags }: NameFlags): NameFilters {
  return { module, variable, node: readNodes(flags) };
}

export function readNodes({ node = [], sensor = [] }: NodeFlags): readonly NameFilter[] {
  return nodeFilters(node, sensor);
}

/** How many rows to show per unit; null for all. */
export function rowLimit(flags: OutputFlags & { readonly all?: boolean }, asked: number | undefined): number | null {
  if (flags.all) return null;
  return asked ?? (readFormat(flags) === 'table' ? TABLE_ROWS : null);
}
