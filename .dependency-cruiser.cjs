/**
 * The floors of the house (CONTRIBUTING.md) as rules. test/architecture.test.ts runs them and
 * plants violations to prove that each rule bites; `npm run check` runs them from the command line.
 */

/** Inside core: a row may import the rows above it, never its own row or one below. */
const coreRows = [['base'], ['image', 'i18n'], ['model'], ['knowledge', 'edit'], ['choose', 'node-config']];

/** The floors from the ground up: each may import those before it. */
const floors = ['core', 'adapters', 'access', 'steps', 'stages', 'capabilities', 'flows', 'apps'];

/** Inside capabilities: as inside core. */
const capabilityRows = [
  ['chart', 'copy', 'harbor', 'images', 'reach', 'snapshot'],
  ['look', 'node-config', 'releases'],
  ['node-load'],
  ['bundle', 'discover', 'mirrors', 'node-images', 'preflight', 'repair', 'requests'],
  ['owner', 'prevent', 'rbac', 'rewrite'],
  ['kustomize'],
  ['gitops'],
];

/** npm packages that only compute: nothing else may be imported by core. */
const purePackages = ['yaml', 'diff', 'zod', 'picomatch', 'rfc6902', 'smol-toml', 'string-width'];

/** Node modules that only compute. */
const pureBuiltins = ['buffer', 'crypto', 'path', 'path/posix', 'url', 'util'];

const tests = '\\.test\\.ts$';

function oneOf(names) {
  return `(${names.join('|')})`;
}

function inRows(place, name, rows) {
  return rows.flatMap((row, index) =>
    row.map((folder) => {
      const allowed = [folder, ...rows.slice(0, index).flat()];
      return {
        name: `${name}-${folder}`,
        comment: `src/${place}/${folder} may import only ${allowed.join(', ')}.`,
        severity: 'error',
        from: { path: `^src/${place}/${folder}/` },
        to: { path: `^src/${place}/`, pathNot: `^src/${place}/${oneOf(allowed)}/` },
      };
    }),
  );
}

/**
 * A floor imports nothing of the floors above it. Its tests may do so in one case: apps/hub is the real
 * registry that they run in process.
 */
function floor(place, above) {
  const name = `floor-${place}`;
  const own = `^src/${place}/`;
  const to = `^src/${oneOf(above)}/`;
  return [
    {
      name,
      comment: `src/${place} lies below ${above.join(', ')}.`,
      severity: 'error',
      from: { path: own, pathNot: tests },
      to: { path: to },
    },
    {
      name: `${name}-tests`,
      severity: 'error',
      from: { path: `${own}.*${tests}` },
      to: { path: to, pathNot: '^src/apps/hub/index\\.ts$' },
    },
  ];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floors.slice(0, -1).flatMap((place, index) => floor(place, floors.slice(index + 1))),
    ...inRows('core', 'core-order', coreRows),
    ...inRows('capabilities', 'capability-order', capabilityRows),
    {
      name: 'core-pure-packages',
      comment: `core imports only packages that compute: ${purePackages.join(', ')}.`,
      severity: 'error',
      from: { path: '^src/core/', pathNot: tests },
      to: { path: 'node_modules/', pathNot: `node_modules/(@types/)?${oneOf(purePackages)}/` },
    },
    {
      name: 'core-pure-builtins',
      comment: `core imports only Node modules that compute: ${pureBuiltins.join(', ')}.`,
      severity: 'error',
      from: { path: '^src/core/', pathNot: tests },
      to: { dependencyTypes: ['core'], pathNot: `^(node:)?${oneOf(pureBuiltins)}$` },
    },
    {
      name: 'adapters-apart',
      comment:
        'Adapters never import one another; all may use files and process (this machine, with its bounds), and node kube (its debug pod).',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: '^src/adapters/node/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/($1|files|process)/' },
    },
    {
      name: 'adapters-apart-node',
      severity: 'error',
      from: { path: '^src/adapters/node/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/(node|kube|files|process)/' },
    },
    {
      name: 'stages-apart',
      comment: 'Stages never import one another; what joins them lies above.',
      severity: 'error',
      from: { path: '^src/stages/([^/]+)/' },
      to: { path: '^src/stages/', pathNot: '^src/stages/$1/' },
    },
    {
      name: 'deciding-is-pure',
      comment: 'plan and diagnose decide from data: they import nothing but core.',
      severity: 'error',
      from: { path: '^src/stages/(plan|diagnose)/', pathNot: tests },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'deciding-touches-nothing',
      comment: 'plan and diagnose take no client: they import no package or Node module that core may not.',
      severity: 'error',
      from: { path: '^src/stages/(plan|diagnose)/', pathNot: tests },
      to: {
        dependencyTypesNot: ['local'],
        pathNot: [`^(node:)?${oneOf(pureBuiltins)}$`, `node_modules/(@types/)?${oneOf(purePackages)}/`],
      },
    },
    {
      name: 'nobody-imports-cli',
      comment:
        'The command is the top of the house. Only the reference generator reads its list of commands.',
      severity: 'error',
      from: { pathNot: '^(src/apps/cli|tools)/' },
      to: { path: '^src/apps/cli/' },
    },
    {
      name: 'front-door',
      comment: "A folder's public door is its index.ts; nothing outside the folder reaches past it.",
      severity: 'error',
      from: { path: '^src/([^/]+)/([^/]+)/' },
      to: { path: '^src/[^/]+/[^/]+/', pathNot: ['/index\\.ts$', '^src/$1/$2/'] },
    },
    {
      name: 'front-door-of-floor',
      comment: 'access and flows are one room each: their door is that of the floor.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/(access|flows)/', pathNot: ['^src/(access|flows)/index\\.ts$', '^src/$1/'] },
    },
    {
      name: 'front-door-from-outside',
      comment: 'Lab, tests and tools come in through the same doors.',
      severity: 'error',
      from: { path: '^(lab|test|tools|bench|web)/' },
      to: { path: '^src/[^/]+/', pathNot: ['/index\\.ts$', '^src/apps/cli/'] },
    },
    {
      name: 'src-stands-alone',
      comment: 'The product does not import what surrounds it; its tests may use test/support.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: '^(web|lab|test|tools|bench)/' },
    },
    {
      name: 'src-tests-support',
      severity: 'error',
      from: { path: `^src/.*${tests}` },
      to: { path: '^(web|lab|test|tools|bench)/', pathNot: '^test/support/' },
    },
    {
      name: 'children-in-one-place',
      comment:
        'Programs are started by src/adapters/process alone, which bounds them and ends them with the run.',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/adapters/process/'] },
      to: { path: '^(node:)?child_process$|node_modules/tinyexec/' },
    },
    {
      name: 'no-test-code',
      comment: 'Code that ships imports neither tests nor the packages they use.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: `${tests}|node_modules/(vitest|fast-check)/` },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere would hide from every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API: without swc nothing would be cruised and everything be green.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?!.*node_modules/).*/fixtures/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.cjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
