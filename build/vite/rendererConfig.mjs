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
