/**
 * Switches of Chromium, Electron and Node that are not ours to judge: names, or beginnings of names where a `-` follows.
 * A list, because a misspelt switch of our own must be noticed.
 */
const names = new Set([
  'allow-file-access-from-files',
  'auto-open-devtools-for-tabs',
  'class',
  'disk-cache-dir',
  'display',
  'gtk-version',
  'headless',
  'hide-scrollbars',
  'in-process-gpu',
  'js-flags',
  'lang',
  'mute-audio',
  'no-default-browser-check',
  'no-first-run',
  'no-sandbox',
  'no-service-autorun',
  'no-startup-window',
  'no-zygote',
  'original-process-start-time',
  'password-store',
  'run-all-compositor-stages-before-draw',
  'single-process',
  'touch-events',
  'type',
  'user-data-dir',
  'v',
  'vmodule',
  'wm-window-animations-disabled',
])

const families = [
  'blink-settings',
  'disable',
  'enable',
  'export-tagged',
  'force',
  'high-dpi',
  'host',
  'ignore',
  'inspect',
  'log',
  'metrics',
  'net-log',
  'ozone',
  'proxy',
  'remote-debugging',
  'trace',
  'use',
  'xsession',
]

/** Whether an argument such as `--lang=de` belongs to the runtime. macOS adds `-psn_0_123` to what Finder starts. */
export const isRuntimeSwitch = (argument: string): boolean => {
  if (argument.startsWith('-psn_')) return true
  if (!argument.startsWith('--')) return false
  const name = argument.slice(2).split('=')[0] ?? ''
  return names.has(name) || families.some((family) => name === family || name.startsWith(`${family}-`))
}
