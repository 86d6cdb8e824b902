/** A cluster on this machine, started and watched by Zeek's own Supervisor: we write its layout. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { LabNode } from '../model/answers/lab.ts';
import type { ZeekPackage } from '../model/package.ts';
import { placeDataFiles } from './data-files.ts';
import {
  isOfDriver,
  parseMessages,
  restoreNames,
  writeMessageLine,
  writeMessageLines,
  type ZeekMessage,
} from './messages.ts';
import { findCollector, findDriver, unloadOthers } from './our-scripts.ts';
import { type Load, linkPackagePath, listPackages, loadArguments, loadFolders } from './package-path.ts';
import { type ProcessEnd, runProcess } from './process.ts';
import type { ZeekProgram } from './program.ts';

interface LabSpec {
  readonly zeek: ZeekProgram;
  readonly nodes: readonly LabNode[];
  readonly packages: readonly ZeekPackage[];
  readonly loads: readonly Load[];
  /** Zeek's own folders of scripts. */
  readonly searchPath: readonly string[];
  readonly folder: string;
  /** A folder whose files are to be where every node begins; null for none. */
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds from one measurement to the next. */
  readonly interval: number;
}

/** The Supervisor asks its nodes every two seconds, and gives up after 26. */
const STOP_SECONDS = 40;
const WATCH_MS = 500;
/** What nodes say while a cluster comes up and goes down: a peer is not there yet, a trace waits, the log is closed. */
const ROUTINE =
  /Broker::PEER_UNAVAILABLE|Broker::PEER_DISCONNECT|^processing (suspended|continued)$|^received (another )?signal while waiting for thread /;

export class Lab {
  /** Resolves when the Supervisor has ended, by itself or because it was stopped. */
  readonly ended: Promise<ProcessEnd>;
  readonly #spec: LabSpec;
  readonly #stop = new AbortController();
  readonly #said = new Map<string, Map<string, ZeekMessage>>();

