import { inRepo } from '../lib/paths.mjs'
import { rendererConfig } from './rendererConfig.mjs'

/**
 * The page of all widgets, built as the window is, into a folder that no package contains.
 * @type {import('vite').InlineConfig}
 */
export const galleryConfig = {
  ...rendererConfig,
  root: inRepo('renderer', 'gallery'),
  build: { ...rendererConfig.build, outDir: inRepo('build', 'out', 'gallery') },
}
