/** Reads budgets from JSON, with the line of everything a message may be about. */

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Budget, BudgetFile, BudgetKind, Growth, LimitAmount } from '../../model/answers/budget.ts';
import { badBudgets, ExpectedError } from '../../model/errors/catalogue.ts';
import { combineNodeFilters, type NameFilter, parseNameFilter } from '../../model/names.ts';
import { parseBytes } from '../../model/quantity.ts';

/** The key of package.json under which budgets can be. */
const PACKAGE_KEY = 'my-stats';
const DEFAULT_BASELINE = 'my-stats-baseline.json';
/** Sizes are estimates, and small tables grow by a multiple easily. */
const DEFAULT_IGNORE = 100_000;
/** Kinds by their keys in files. */
export const KINDS: Readonly<Record<string, BudgetKind>> = {
  packages: 'package',
  modules: 'module',
  variables: 'variable',
};
const LIMITS = ['max', 'warn', 'growth', 'warnGrowth'] as const;

/** A file's text as a tree, and where in it a node stands. */
export class Document {
  readonly path: string;
  readonly root: Node;
  readonly #text: string;
  readonly #fail: Fail;

  constructor(path: string, text: string, fail: Fail) {
    this.path = path;
    this.#text = text;
    this.#fail = fail;
    const errors: ParseError[] = [];
    let root: Node | undefined;
    try {
      root = parseTree(text, errors, { allowTrailingComma: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw fail(path, 1, 'it is nested too deeply');
    }
    const [first] = errors;
    if (first !== undefined) {
      const what = printParseErrorCode(first.error)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase();
      throw fail(path, countLines(text, first.offset), `it is not JSON (${what})`);
    }
    if (root === undefined) throw fail(path, 1, 'it is empty');
    this.root = root;
  }

  lineOf(node: Node): number {
    return countLines(this.#text, node.offset);
  }

  error(node: Node, what: string): ExpectedError {
    return this.#fail(this.path, this.lineOf(node), what);
  }

  /** The members of an object, each key once. */
  members(node: Node, what: string): { key: string; name: Node; value: Node }[] {
    if (node.type !== 'object') throw this.error(node, `${what} must be an object`);
    const seen = new Set<string>();
    return (node.children ?? []).map((property) => {
      const [name, value] = property.children as [Node, Node];
      const key = String(name.value);
      if (seen.has(key)) throw this.error(name, `${quoteText(key)} is there twice`);
      seen.add(key);
      return { key, name, value };
    });
  }
}

type Fail = (file: string, line: number, what: string) => ExpectedError;

function countLines(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

export function quoteText(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;
}

/**
 * @param text of `my-stats.json`, or of a `package.json` with the key "my-stats"
 * @returns null for a `package.json` without it
 * @throws ExpectedError with file and line for everything that is not as docs/commands/check.md describes it
 */
export function readBudgets(path: string, text: string): BudgetFile | null {
  const document = new Document(path, text, badBudgets);
  let root = document.root;
  if (/(^|[/\\])package\.json$/.test(path)) {
    const found = document.members(root, 'package.json').find(({ key }) => key === PACKAGE_KEY);
    if (found === undefined) return null;
    root = found.value;
  }
  const budgets: Budget[] = [];
  let baseline = DEFAULT_BASELINE;
  let ignore = DEFAULT_IGNORE;
  let nodes: NameFilter[] = [];
  for (const { key, name, value } of document.members(root, 'the file')) {
    const kind = KINDS[key];
    if (kind !== undefined) budgets.push(...readKind(document, kind, value));
    else if (key === 'baseline') baseline = readString(document, value, key);
    else if (key === 'ignore') {
      const amount = readAmount(document, value, key);
      if (amount.unit !== 'bytes') throw document.error(value, 'ignore must be in bytes');
      ignore = amount.value;
    } else if (key === 'nodes') nodes = readNodes(document, value);
    else if (key !== '$schema')
      throw document.error(
        name,
        `${quoteText(key)} is none of packages, modules, variables, baseline, ignore and nodes`,
      );
  }
  if (budgets.length === 0) throw document.error(root, 'it holds no budgets: add packages, modules or variables');
  return { path, baseline, ignore, nodes, budgets };
}

function readKind(document: Document, kind: BudgetKind, node: Node): Budget[] {
  return document.members(node, `${kind}s`).map(({ key, name, value }) => {
    if (key === '') throw document.error(name, 'a budget needs a name or pattern');
    const budget = { kind, pattern: readFilter(document, name, key), line: document.lineOf(name) };
    if (value.type === 'string') return { ...budget, max: readAmount(document, value, quoteText(key)) };
    const limits: {
      max?: LimitAmount | null;
      warn?: LimitAmount | null;
      growth?: Growth | null;
      warnGrowth?: Growth | null;
    } = {};
    for (const member of document.members(value, `the budget of ${quoteText(key)}`)) {
      const limit = LIMITS.find((known) => known === member.key);
      if (limit === undefined)
        throw document.error(
          member.name,
          `${quoteText(member.key)} is none of ${LIMITS.slice(0, -1).join(', ')} and ${LIMITS.at(-1)}`,
        );
      if (member.value.type === 'null') limits[limit] = null;
      else if (limit === 'max' || limit === 'warn') limits[limit] = readAmount(document, member.value, limit);
      else limits[limit] = readGrowth(document, member.value, limit);
    }
    if (Object.keys(limits).length === 0)
      throw document.error(
        name,
        `the budget of ${quoteText(key)} has no limit: add ${LIMITS.join(', ')} or some of them`,
      );
    return { ...budget, ...limits };
  });
}

function readString(document: Document, node: Node, what: string): string {
  if (node.type !== 'string' || node.value === '') throw document.error(node, `${what} must be a text`);
  return String(node.value);
}

function readNodes(document: Document, node: Node): NameFilter[] {
  const list = node.type === 'array' ? (node.children ?? []) : [node];
  return combineNodeFilters(
    list.map((one) => readFilter(document, one, readString(document, one, 'nodes'))),
    [],
  );
}

function readFilter(document: Document, node: Node, text: string): NameFilter {
  try {
    return parseNameFilter(text);
  } catch (error) {
    throw error instanceof ExpectedError ? document.error(node, error.message) : error;
  }
}

/** `10 MB`, `20000 entries`. */
function readAmount(document: Document, node: Node, what: string): LimitAmount {
  const text = readString(document, node, `${what}, such as "10 MB" or "20000 entries",`);
  const line = document.lineOf(node);
  const entries = /^(\d{1,15}) entr(?:y|ies)$/.exec(text);
  if (entries !== null) return { value: Number(entries[1]), unit: 'entries', text, line };
  try {
    return { value: parseBytes(text), unit: 'bytes', text, line };
  } catch {
    throw document.error(node, `${what} is ${quoteText(text)}, which is no size such as "10 MB" or "20000 entries"`);
  }
}

/** `10 %`, or an amount. */
function readGrowth(document: Document, node: Node, what: string): Growth {
  const text = readString(document, node, `${what}, such as "10 %" or "2 MB",`);
  const percent = /^(\d{1,9}(?:\.\d{1,9})?) ?%$/.exec(text);
  if (percent !== null) return { share: Number(percent[1]) / 100, text, line: document.lineOf(node) };
  return readAmount(document, node, what);
}
