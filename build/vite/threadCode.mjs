// Why it is so: build/docs/decisions/76-a-script-has-a-thread-and-a-memory-of-its-own.md
import { builtinModules } from 'node:module'
import { build } from 'vite'

const suffix = '?thread'

/**
 * `import code from './some?thread'` gives a module with all that it imports as one CommonJS text, which a thread of Node is made
 * of. It is the same in the bundle of main, in development and in tests, and needs no file beside the bundle.
 * @returns {import('vite').Plugin}
 */
export const threadCode = () => ({
  name: 'thread-code',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (!id.endsWith(suffix)) return null
    const found = await this.resolve(id.slice(0, -suffix.length), importer, { skipSelf: true })
    return found && `${found.id}${suffix}`
  },
  async load(id) {
    if (!id.endsWith(suffix)) return null
    const { code, moduleIds } = await bundled(id.slice(0, -suffix.length))
    for (const file of moduleIds) if (!file.includes('\0')) this.addWatchFile(file)
    return `export default ${JSON.stringify(code)}`
  },
})

/** @param {string} entry */
const bundled = async (entry) => {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      write: false,
      target: 'node18',
      minify: true,
      rolldownOptions: {
        external: [...builtinModules, /^node:/],
        output: { format: 'cjs', codeSplitting: false },
      },
    },
  })
  if (Array.isArray(built) || !('output' in built)) throw new Error(`${entry} has more than one output.`)
  return built.output[0]
}
