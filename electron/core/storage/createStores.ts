import { deviceLimits, deviceSchema, type DeviceDefinition } from '#shared/model/device'
import { faultLimits, faultScenarioSchema, type FaultScenario } from '#shared/model/fault'
import { payloadRuleLimits, payloadRuleSchema, type PayloadRule } from '#shared/model/payloadRule'
import { responderLimits, responderRuleSchema, type ResponderRule } from '#shared/model/responder'
import { scriptLimits, scriptSchema, type Script } from '#shared/model/script'
import { mostSenderPlans, senderPlanSchema, type SenderPlan } from '#shared/model/sender'
import { watchLimits, watchSchema, type Watch } from '#shared/model/watch'
import type { AppError } from '#shared/result'
import { loadOpenedFolders, type OpenedFolders } from '../collections/openedFolders'
import { createDraftStore, type DraftStore } from './draftStore'
import { createEntryListStore, type EntryListStore } from './entryListStore'
import { createEnvironmentStore, type EnvironmentStore } from './environmentStore'
import { createProfileStore, type ProfileStore } from './profileStore'
import { createPublishLibraryStore, type PublishLibraryStore } from './publishLibraryStore'
import { createSecretStore, type SecretStore } from './secretStore'
import type { SecretVault } from './secretVault'
import { createSettingsStore, type SettingsStore } from './settingsStore'
import type { StoreOptions } from './storeOptions'

export interface StoresOptions extends StoreOptions {
  readonly vault: SecretVault
}

/** Everything on disk, loaded. */
export interface Stores {
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly profiles: ProfileStore
  readonly library: PublishLibraryStore
  readonly drafts: DraftStore
  readonly openedFolders: OpenedFolders
  /** The plans of senders that were given a name. */
  readonly senderPlans: EntryListStore<SenderPlan>
  readonly environments: EnvironmentStore
  /** Whether they are on is not kept: nothing answers unasked. */
  readonly responderRules: EntryListStore<ResponderRule>
  /** The person's definitions of simulated devices. */
  readonly devices: EntryListStore<DeviceDefinition>
  readonly payloadRules: EntryListStore<PayloadRule>
  readonly watches: EntryListStore<Watch>
  readonly faultScenarios: EntryListStore<FaultScenario>
  /** Whether they run is not kept either. */
  readonly scripts: EntryListStore<Script>
  /** What loading had to say; once. */
  takeNotices(): readonly AppError[]
  /** Resolves when everything is on disk. */
  settled(): Promise<void>
}

export const createStores = async ({ dataDir, now, vault }: StoresOptions): Promise<Stores> => {
  const settings = await createSettingsStore({ dataDir, now })
  const plainAllowed = settings.current().storeSecretsWithoutKeyring
  const secrets = await createSecretStore({ dataDir, now, vault, plainAllowed })
  const profiles = await createProfileStore({ dataDir, now })
  const library = await createPublishLibraryStore({ dataDir, now })
  const drafts = await createDraftStore({ dataDir, now })
  const openedFolders = await loadOpenedFolders({ dataDir, now })
  const senderPlans = await createEntryListStore({
    dataDir,
    now,
    fileName: 'senders.json',
    key: 'plans',
    schema: senderPlanSchema,
    most: mostSenderPlans,
  })
  const environments = await createEnvironmentStore({ dataDir, now })
  const responderRules = await createEntryListStore({
    dataDir,
    now,
    fileName: 'responder.json',
    key: 'rules',
    schema: responderRuleSchema,
    most: responderLimits.rules,
  })
  const devices = await createEntryListStore({
    dataDir,
    now,
    fileName: 'devices.json',
    key: 'devices',
    schema: deviceSchema,
    most: deviceLimits.definitions,
  })
  const payloadRules = await createEntryListStore({
    dataDir,
    now,
    fileName: 'payloadRules.json',
    key: 'rules',
    schema: payloadRuleSchema,
    most: payloadRuleLimits.rules,
  })
  const scripts = await createEntryListStore({
    dataDir,
    now,
    fileName: 'scripts.json',
    key: 'scripts',
    schema: scriptSchema,
    most: scriptLimits.scripts,
  })
  const watches = await createEntryListStore({
    dataDir,
    now,
    fileName: 'watches.json',
    key: 'watches',
    schema: watchSchema,
    most: watchLimits.watches,
  })
  const faultScenarios = await createEntryListStore({
    dataDir,
    now,
    fileName: 'faultScenarios.json',
    key: 'scenarios',
    schema: faultScenarioSchema,
    most: faultLimits.scenarios,
  })
  const stores = {
    settings,
    secrets,
    profiles,
    library,
    drafts,
    openedFolders,
    senderPlans,
    environments,
    responderRules,
    devices,
    payloadRules,
    watches,
    faultScenarios,
    scripts,
  }
  const all = Object.values(stores)
  const notices = all.flatMap((store) => store.notices)
  return {
    ...stores,
    takeNotices: () => notices.splice(0),
    settled: async () => {
      await Promise.all(all.map((store) => store.settled()))
    },
  }
}
