import { app, dialog } from 'electron'
import { ownerOf, probeDataFolder, whyNotLocked } from './dataFolder'

/** What a second start hands to the first. */
export interface SecondStart {
  readonly args: readonly string[]
  readonly password: string | null
}

type Say = (stream: 1 | 2, text: string) => void

/**
 * Every data folder has its own application: two would overwrite each other's files. Ends the process where another one
 * runs, which gets what was wanted, and where the folder cannot be used, which is then named.
 */
export const becomeTheOnlyOne = (wanted: SecondStart, say: Say): void => {
  const dataDir = app.getPath('userData')
  const probed = probeDataFolder(dataDir)
  if (app.requestSingleInstanceLock({ ...wanted })) {
    // A full disk is told when something is to be saved: what is on it can still be read.
    if (probed && probed.code !== 'ENOSPC' && probed.code !== 'EDQUOT') endWith(probed.message, say)
    return
  }
  const problem = whyNotLocked(ownerOf(dataDir), probed)
  if (problem !== null) endWith(problem, say)
  say(1, 'Topicscope is running already: this was handed to it.\n')
  process.exit(0)
}

const endWith = (problem: string, say: Say): never => {
  say(2, `topicscope: ${problem}\n`)
  // On Linux the box is a line in the terminal, where it stands already.
  if (process.platform !== 'linux') dialog.showErrorBox('Topicscope cannot start', problem)
  return process.exit(1)
}
