// Who may import whom: everything may know shared, no process knows another, features never know each other, and nothing
// below knows renderer/app. dependency-cruiser reads this table (cruise.config.mjs); npm run lint:imports checks it.

/**
 * A folder and all of our own code that its files may import, besides each other. A folder inside a folder that has a
 * row needs a row of its own only where it may know less.
 * @typedef {object} Layer
 * @property {string} of a folder; `*` stands for any one folder, each of which is a layer of its own
 * @property {readonly string[]} knows folders, or single files
 * @property {string} because
 */

/** @type {readonly Layer[]} */
export const layers = [
  { of: 'shared', knows: [], because: 'shared runs everywhere, so it knows no process' },
  { of: 'electron', knows: ['shared'], because: 'no process imports another' },
  { of: 'electron/core', knows: ['shared'], because: 'the core runs in plain Node, for the window and without one' },
  {
    of: 'electron/cli',
    knows: ['electron/core', 'shared'],
    because: 'the command line runs in plain Node, without a window',
  },
  { of: 'electron/preload', knows: ['shared'], because: 'the preload script knows shared only' },
  { of: 'renderer', knows: ['shared'], because: 'no process imports another' },
  { of: 'renderer/i18n', knows: ['shared'], because: 'the catalogues serve everything above them' },
  { of: 'renderer/ipc', knows: ['shared'], because: 'the bridge to main is below all that uses it' },
  { of: 'renderer/model', knows: ['shared'], because: 'structures know neither state nor what is drawn of them' },
  {
    of: 'renderer/ui',
    knows: ['shared/text', 'shared/model/colour.ts'],
    because: 'a design system knows nothing of MQTT',
  },
  {
    of: 'renderer/state',
    knows: ['renderer/model', 'renderer/ipc', 'renderer/i18n', 'shared'],
    because: 'state that features share knows no feature',
  },
  {
    of: 'renderer/mqttUi',
    knows: ['renderer/ui', 'renderer/state', 'renderer/model', 'renderer/i18n', 'shared'],
    because: 'widgets that several features draw know no feature',
  },
  { of: 'renderer/decode', knows: ['shared'], because: 'how a payload reads depends on its bytes alone' },
  {
    of: 'renderer/actions',
    knows: ['renderer/state', 'renderer/model', 'renderer/i18n', 'renderer/ui', 'shared'],
    because: 'what an action is stands below the features that define some',
  },
  {
    of: 'renderer/gallery',
    knows: ['renderer/ui', 'renderer/mqttUi', 'renderer/model', 'shared'],
    because: 'the gallery shows widgets with nothing behind them',
  },
  {
    of: 'renderer/features/*',
    knows: [
      'renderer/state',
      'renderer/model',
      'renderer/actions',
      'renderer/decode',
      'renderer/ui',
      'renderer/mqttUi',
      'renderer/i18n',
      'shared',
    ],
    because: 'features never know each other, nor the application that puts them side by side',
  },
]

/**
 * A package, or Node's own modules, and the only files that import it.
 * @typedef {{ package: string, onlyIn: readonly string[], because: string }} PackageHome
 */

/** @type {readonly PackageHome[]} */
export const packageHomes = [
  {
    package: 'electron',
    onlyIn: ['electron/main/', 'electron/preload/', 'build/', 'test/'],
    because: 'the rest of it runs in plain Node and in a page',
  },
  {
    package: 'mqtt',
    onlyIn: ['electron/core/broker/mqttJs/', 'test/'],
    because: 'what mqtt.js does and does not do is known in one folder',
  },
  {
    package: 'node:',
    onlyIn: ['electron/core/', 'electron/main/', 'electron/cli/', 'build/', 'test/'],
    because: 'shared, the page and the sandboxed preload script do not run in Node',
  },
  {
    package: 'hyparquet-writer',
    onlyIn: ['shared/recording/writers/'],
    because: 'it is young: one file knows it',
  },
  {
    package: 'fzstd',
    onlyIn: ['shared/decoding/'],
    because: 'a newer Node has Zstandard itself',
  },
  {
    package: 'liquidjs',
    onlyIn: ['electron/core/templates/'],
    because: 'what Liquid does and does not do is known in one folder',
  },
  { package: 'react', onlyIn: ['renderer/'], because: 'all below is plain TypeScript' },
  {
    package: 'react-dom',
    onlyIn: ['renderer/'],
    because: 'all below is plain TypeScript',
  },
  { package: 'zustand', onlyIn: ['renderer/'], because: 'state belongs to the window' },
]

/** All packages that shared uses. */
export const sharedPackages = [
  'zod',
  'saxes',
  'yaml',
  'papaparse',
  'jsonc-parser',
  'fzstd',
  'hyparquet',
  'hyparquet-writer',
]
