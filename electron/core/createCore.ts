import { randomUUID } from 'node:crypto'
import type { Snapshot } from '#shared/contract'
import type { ImportPlan } from '#shared/model/importPlan'
import type { MemoryReport } from '#shared/model/memory'
import type { Profile, ProfileId } from '#shared/model/profile'
import type { PayloadFile } from '#shared/model/publish'
import type { Settings } from '#shared/model/settings'
import { ok, type AppError, type Result } from '#shared/result'
import { createRecording } from './recordings/recording'
import { createLocalBroker } from './localBroker/localBroker'
import { createLargePayloads, type LargePayloads } from './broker/inbox/largePayloads'
import { createMessageInbox, type MessageInbox } from './broker/inbox/messageInbox'
import { createSessionRegistry } from './broker/session/sessionRegistry'
import { openFromCommandLine, type CommandLineConnection } from './connections/commandLineConnection'
import { createCollections, type CollectionsParts } from './collections/collections'
import { createConnections } from './connections/connections'
import { deliveredDevices } from './devices/delivered/deliveredDevices'
import { askSystemBy } from './broker/connecting/proxy/systemProxy'
import { createDispatch, type Dispatch } from './dispatch'
import { createEnvironments } from './environments/environments'
import { createFileWriting } from './files/fileWriting'
import { createHandlers } from './handlers'
import { createHistories, type Histories } from './history/histories'
import { createLocalConnection, fitToLocalBroker, localBrokerAccess } from './connections/localConnection'
import { createPayloadRules } from './payloadRules/payloadRules'
import { createAlertLimit } from './alerts/alertLimit'
import { createRetainedManager } from './retained/retainedManager'
import { createSettingsSaver } from './storage/settingsSaver'
import { createSignIns } from './connections/signIns'
import { createTrustedPaths } from './files/trustedPaths'
import type { CoreOptions } from './coreOptions'
import { alsoTo, createSending } from './createSending'
import { createExporting, createImporting } from './createTransfers'
import { createTrials } from './createTrials'
import { createStores, type Stores } from './storage/createStores'
import { keptForThisRun } from './storage/keptForThisRun'
import { createSteadyClock } from './steadyClock'

export interface Core {
  /** Carries out a command; never throws. */
  readonly dispatch: Dispatch
  /** A file that the system says a person dropped onto the window, as the payload of a message. Fails as choosing one does. */
  readonly takeDroppedFile: (path: string) => Promise<Result<PayloadFile>>
  /** The same of files and folders that are to be imported. */
  readonly readDroppedForImport: (paths: readonly string[]) => Promise<Result<ImportPlan>>
  readonly settings: () => Settings
  /** Opens and connects what a command line named; fails with `notFound`. */
  readonly openFromCommandLine: (connection: CommandLineConnection) => Promise<Result<{ connectionId: ProfileId }>>
  /** Ends the sessions and the local broker, and resolves when everything is on disk. */
  readonly dispose: () => Promise<void>
}

const createBroker = ({ log, now, onEvent }: CoreOptions, stores: Pick<Stores, 'profiles' | 'secrets'>) =>
  createLocalBroker({
    log,
    now,
    random: Math.random,
    onState: (payload) => onEvent({ name: 'localBroker.changed', payload }),
    onUse: (payload) => onEvent({ name: 'localBroker.used', payload }),
    access: () => localBrokerAccess(stores),
  })

const createInbox = (settings: () => Settings, payloads: LargePayloads) =>
  createMessageInbox({ topics: () => settings().topicLimit }, payloads, () => settings().showCopies)

/** Answers what is to be connected at the start, the first time only: a later window finds what a person left. */
const connectAtStartOnce = (
  { connectsAtStart: isWanted = true }: CoreOptions,
  { profiles, sessions }: Pick<Stores, 'profiles'> & { sessions: { get(id: ProfileId): unknown } },
): (() => readonly ProfileId[]) => {
  let isDue = isWanted
  return () => {
    const wanted = isDue ? profiles.list().filter(({ profile }) => profile.connectAtStart) : []
    isDue = false
    return wanted.map(({ profile }) => profile.id).filter((id) => sessions.get(id) === undefined)
  }
}

const createCollectionsIn = (
  { dataDir, dialogs, onEvent }: CoreOptions,
  parts: Pick<CollectionsParts, 'opened' | 'library' | 'files'>,
) =>
  createCollections({
    ...parts,
    dataDir,
    dialogs,
    newId: randomUUID,
    onChange: (payload) => onEvent({ name: 'collection.changed', payload }),
    onClosed: (collectionId) => onEvent({ name: 'collection.closed', payload: { collectionId } }),
    onNotice: (payload) => onEvent({ name: 'notice.raised', payload }),
  })

