import react from '@vitejs/plugin-react'
import { inRepo } from '../lib/paths.mjs'

/**
 * The page: relative addresses for the app:// scheme, and nothing inline, because its Content Security Policy allows
 * scripts and styles from files only.
 * @type {import('vite').InlineConfig}
 */
export const rendererConfig = {
  configFile: false,
  root: inRepo('renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: inRepo('build', 'out', 'renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    minify: true,
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
}
