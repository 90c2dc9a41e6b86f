import type { Profile } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { ListedProfile } from './profileList'
import type { ProfileStore } from './profileStore'
import type { SecretStore } from './secretStore'

/** What a disk says that is full, or closed for now: it may take the same later. */
const passingCauses: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']

const mayPass = ({ code, values }: AppError): boolean =>
  code === 'storageFailed' && passingCauses.includes(values?.['cause'])

const keptNotice = ({ values = {}, message }: AppError): AppError =>
  fail('keptForThisRun', `${message} The change is kept until the application ends.`, { values }).error

/**
 * The profiles, where a change that a full disk refuses is not lost: it holds for this run, its entry is marked, and it is
 * written as soon as the disk takes anything again. `onNotice` hears of it, once for changes that follow each other by
 * themselves, and each time something is saved on purpose.
 */
export const keptForThisRun = (store: ProfileStore, onNotice: (notice: AppError) => void): ProfileStore => {
  const orHeld = async (profile: Profile, written: Result<ListedProfile>, isTold: boolean) => {
    if (written.ok || !mayPass(written.error)) return written
    if (!isTold) onNotice(keptNotice(written.error))
    return ok(store.hold(profile))
  }
  return {
    ...store,
    save: async (profile) => orHeld(profile, await store.save(profile), false),
    update: async (profile) => {
      const isTold = store.find(profile.id)?.onDisk !== undefined
      return orHeld(profile, await store.update(profile), isTold)
    },
  }
}

/** The same for secrets: one that is not written is held in memory all the same. */
export const secretsKeptForThisRun = (store: SecretStore, onNotice: (notice: AppError) => void): SecretStore => ({
  ...store,
  change: async (id, changes, options) => {
    const written = await store.change(id, changes, options)
    if (written.ok || !mayPass(written.error)) return written
    onNotice(keptNotice(written.error))
    return ok(null)
  },
})
