import { homedir } from 'node:os'

/** `~` and `~/…` as a shell reads them; `~name`, another person's folder, stays as it is. */
export const expandHome = (path: string, home: string = homedir()): string =>
  path === '~' || /^~[/\\]/.test(path) ? home + path.slice(1) : path
