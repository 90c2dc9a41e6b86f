// Why it is so: build/docs/decisions/71-a-page-cannot-name-a-file.md
import { basename } from 'node:path'
import type { Profile } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs } from './dialogs'
import type { ProfileList } from '../storage/profileList'

type NamingFiles = Pick<Profile, 'tls' | 'will'>

/** The files a profile names, by the dotted path of the field. */
const filesOf = ({ tls, will }: NamingFiles): readonly (readonly [field: string, path: string])[] =>
  [
    ['tls.caFile', tls.caFile] as const,
    ['tls.certificateFile', tls.certificateFile] as const,
    ['tls.keyFile', tls.keyFile] as const,
    ['tls.pkcs12File', tls.pkcs12File] as const,
    ['will.payloadFile', will.payloadFile] as const,
  ].filter(([, path]) => path !== '')

/** The files a profile names. */
export const pathsOf = (profile: NamingFiles): readonly string[] => filesOf(profile).map(([, path]) => path)

/**
 * Which files may be read because a profile names them: those of the profiles on disk, those chosen in the system's
 * dialog, and those the person agreed to outside the window. A page that was taken over cannot have any other file read
 * and used. Kept for this run; at the next start the saved profiles say it.
 */
export interface TrustedPaths {
  trust(paths: readonly string[]): void
  /** Asks once about what was typed. Fails with `fileNotConfirmed` and the first field that is to blame. */
  confirm(profile: NamingFiles): Promise<Result<null>>
}

export const createTrustedPaths = (dialogs: Pick<Dialogs, 'confirm'>, stored: ProfileList): TrustedPaths => {
  const trusted = new Set(stored.flatMap(({ profile }) => pathsOf(profile)))
  /** One question at a time: the answer to the first may answer the next. */
  let queue: Promise<unknown> = Promise.resolve()

  const ask = async (profile: NamingFiles): Promise<Result<null>> => {
    const unknown = filesOf(profile).find(([, path]) => !trusted.has(path))
    if (!unknown) return ok(null)
    const [field, first] = unknown
    const paths = [...new Set(pathsOf(profile).filter((path) => !trusted.has(path)))]
    if (await dialogs.confirm({ kind: 'readTypedFiles', paths })) {
      for (const path of paths) trusted.add(path)
      return ok(null)
    }
    const name = basename(first)
    return fail('fileNotConfirmed', `To read ${name} was not agreed to.`, {
      field: `profile.${field}`,
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
