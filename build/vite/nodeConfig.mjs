// Why it is so: build/docs/decisions/90-vite-is-called-through-its-api.md
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { inRepo, outFolder } from '../lib/paths.mjs'
import { threadCode } from './threadCode.mjs'

// The last three are compiled add-ons, which are never bundled; ws lives without those that it asks for.
const external = ['electron', ...builtinModules, /^node:/, 'bufferutil', 'utf-8-validate', '@photostructure/sqlite']

/** @typedef {'production' | 'development'} Purpose */

/** In production and development apart, so that a start or a test never meets what `npm run dev` made.
 * @param {Purpose} purpose */
const builtFor = (purpose) => (purpose === 'production' ? outFolder : join(developmentApplication, 'build', 'out'))

/** An application folder of its own: Electron finds main and preload in it where they are in ours. */
export const developmentApplication = join(outFolder, 'development')

/**
 * What main and preload have in common: one CommonJS file for Node 18, with everything inside it but Electron and Node.
 * @param {{ entry: string, out: string, name: string, split: boolean, sourcemap: boolean, purpose: Purpose }} parts
 * @returns {import('vite').InlineConfig}
 */
const nodeConfig = ({ entry, out, name, split, sourcemap, purpose }) => ({
  configFile: false,
  root: inRepo(),
  publicDir: false,
  plugins: [threadCode()],
  define: { 'process.env.NODE_ENV': JSON.stringify(purpose) },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: inRepo(...entry.split('/')),
    outDir: join(builtFor(purpose), out),
    emptyOutDir: true,
    target: 'node18',
    minify: purpose === 'production',
    sourcemap,
    reportCompressedSize: false,
    rolldownOptions: {
      external,
      output: {
        format: 'cjs',
        entryFileNames: name,
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        codeSplitting: split ? {} : false,
      },
    },
  },
})

/** @param {Purpose} purpose */
export const mainConfig = (purpose) =>
  nodeConfig({
    purpose,
    entry: 'electron/main/main.ts',
    out: 'main',
    name: 'main.cjs',
    split: true,
    sourcemap: true,
  })

// A sandboxed preload script cannot require files, so it is exactly one.
/** @param {Purpose} purpose */
export const preloadConfig = (purpose) =>
  nodeConfig({
    purpose,
    entry: 'electron/preload/preload.ts',
    out: 'preload',
    name: 'preload.cjs',
    split: false,
    sourcemap: false,
  })

// What takes long to load, such as the parser of .proto files, is loaded when a command needs it.
/** @param {string} out in build/out @param {string} name */
export const commandLineConfig = (out, name) =>
  nodeConfig({ purpose: 'production', entry: 'electron/cli/main.ts', out, name, split: true, sourcemap: false })

/** What the window keeps of topics, for a measure of its memory without a window. */
export const windowModelConfig = () =>
  nodeConfig({
    purpose: 'production',
    entry: 'test/bench/windowModelFill.ts',
    out: 'bench',
    name: 'windowModelFill.cjs',
    split: false,
    sourcemap: false,
  })
