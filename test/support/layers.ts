import { posix } from 'node:path'

/** One import as the layer table sees it: a path inside the repository, or the name of a package. */
export interface ImportLine {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

interface Layer {
  /** Which files. */
  readonly of: RegExp
  /** What none of them imports; a function gets the groups that `of` captured. */
  readonly never: RegExp | ((groups: Readonly<Record<string, string>>) => RegExp)
  readonly unless?: (line: ImportLine) => boolean
  readonly because: string
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path)
const fromTest = ({ file }: ImportLine) => isTest(file)
const isNodeInTest = (line: ImportLine) => fromTest(line) && line.target.startsWith('node:')

/** The shape of the house: everything may know shared, and no process knows the other. */
export const layers: readonly Layer[] = [
  {
    of: /^shared\//,
    never: /^(electron|renderer|build|test|react|react-dom|mqtt|zustand|node:.*)(\/|$)/,
    unless: (line) => fromTest(line) && /^(node:|test\/)/.test(line.target),
    because: 'shared runs everywhere, so it knows neither a process nor a platform',
  },
  { of: /^electron\//, never: /^(renderer|react|react-dom)(\/|$)/, because: 'no process imports another' },
  {
    of: /^renderer\//,
    never: /^(electron|node:.*|mqtt)(\/|$)/,
    unless: isNodeInTest,
    because: 'no process imports another',
  },
  { of: /^(shared|electron|renderer)\//, never: /^(build|test)\//, unless: fromTest, because: 'tools stay outside' },
  {
    of: /^electron\/core\//,
    never: /^electron($|\/(main|preload)\/)/,
    because: "the core never imports 'electron', so that it runs in plain Node",
  },
  {
    of: /^electron\/preload\//,
    never: /^(electron\/(main|core)\/|node:)/,
    unless: fromTest,
    because: 'the preload script knows shared only',
  },
  {
    of: /^(shared|electron|renderer)\//,
    never: /^mqtt(\/|$)/,
    unless: (line) => fromTest(line) || line.file.startsWith('electron/core/broker/mqttJs/'),
    because: "only electron/core/broker/mqttJs imports 'mqtt'",
  },
  {
    of: /^renderer\/features\/(?<feature>[^/]+)\//,
    never: ({ feature = '' }) => new RegExp(`^renderer/features/(?!${feature}/)`),
    unless: fromTest,
    because: 'features never import each other',
  },
  {
    of: /^renderer\/features\/.*\.tsx$/,
    never: /^renderer\/ipc\//,
    unless: fromTest,
    because: 'a component talks to main through its slice',
  },
  {
    of: /^renderer\/features\/.*Slice\.ts$/,
    never: /^renderer\/store\//,
    unless: ({ typeOnly }) => typeOnly,
    because: 'slices import the store as types only',
  },
  {
    of: /^renderer\/(model|ui)\//,
    never: /^renderer\/(store|features|ipc)\//,
    unless: fromTest,
    because: 'structures and widgets know neither the store nor a feature',
  },
  {
    of: /^renderer\/model\//,
    never: /^react(-dom)?(\/|$)/,
    unless: fromTest,
    because: 'structures are plain TypeScript',
  },
]

const importPattern =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*[,)]/g

const targetOf = (file: string, specifier: string) => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  if (specifier.startsWith('#shared/')) return specifier.slice(1)
  return specifier
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** The imports, re-exports and dynamic imports of a source text; `file` is its path in the repository. */
export const importsOf = (file: string, text: string): readonly ImportLine[] =>
  [...withoutComments(text).matchAll(importPattern)].map(([, typeOnly, from, bare, dynamic]) => ({
    file,
    target: targetOf(file, from ?? bare ?? dynamic ?? ''),
    typeOnly: typeOnly !== undefined,
  }))

const isBroken = (layer: Layer, line: ImportLine) => {
  const match = layer.of.exec(line.file)
  if (!match) return false
  const never = layer.never instanceof RegExp ? layer.never : layer.never(match.groups ?? {})
  return never.test(line.target) && !layer.unless?.(line)
}

/** What the text breaks, one sentence for each import. */
export const violationsIn = (file: string, text: string): readonly string[] =>
  importsOf(file, text).flatMap((line) =>
    layers
      .filter((layer) => isBroken(layer, line))
      .map((layer) => `${file} imports ${line.target}, but ${layer.because}`),
  )