const dayMs = 24 * 3_600_000
/** More than this takes the window too long before the first message of now. */
const mostFilledMessages = 500_000

const createHistoriesIn = (
  { dataDir, now, onEvent }: CoreOptions,
  { settings, inbox, payloads }: Pick<Stores, 'settings'> & { inbox: MessageInbox; payloads: LargePayloads },
): Histories =>
  createHistories({
    dataDir,
    now,
    payloads,
    inboxOf: inbox.connection,
    limits: () => {
      const { historyBytes, historyDays } = settings.current()
      return { bytes: historyBytes, milliseconds: historyDays === null ? null : historyDays * dayMs }
    },
    mostFilled: () => {
      const { logBudgetBytes, logRowLimit } = settings.current()
      return { bytes: logBudgetBytes * 0.75, messages: Math.min(mostFilledMessages, logRowLimit ?? Infinity) }
    },
    onStatus: (payload) => onEvent({ name: 'history.changed', payload }),
    onNotice: (payload) => onEvent({ name: 'notice.raised', payload }),
  })

/** Everything the application is made of, each part with what it needs of the others. */
const createParts = async (options: CoreOptions) => {
  const { now, log, onEvent, dialogs } = options
  const onNotice = (payload: AppError) => onEvent({ name: 'notice.raised', payload })
  askSystemBy(options.askSystemProxies ?? null)
  const clock = createSteadyClock({ wall: now })
  const stores = keptForThisRun(await createStores(options), onNotice)
  const { profiles, secrets, settings } = stores
  const payloads = createLargePayloads(settings.current().logBudgetBytes)
  const inbox = createInbox(settings.current, payloads)
  const histories = createHistoriesIn(options, { settings, inbox, payloads })
  const maximumPacketBytes = () => settings.current().maximumPacketBytes
  // The log shows messages, this what carried them: half of its memory, in which a million small packets have room.
  const packets = {
    isOn: () => settings.current().recordPackets,
    budget: () => settings.current().logBudgetBytes / 2,
  }
  const onSessionEvent = alsoTo(() => ({ ...sending, ...recording }), onEvent)
  const sessions = createSessionRegistry({
    inbox,
    onEvent: onSessionEvent,
    log,
    now,
    clock,
    maximumPacketBytes,
    packets,
  })
  const connectedWith = (id: ProfileId) => sessions.get(id)?.online()?.settings ?? null
  const retained = createRetainedManager({ connectedWith, maximumPacketBytes, now: clock.now, debug: log.debug })
  const broker = createBroker(options, stores)
  const trustedPaths = createTrustedPaths(dialogs, profiles.list())
  const signIns = createSignIns()
  const fitted = (profile: Profile) => fitToLocalBroker(broker, profile)
  const environments = createEnvironments({ store: stores.environments, secrets: secrets.variables })
  const environmentOf = (id: ProfileId) => environments.variablesOf(profiles.find(id)?.profile.environmentId ?? '')
  const sending = createSending(options, sessions, {
    maximumPacketBytes,
    environmentOf,
    stores,
    nameOf: (id) => profiles.find(id)?.profile.name ?? '',
  })
  const connecting = { profiles, secrets, signIns, trustedPaths, sessions, fitted }
  const connections = createConnections({
    ...connecting,
    newId: randomUUID,
    onChange: (payload) => {
      histories.follow(payload.map(({ profile }) => profile))
      onEvent({ name: 'profiles.changed', payload })
    },
    onNotice,
  })
  const trials = createTrials(options, { ...connecting, maximumPacketBytes, clock: clock.now })
  const files = createFileWriting(dialogs)
  const recording = createRecording({
    ...options,
    files,
    inbox,
    sessions,
    nameOf: (id) => profiles.find(id)?.profile.name ?? '',
    connections,
  })
  const local = createLocalConnection({ broker, profiles, connections, newId: randomUUID })
  const collections = createCollectionsIn(options, { opened: stores.openedFolders, library: stores.library, files })
  const payloadRules = createPayloadRules({
    store: stores.payloadRules,
    dialogs,
    onChange: (path) => onEvent({ name: 'schemaFile.changed', payload: { path } }),
  })
  const importing = createImporting(options, {
    profiles,
    secrets,
    connections,
    collections,
    trustedPaths,
    payloadRules,
  })
  const exporting = createExporting({ dialogs, files, stores, collections, payloadRules })
  const own = { stores, files, collections, clock, payloads, inbox, sessions, retained, broker, trustedPaths, sending }
  return {
    ...own,
    connections,
    ...trials,
    local,
    environments,
    payloadRules,
    importing,
    exporting,
    recording,
    histories,
  }
}

