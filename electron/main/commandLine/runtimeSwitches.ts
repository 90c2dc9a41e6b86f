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
  // With a number it is Chromium's, with a word ours.
  if (name === 'log-level') return /^--log-level=\d+$/.test(argument)
  return names.has(name) || families.some((family) => name === family || name.startsWith(`${family}-`))
}

/** Each opens a way to control the page, and with it our keyring access, from another program. */
const debuggingSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-io-pipes']

/**
 * The switch for which a packaged application does not start, or null. Chromium knows what it was given better than we
 * do (it takes `-name` and, on Windows, `/name`), so it is asked. In development tests need these switches.
 */
export const refusedSwitch = (isPackaged: boolean, hasSwitch: (name: string) => boolean): string | null =>
  isPackaged ? (debuggingSwitches.find(hasSwitch) ?? null) : null
