import { builtinModules } from 'node:module'
import { inRepo } from '../lib/paths.mjs'

// ws asks for the last two and lives without them: they are compiled add-ons, so they are never bundled.
const external = ['electron', ...builtinModules, /^node:/, 'bufferutil', 'utf-8-validate']

/**
 * What main and preload have in common: one CommonJS file for Node 18, with everything inside it but Electron and Node.
 * @param {{ entry: string, out: string, name: string, split: boolean, sourcemap: boolean }} parts
 * @returns {import('vite').InlineConfig}
 */
const nodeConfig = ({ entry, out, name, split, sourcemap }) => ({
  configFile: false,
  root: inRepo(),
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: inRepo(...entry.split('/')),
    outDir: inRepo('build', 'out', out),
    emptyOutDir: true,
    target: 'node18',
    minify: true,
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

export const mainConfig = nodeConfig({
  entry: 'electron/main/main.ts',
  out: 'main',
  name: 'main.cjs',
  split: true,
  sourcemap: true,
})

// A sandboxed preload script cannot require files, so it is exactly one.
export const preloadConfig = nodeConfig({
  entry: 'electron/preload/preload.ts',
  out: 'preload',
  name: 'preload.cjs',
  split: false,
  sourcemap: false,
})