  constructor(spec: LabSpec) {
    this.#spec = spec;
    const { folder, nodes, packages, loads } = spec;
    const all = [...packages, ...listPackages(loads)];
    for (const { name } of nodes) {
      mkdirSync(join(folder, name));
      placeDataFiles(join(folder, name), all, spec.cwd);
    }
    mkdirSync(join(folder, 'supervisor'));
    const first = join(folder, 'first.zeek');
    writeFileSync(first, unloadOthers([...spec.searchPath, ...loadFolders(loads)], findCollector()));
    const links = this.#links;
    const path = linkPackagePath(links, all, packages, spec.searchPath);
    const settings = join(folder, 'settings.zeek');
    writeFileSync(settings, writeSettings(nodes, spec.interval));
    const driver = findDriver('lab');
    // By its name, a package is told apart in the logs from a script of the site.
    const named = packages.map(({ name, load, scripts }) =>
      existsSync(join(links, 'packages', name)) && load === scripts ? `packages/${name}` : load,
    );
    const scripts = [first, findCollector(), ...loadArguments(loads), ...named, driver, settings];
    const layout = join(folder, 'layout.zeek');
    writeFileSync(layout, writeLayout(nodes, scripts, folder));
    const plugins = all.flatMap((p) => p.plugins ?? []);
    const env: Record<string, string> = {
      ...(plugins.length > 0 ? { ZEEK_PLUGIN_PATH: plugins.join(':') } : {}),
      ...path,
    };
    const invocation = spec.zeek.invoke(['-j', '-C', layout], {
      folder,
      reads: [
        ...[findCollector(), driver],
        ...packages.map(({ root }) => root),
        ...loadFolders(loads),
        ...(existsSync(links) ? [links] : []),
        ...nodes.flatMap(({ input }) => (input?.kind === 'pcap' ? [input.name] : [])),
      ],
      env,
    });
    const watch = setInterval(() => this.#listen(), WATCH_MS);
    this.ended = runProcess({
      ...invocation,
      folder: join(folder, 'supervisor'),
      env: { ...spec.env, ...env },
      timeout: null,
      grace: STOP_SECONDS,
      signal: this.#stop.signal,
    }).finally(() => clearInterval(watch));
  }

  /** Where the logger writes. */
  get logs(): string {
    return join(this.#spec.folder, this.#spec.nodes.find(({ role }) => role === 'logger')!.name);
  }

  /** What a node has said, errors first. */
  messages(node: string): readonly string[] {
    return writeMessageLines([...(this.#said.get(node)?.values() ?? [])]);
  }

  get #links(): string {
    return join(this.#spec.folder, 'packages-by-name');
  }

  /** Ends all of it. */
  async stop(): Promise<ProcessEnd> {
    this.#stop.abort();
    const end = await this.ended;
    this.#listen();
    return end;
  }

  /** A node that is started again begins its file anew: what it said before is kept here. */
  #listen(): void {
    for (const { name } of this.#spec.nodes) this.#listenTo(name);
  }

  #listenTo(node: string): void {
    const file = join(this.#spec.folder, node, 'stderr');
    if (!existsSync(file)) return;
    const said = this.#said.get(node) ?? new Map<string, ZeekMessage>();
    this.#said.set(node, said);
    const text = restoreNames(readFileSync(file, 'utf8'), this.#links, join(this.#spec.folder, node));
    for (const message of parseMessages(text)) {
      const line = writeMessageLine(message);
      // How often it was said until now is no message of its own.
      if (!ROUTINE.test(line) && !isOfDriver(message)) said.set(line.replace(/ \(\d+ times\)$/, ''), message);
    }
  }
}

/** Free ports of the loopback interface, as far as a program can know. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function writeSettings(nodes: readonly LabNode[], interval: number): string {
  const servers = nodes.filter(({ role }) => role !== 'worker').length;
  return `# Written by my-stats lab.
redef my_stats::min_var_size_to_log = 0;
redef my_stats::run_interval = ${interval.toFixed(3)}sec;
redef my_stats_lab::servers = ${servers};
redef my_stats_lab::nodes = ${nodes.length};
redef my_stats_lab::ask_interval = ${interval.toFixed(3)}sec;
redef Log::default_rotation_interval = 0sec;
@ifdef ( Cluster::CLUSTER_BACKEND_BROKER )
redef Cluster::backend = Cluster::CLUSTER_BACKEND_BROKER;
@endif
`;
}

function writeLayout(nodes: readonly LabNode[], scripts: readonly string[], folder: string): string {
  const endpoints = nodes.map(({ name, role, port, input }) => {
    const read =
      input === null ? '' : `, $${input.kind === 'pcap' ? 'pcap_file' : 'interface'}=${quoteString(input.name)}`;
    return `\tcluster[${quoteString(name)}] = Supervisor::ClusterEndpoint($role=Supervisor::${role.toUpperCase()}, $host=127.0.0.1, $p=${port}/tcp${read});`;
  });
  const creations = nodes.map(({ name, input }) => {
    const read =
      input === null ? '' : `, $${input.kind === 'pcap' ? 'pcap_file' : 'interface'}=${quoteString(input.name)}`;
    return `\tstart(Supervisor::NodeConfig($name=${quoteString(name)}, $cluster=cluster, $directory=${quoteString(join(folder, name))},
\t    $stdout_file="stdout", $stderr_file="stderr", $addl_user_scripts=scripts${read}));`;
  });
  return `# Written by my-stats lab.
module my_stats_layout;

@if ( Supervisor::is_supervisor() )
function start(node: Supervisor::NodeConfig)
\t{
\tlocal problem = Supervisor::create(node);

\tif ( problem != "" )
\t\tReporter::fatal(fmt("cannot start %s: %s", node$name, problem));
\t}

event zeek_init()
\t{
\tlocal cluster: table[string] of Supervisor::ClusterEndpoint;
${endpoints.join('\n')}
\tlocal scripts = vector(${scripts.map(quoteString).join(', ')});
${creations.join('\n')}
\t}
@endif
`;
}

function quoteString(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
