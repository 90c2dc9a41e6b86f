const isMac = /^Mac/.test(navigator.platform)

/** How a shortcut with the system's command key is written: `Ctrl+C`, on a Mac `⌘C`. */
export const commandShortcut = (key: string): string => (isMac ? `⌘${key}` : `Ctrl+${key}`)
