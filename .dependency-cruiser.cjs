/** The import table of docs/architecture.md. Each rule says what breaking it would mean. */
const room = (name) => `^src/${name}/`;
/** A room may import itself, the rooms named and nothing else of ours. */
const only = (from, rooms, comment) => ({
  name: `${from}-imports`,
  comment,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^(src|bin|bench|tests)/', pathNot: [from, ...rooms].map(room) },
});
/** A part of the store may import itself, the parts named, and no other part. */
const onlyPart = (part, parts, comment) => ({
  name: `store-${part}-imports`,
  comment,
  severity: 'error',
  from: { path: `^src/store/${part}/` },
  to: { path: '^src/store/', pathNot: [part, ...parts].map((name) => `^src/store/${name}/`) },
});
const NODE_MODULES_OF_STORE = '^(fs|path|os|zlib|v8|util|crypto|stream|events|buffer|worker_threads|url)(/|$)';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third: nobody can read either alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests-in-production',
      comment: 'What users run must not carry what only tests need.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(tests|bench|fixtures)/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'A typo or a package that is not installed: it breaks at the user.',
      severity: 'error',
      from: {},
      // The kernel is compiled where it is bundled.
      to: { couldNotResolve: true, pathNot: '\\.wasm$' },
    },
    only('model', [], 'In the middle is plain data: a model that knows its users cannot be shared by them.'),
    {
      name: 'model-is-pure',
      comment: 'The browser and every room read the model: it must not need Node or a package.',
      severity: 'error',
      from: { path: room('model') },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    only(
      'format',
      ['model'],
      'Formats turn bytes into rows. One that knows paths, stores or answers cannot be tested on bytes alone.',
    ),
    {
      name: 'format-has-no-files',
      comment: "Bytes in, rows out: opening files is the store's work.",
      severity: 'error',
      from: { path: room('format') },
      to: { dependencyTypes: ['core'], path: '^(fs|path|zlib|worker_threads)' },
    },
    only(
      'sizing',
      ['model'],
      'The size model is a function of type, entries and version; it must answer without any log.',
    ),
    only('attribution', ['model'], 'Who declared a variable does not depend on how the logs were read.'),
    only('decoding', ['model'], 'Decompression knows files and bytes; what they say is for others.'),
    only(
      'store',
      ['model', 'format', 'decoding'],
      'The store answers named questions; if it knew analysis or reports, DuckDB would reach into every room.',
    ),
    {
      name: 'store-node',
      comment:
        'The store reads and writes files and may use threads to do so; it talks to no network and starts no process.',
      severity: 'error',
      from: { path: room('store') },
      to: { dependencyTypes: ['core'], pathNot: NODE_MODULES_OF_STORE },
    },
    onlyPart('runs', [], 'Which rows belong together is decided without knowing files.'),
    onlyPart('sensors', ['runs', 'reading'], 'Which processes have one name is told by their runs alone.'),
    onlyPart('finding', ['reading', 'sensors'], 'Where logs lie does not depend on what is asked of them.'),
    onlyPart('reading', ['runs'], 'Reading a file does not depend on what is asked of its rows.'),
    onlyPart('scans', ['runs', 'reading'], 'What a thread does with one piece must not know the other pieces.'),
    onlyPart(
      'answers',
      ['runs', 'reading', 'scans'],
      'Answers come from merged pieces: neither a cache nor DuckDB may change one.',
    ),
    onlyPart(
      'export',
      ['runs', 'reading', 'finding', 'answers', 'scans'],
      'Rows are written as they were logged: neither a cache nor DuckDB may change one.',
    ),
    onlyPart('cache', ['reading'], 'The cache keeps what it is given: it does not know what it holds.'),
    only(
      'analysis',
      ['model', 'sizing', 'attribution'],
      'Analysis answers one question per file, from plain data: an answer must not depend on where the rows come from.',
    ),
    only('report', ['model'], 'A report is a pure function of a result: it must print the same on every machine.'),
    {
      name: 'report-is-pure',
      comment: 'A report that opens files or reads the clock cannot be compared with a golden file.',
      severity: 'error',
      from: { path: room('report') },
      to: { dependencyTypes: ['core'] },
    },
    only('engine', ['model'], 'An engine is asked for numbers; what they mean is not decided where they come from.'),
    only('zeek', ['model'], 'All that talks to Zeek stands behind an interface; it does not interpret what it hears.'),
    only(
      'app',
      ['model', 'format', 'decoding', 'sizing', 'attribution', 'store', 'engine', 'analysis', 'zeek'],
      'Use cases return results; how they look is decided by whoever called.',
    ),
    only('server', ['app', 'model'], 'The server offers the use cases, nothing of its own.'),
    only('dashboard', ['model'], 'Browser code: it can only share plain data.'),
    {
      name: 'tui-imports',
      comment:
        'The terminal view shows use cases live. Of the reports it takes how text is made safe, measured and laid out in tables, the words for findings, and no answer.',
      severity: 'error',
      from: { path: room('tui') },
      to: {
        path: '^(src|bin|bench|tests)/',
        pathNot: [...['tui', 'app', 'model'].map(room), '^src/report/(text|tables|words|doctor-words)'],
      },
    },
    only(
      'cli',
      ['app', 'report', 'server', 'tui', 'model'],
      'The command line parses, calls a use case, hands the result to a report, writes and exits.',
    ),
    {
      name: 'processes-in-two-places',
      comment:
        'Starting programs is dangerous on a sensor. Zeek has its room; the one other place starts a decompressor from a fixed list, with fixed arguments, and hands it an open file.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(zeek/|decoding/program\\.ts$)' },
      to: { path: '^child_process$' },
    },
    {
      name: 'duckdb-in-one-place',
      comment: "Queries elsewhere would make the schema everybody's business.",
      severity: 'error',
      from: { path: '^src/', pathNot: room('store/database') },
      to: { path: '@duckdb' },
    },
    {
      name: 'files-in-few-places',
      comment:
        'Who opens files must not overwrite an input: store and cli write what users ask for, zeek only below a folder of its own; decoding, server and engine read.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/((decoding|store|cli|zeek|server)/|engine/credentials\\.ts$)' },
      to: { path: '^fs(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