type Parts = Awaited<ReturnType<typeof createParts>>

/** What a window starts from; `openConnectionId` is what the command line opened. */
const createSnapshot = (options: CoreOptions, parts: Parts, openConnectionId: () => ProfileId | null) => {
  const { stores, sessions, broker, sending } = parts
  const takeConnectAtStart = connectAtStartOnce(options, { profiles: stores.profiles, sessions })
  return (): Snapshot => ({
    profiles: parts.connections.entries(),
    sessions: sessions.statuses(),
    settings: stores.settings.current(),
    systemLanguage: options.systemLanguage,
    library: stores.library.current(),
    drafts: stores.drafts.current(),
    senders: sending.senders.statuses(),
    meters: sending.meters.statuses(),
    requests: sending.requests.statuses(),
    responders: sending.responders.statuses(),
    responderRules: stores.responderRules.current(),
    scripts: stores.scripts.current(),
    scriptRuns: sending.scripts.statuses(),
    senderPlans: stores.senderPlans.current(),
    deliveredDevices,
    deviceDefinitions: stores.devices.current(),
    devices: sending.devices.statuses(),
    environments: parts.environments.all(),
    payloadRules: parts.payloadRules.all(),
    watches: stores.watches.current(),
    faults: sessions.faultStatuses(),
    faultScenarios: stores.faultScenarios.current(),
    openedRecordings: parts.recording.recordings.statuses(),
    recorders: parts.recording.recorders.statuses(),
    replays: parts.recording.replays.statuses(),
    localBroker: broker.state(),
    localBrokerUse: broker.use(),
    keyringAvailable: options.vault.available(),
    windowHidden: options.isWindowHidden(),
    clock: parts.clock.reading(),
    notices: stores.takeNotices(),
    openConnectionId: openConnectionId(),
    connectAtStart: takeConnectAtStart(),
    version: options.version,
    platform: options.platform,
  })
}

/** The application without its windows: plain Node. */
export const createCore = async (options: CoreOptions): Promise<Core> => {
  const { log, onEvent, onSettings, dialogs } = options
  const parts = await createParts(options)
  const { stores, payloads, inbox, sessions, retained, broker, sending, connections, connectionTests, local } = parts
  const { settings, secrets, library, drafts, senderPlans } = stores
  let openConnectionId: ProfileId | null = null

  const held = () => ({ inbox: inbox.memory(), payloads: payloads.memory() })
  const memory = async (): Promise<MemoryReport> => ({ ...(await options.measureProcesses()), held: held() })
  const saveSettings = createSettingsSaver({
    settings,
    secrets,
    dialogs,
    onSaved: (wanted) => {
      payloads.setBudget(wanted.logBudgetBytes)
      parts.histories.limitsChanged()
      connections.changed()
      onSettings?.(wanted)
    },
  })
  const alertLimit = createAlertLimit(parts.clock.now)
  const handlers = createHandlers({
    ...parts,
    ...sending,
    ...parts.recording,
    snapshot: createSnapshot(options, parts, () => openConnectionId),
    memory,
    saveSettings,
    library,
    drafts,
    senderPlans,
    dialogs,
    showMenu: (items) => options.showMenu?.(items),
    watches: stores.watches,
    faultScenarios: stores.faultScenarios,
    showAlert: (alert) =>
      settings.current().notifications &&
      alertLimit.mayShow(alert.watchId) &&
      (options.showNotification?.(alert) ?? false),
  })
  onSettings?.(settings.current())
  parts.histories.follow(stores.profiles.list().map(({ profile }) => profile))

  return {
    dispatch: createDispatch(handlers, log),
    takeDroppedFile: sending.payloadFiles.take,
    readDroppedForImport: (paths) => {
      parts.recording.noteDropped(paths.length === 1 ? (paths[0] ?? null) : null)
      return parts.importing.readDropped(paths)
    },
    settings: settings.current,
    openFromCommandLine: async (wanted) => {
      const opened = await openFromCommandLine({ connections, local, recordings: parts.recording.recordings }, wanted)
      if (!opened.ok) return opened
      openConnectionId = opened.value.connectionId
      onEvent({ name: 'connection.opened', payload: opened.value })
      return ok(opened.value)
    },
    dispose: async () => {
      connectionTests.cancel()
      parts.doctor.cancel()
      parts.capabilities.cancelAll()
      parts.statistics.stopAll()
      await parts.recording.close()
      await sending.close()
      parts.payloadRules.close()
      await parts.files.abandonAll()
      inbox.close()
      retained.closeAll()
      await sessions.disposeAll()
      await parts.histories.close()
      await broker.stop()
      await parts.collections.dispose()
      await stores.settled()
    },
  }
}
