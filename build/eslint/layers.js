// Who may import whom, as ESLint sees it: by the words of the import. test/architecture.test.ts checks the same by path.

const tests = ['**/*.test.ts', '**/*.test.tsx']

/** @param {string} regex @param {string} message @param {{ allowTypeImports?: boolean }} [options] */
const forbid = (regex, message, options = {}) => ({ regex, message, ...options })

/** Everything a folder must not import is listed in one rule, because a later rule replaces an earlier one.
 * @param {readonly string[]} files @param {readonly object[]} patterns @param {readonly string[]} [ignores]
 * @returns {import('eslint').Linter.Config} */
const layer = (files, patterns, ignores = []) => ({
  files: [...files],
  ignores: [...ignores],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...patterns] }] },
})

const noBuildOrTest = forbid('^(\\.\\./)+(build|test)/', 'The application does not import its tools or tests.')
const noElectronFolder = forbid('^(\\.\\./)+electron/', 'No process imports another: share it in shared/.')
const noRendererFolder = forbid('^(\\.\\./)+renderer/', 'No process imports another: share it in shared/.')
const noElectron = forbid('^electron($|/)', "Only electron/main and electron/preload import 'electron'.")
const noMqtt = forbid('^mqtt($|/)', "Only electron/core/broker/mqttJs imports 'mqtt'.")
const noNode = forbid('^node:', 'This folder does not run in Node.')
const noReact = forbid('^react(-dom)?($|/)', 'This folder is plain TypeScript.')
const noMain = forbid('/(main|preload)/', 'The core knows nothing of Electron.')
const noCore = forbid('/(main|core)/', 'The preload script knows shared/ only.')
const noIpc = forbid('/ipc/', 'A component talks to main through its slice.')
const noStore = forbid('/store/', 'Widgets get what they show as props.')
const noFeature = forbid('/features/', 'Only the shell puts features side by side.')
const sibling = 'A feature never imports another feature: share it in renderer/model or renderer/store.'
const noSiblingFeature = forbid('^\\.\\./(?!\\.\\./)', sibling)
const noSiblingFeatureFromBelow = forbid('^\\.\\./\\.\\./(?!\\.\\./)', sibling)
const storeTypesOnly = forbid('/store/', 'A slice imports the store as types only.', { allowTypeImports: true })

const page = [noBuildOrTest, noElectronFolder, noElectron, noMqtt, noNode]

/** @type {import('eslint').Linter.Config[]} */
export const layerConfigs = [
  layer(['shared/**'], [noBuildOrTest, noElectronFolder, noRendererFolder, noElectron, noMqtt, noNode, noReact], tests),
  layer(['electron/**'], [noBuildOrTest, noRendererFolder, noMqtt], tests),
  layer(['electron/core/**'], [noBuildOrTest, noRendererFolder, noElectron, noMain, noMqtt], tests),
  layer(['electron/core/broker/mqttJs/**'], [noBuildOrTest, noRendererFolder, noElectron, noMain]),
  layer(['electron/preload/**'], [noBuildOrTest, noRendererFolder, noMqtt, noCore, noNode], tests),
  layer(['renderer/**'], page, tests),
  layer(['renderer/model/**'], [...page, noReact, noStore, noFeature, noIpc], tests),
  layer(['renderer/ui/**'], [...page, noStore, noFeature, noIpc], tests),
  layer(['renderer/features/*/*.ts'], [...page, noSiblingFeature, noFeature], tests),
  layer(['renderer/features/*/*Slice.ts'], [...page, noSiblingFeature, noFeature, storeTypesOnly], tests),
  layer(['renderer/features/*/*.tsx'], [...page, noSiblingFeature, noFeature, noIpc], tests),
  layer(['renderer/features/*/*/**/*.ts'], [...page, noSiblingFeatureFromBelow, noFeature], tests),
  layer(['renderer/features/*/*/**/*.tsx'], [...page, noSiblingFeatureFromBelow, noFeature, noIpc], tests),
  // Tests may build what they need from their own process, and borrow from test/, but not from another process.
  layer(['electron/**/*.test.ts'], [noRendererFolder]),
  layer(['renderer/**/*.test.ts', 'renderer/**/*.test.tsx'], [noElectronFolder, noElectron]),
]
