import { homedir } from 'node:os'
import { join } from 'node:path'

/** What is fetched once for this person, whatever the clone. @param {string} name */
export const cacheFolder = (name) =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'topicscope', name)
