import react from '@vitejs/plugin-react'
import { oneLanguage } from './oneLanguage.mjs'
import { startCode } from './startCode.mjs'
import { inRepo } from '../lib/paths.mjs'

const start = startCode()

/**
 * The page: relative addresses for the app:// scheme, and nothing inline, because its Content Security Policy allows
 * scripts and styles from files only.
 * @type {import('vite').InlineConfig}
 */
export const rendererConfig = {
  configFile: false,
  root: inRepo('renderer'),
  base: './',
  plugins: [oneLanguage(), start.plugin, react()],
  worker: { format: 'es' },
  build: {
    outDir: inRepo('build', 'out', 'renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    minify: true,
    sourcemap: true,
    assetsInlineLimit: 0,
    // One file: the order of rules is the same whatever is loaded when, and nothing is drawn before its style is there.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', test: start.isAtStart }] } } },
  },
}

/**
 * The same page from a server that replaces modules when they are saved. The main process fetches from it what the page asks
 * of app://; only the word that something was saved goes to the page directly, over a WebSocket.
 * @param {number} port @returns {import('vite').InlineConfig}
 */
export const developmentRendererConfig = (port) => ({
  ...rendererConfig,
  logLevel: 'warn',
  // The main process puts the nonce of each load in its place.
  html: { cspNonce: '__STYLE_NONCE__' },
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port },
    fs: { allow: [inRepo()] },
  },
})
