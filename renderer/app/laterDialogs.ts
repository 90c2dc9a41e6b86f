import { later } from '../ui/later'

/** What opens over the window, loaded when nothing else is to be done: one that is asked for before opens a moment later. */
export const WindowDialogs = later(async () => (await import('./WindowDialogs')).WindowDialogs)
