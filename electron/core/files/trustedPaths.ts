// Why it is so: build/docs/decisions/71-a-page-cannot-name-a-file.md
import { basename } from 'node:path'
import type { Profile } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs } from './dialogs'
import type { ProfileList } from '../storage/profileList'

const fileFields = ['caFile', 'certificateFile', 'keyFile', 'pkcs12File'] as const

/** The files a profile names. */
export const pathsOf = ({ tls }: Pick<Profile, 'tls'>): readonly string[] =>
  fileFields.map((field) => tls[field]).filter((path) => path !== '')

/**
 * Which files may be read because a profile names them: those of the profiles on disk, those chosen in the system's
 * dialog, and those the person agreed to outside the window. A page that was taken over cannot have any other file read
 * and used. Kept for this run; at the next start the saved profiles say it.
 */
export interface TrustedPaths {
  trust(paths: readonly string[]): void
  /** Asks once about what was typed. Fails with `fileNotConfirmed` and the first field that is to blame. */
  confirm(profile: Pick<Profile, 'tls'>): Promise<Result<null>>
}

export const createTrustedPaths = (dialogs: Pick<Dialogs, 'confirm'>, stored: ProfileList): TrustedPaths => {
  const trusted = new Set(stored.flatMap(({ profile }) => pathsOf(profile)))
  /** One question at a time: the answer to the first may answer the next. */
  let queue: Promise<unknown> = Promise.resolve()

  const ask = async (profile: Pick<Profile, 'tls'>): Promise<Result<null>> => {
    const field = fileFields.find((name) => profile.tls[name] !== '' && !trusted.has(profile.tls[name]))
    if (!field) return ok(null)
    const paths = [...new Set(pathsOf(profile).filter((path) => !trusted.has(path)))]
    if (await dialogs.confirm({ kind: 'readTypedFiles', paths })) {
      for (const path of paths) trusted.add(path)
      return ok(null)
    }
    const name = basename(profile.tls[field])
    return fail('fileNotConfirmed', `To read ${name} was not agreed to.`, {
      field: `profile.tls.${field}`,
      values: { name },
    })
  }

  return {
    trust: (paths) => {
      for (const path of paths) trusted.add(path)
    },
    confirm: (profile) => {
      const asked = queue.then(() => ask(profile))
      queue = asked.catch(() => undefined)
      return asked
    },
  }
}
