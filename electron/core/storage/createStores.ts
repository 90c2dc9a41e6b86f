import { createProfileStore } from './profileStore'
import { createPublishLibraryStore } from './publishLibraryStore'
import { createSecretStore } from './secretStore'
import type { SecretVault } from './secretVault'
import { createSettingsStore } from './settingsStore'
import type { StoreOptions } from './storeOptions'

export interface StoresOptions extends StoreOptions {
  readonly vault: SecretVault
}

/** Everything on disk, loaded. */
export const createStores = async ({ dataDir, now, vault }: StoresOptions) => {
  const settings = await createSettingsStore({ dataDir, now })
  const plainAllowed = settings.current().storeSecretsWithoutKeyring
  const secrets = await createSecretStore({ dataDir, now, vault, plainAllowed })
  const profiles = await createProfileStore({ dataDir, now })
  const library = await createPublishLibraryStore({ dataDir, now })
  const stores = [settings, secrets, profiles, library]
  const notices = stores.flatMap((store) => store.notices)
  return {
    settings,
    secrets,
    profiles,
    library,
    /** What loading had to say; once. */
    takeNotices: () => notices.splice(0),
    settled: async () => {
      await Promise.all(stores.map((store) => store.settled()))
    },
  }
}
export type Stores = Awaited<ReturnType<typeof createStores>>
