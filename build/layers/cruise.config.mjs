// The table of layers as rules of dependency-cruiser, and what it needs to know to read our imports.
import { layers, packageHomes, sharedPackages } from './layers.mjs'

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

/** Tests, and what only tests import. They may build what they need, so only the borders of processes hold for them. */
const tests = '[.]test[.]tsx?$|Testing[.]tsx?$|^renderer/testing/'
const ours = '^(shared|electron|renderer|build|test)/'

/** @param {readonly string[]} paths folders end with / */
const anyOf = (paths) => paths.map((path) => `^${path.replaceAll('.', '[.]')}`)

/** Each folder that `*` stands for captures its name as $1, which a rule's other half may use. @param {string} folder */
const patternOf = (folder) => `^${folder.replace('*', '([^/]+)')}/`

/** @param {import('./layers.mjs').Layer} layer @returns {Rule} */
const layerRule = ({ of, knows, because }) => ({
  name: `layer ${of}`,
  severity: 'error',
  comment: because,
  from: { path: patternOf(of), pathNot: tests },
  to: {
    path: ours,
    pathNot: [`^${of.replace('*', '$1')}/`, ...anyOf(knows.map((path) => (path.endsWith('.ts') ? path : `${path}/`)))],
  },
})

/** A package stands in node_modules, where it is installed; its name alone is what is left of it where it is not.
 * @param {string} name */
const packagePattern = (name) => `(^|/)node_modules/(@types/)?${name}/|^${name}$`

/** @param {import('./layers.mjs').PackageHome} home @returns {Rule} */
const packageRule = ({ package: name, onlyIn, because }) => ({
  name: `package ${name}`,
  severity: 'error',
  comment: because,
  from: { path: ours, pathNot: [...anyOf(onlyIn), tests] },
  to: name === 'node:' ? { dependencyTypes: ['core'] } : { path: packagePattern(name) },
})

/** @type {readonly Rule[]} */
const borders = [
  {
    name: 'no circle',
    severity: 'error',
    comment: 'what imports each other is one thing in two files, or has a third in it',
    from: {},
    to: { circular: true },
  },
  {
    name: 'tests of electron',
    severity: 'error',
    comment: 'no process imports another, not in tests either',
    from: { path: `^electron/.*(${tests})` },
    to: { path: '^renderer/' },
  },
  {
    name: 'tests of renderer',
    severity: 'error',
    comment: 'no process imports another, not in tests either',
    from: { path: `^renderer/.*(${tests})|^renderer/testing/` },
    to: { path: `^electron/|${packagePattern('electron')}` },
  },
  {
    name: 'what tests need',
    severity: 'error',
    comment: 'what the application runs on is no part of its tests',
    from: { path: '^(shared|electron|renderer)/', pathNot: tests },
    to: { path: tests },
  },
  {
    name: 'packages of shared',
    severity: 'error',
    comment: `shared runs everywhere, so it uses ${sharedPackages.join(', ')} and nothing else`,
    from: { path: '^shared/', pathNot: tests },
    to: { path: 'node_modules/', pathNot: sharedPackages.map(packagePattern) },
  },
  {
    name: 'packages of renderer/model',
    severity: 'error',
    comment: 'structures are plain TypeScript: they know nothing of what draws them or keeps them',
    from: { path: '^renderer/model/', pathNot: tests },
    to: { path: ['react', 'react-dom', 'zustand'].map(packagePattern) },
  },
]

export const dependencyRules = [...borders, ...layers.map(layerRule), ...packageHomes.map(packageRule)]

/** Types count: what imports only a type of another still cannot be read, moved or changed without it. */
export const readingOptions = {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^build/(out|bench|release)/' },
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default { forbidden: dependencyRules, options: readingOptions }
