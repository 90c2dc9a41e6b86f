// Why it is so: build/docs/decisions/73-what-a-full-disk-refuses-holds-for-this-run.md
import type { Profile } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { ListedProfile } from './profileList'
import type { ProfileStore } from './profileStore'
import type { SecretStore } from './secretStore'

/** Error codes of a disk that is full or read-only: the same write may succeed later. */
const passingCauses: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']

type Tell = (notice: AppError) => void

interface KeptStores {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
}

/**
 * The stores, where a change that a full disk refuses is not lost: it holds for this run, its profile's entry is
 * marked, and it is written as soon as the disk takes anything again. `onNotice` hears of it, once for changes that
 * follow each other by themselves, and each time something is saved on purpose.
 */
export const keptForThisRun = <Stores extends KeptStores>(stores: Stores, onNotice: Tell): Stores => ({
  ...stores,
  profiles: heldProfiles(stores.profiles, onNotice),
  secrets: heldSecrets(stores.secrets, onNotice),
})

const mayPass = ({ code, values }: AppError): boolean =>
  code === 'storageFailed' && passingCauses.includes(values?.['cause'])

const keptNotice = ({ values = {}, message }: AppError): AppError =>
  fail('keptForThisRun', `${message} The change is kept until the application ends.`, { values }).error

const heldProfiles = (store: ProfileStore, onNotice: Tell): ProfileStore => {
  const orHeld = (profile: Profile, written: Result<ListedProfile>, isTold: boolean): Result<ListedProfile> => {
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

/** A secret that is not written is held in memory all the same. */
const heldSecrets = (store: SecretStore, onNotice: Tell): SecretStore => {
  const orHeld = (written: Result<null>): Result<null> => {
    if (written.ok || !mayPass(written.error)) return written
    onNotice(keptNotice(written.error))
    return ok(null)
  }
  return {
    ...store,
    change: async (id, changes, options) => orHeld(await store.change(id, changes, options)),
    changeMany: async (changes) => orHeld(await store.changeMany(changes)),
    variables: { ...store.variables, change: async (changes) => orHeld(await store.variables.change(changes)) },
  }
}
