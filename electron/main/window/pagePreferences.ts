import type { WebPreferences } from 'electron'

/** What every window's page may do. Only the main window's has a preload script, and with it the bridge. */
export const pagePreferences: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  // Chromium would fetch dictionaries from a server of its maker.
  spellcheck: false,
  // A hidden window goes on taking messages, and Chromium would let its timers run once a minute: the inbox would fill.
  // That also hides from the page that it is hidden, so it is told.
  backgroundThrottling: false,
}
