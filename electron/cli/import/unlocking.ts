import { open } from 'node:fs/promises'
import { UnreadableFile } from '#shared/importing/limits'
import { unlocked, type ImportFolders, type ReadForImport } from '../../core/importing/readForImport'

/** A password on the command line would stand in the list of processes and in the shell's history. */
const passwordVariable = 'TOPICSCOPE_IMPORT_PASSWORD'

type Passwords =
  | { readonly ok: true; readonly passwords: readonly string[] }
  | { readonly ok: false; readonly problem: string }

const longestPassword = 65_536

/** The first line of each file, and what the environment has. */
export const passwordsFrom = async (files: readonly string[], environment: NodeJS.ProcessEnv): Promise<Passwords> => {
  const passwords: string[] = []
  for (const path of files) {
    const line = await firstLine(path)
    if (line === null) return { ok: false, problem: `the password file ${path} cannot be read` }
    if (line === '') return { ok: false, problem: `the password file ${path} has an empty first line` }
    passwords.push(line)
  }
  const given = environment[passwordVariable]
  return { ok: true, passwords: given ? [...passwords, given] : passwords }
}

const firstLine = async (path: string): Promise<string | null> => {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestPassword), 0, longestPassword, 0)
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '')
    return text.split(/\r?\n/, 1)[0] ?? ''
  } catch {
    return null
  } finally {
    await file.close()
  }
}

/** With what is encrypted in it in the clear, where one of the passwords is right; else `unlockProblem` says what is wrong. */
export interface TriedForImport extends ReadForImport {
  readonly unlockProblem: string | null
}

export const tryPasswords = async (
  read: ReadForImport,
  passwords: readonly string[],
  folders: ImportFolders,
): Promise<TriedForImport> => {
  let problem: string | null = null
  if (read.document === null) return { ...read, unlockProblem: null }
  for (const password of passwords) {
    try {
      return { ...(await unlocked(read, password, folders)), unlockProblem: null }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      problem = error.message
    }
  }
  return { ...read, unlockProblem: problem }
}
