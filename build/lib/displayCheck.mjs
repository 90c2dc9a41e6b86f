import { Problem, say } from './problem.mjs'

/** Stops early, in words, where Electron would only crash.
 * @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
export const checkDisplay = (env, platform) => {
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return
  throw new Problem(
    'no display: DISPLAY and WAYLAND_DISPLAY are not set. Without a screen use: xvfb-run -a npm start (or npm run dev)',
  )
}

/** Chromium refuses to start its sandbox for root on Linux.
 * @returns {readonly string[]} */
export const sandboxArguments = () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return []
  say('running as root, so Chromium starts with --no-sandbox')
  return ['--no-sandbox']
}
