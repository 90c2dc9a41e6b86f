import { randomUUID } from 'node:crypto'
import type { EventMessage, Snapshot } from '#shared/contract'
import type { ImportPlan } from '#shared/model/importPlan'
import type { MemoryReport, ProcessMeasure } from '#shared/model/memory'
import type { NativeMenuItem } from '#shared/model/nativeMenu'
import type { Profile, ProfileId } from '#shared/model/profile'
import type { PayloadFile } from '#shared/model/publish'
import type { Language, Settings } from '#shared/model/settings'
import type { Alert } from '#shared/model/watch'
import { ok, type AppError, type Result } from '#shared/result'
import { createRecording } from './recordings/recording'
import { createLocalBroker } from './localBroker/localBroker'
import { createLargePayloads, type LargePayloads } from './broker/inbox/largePayloads'
import { createMessageInbox, type MessageInbox } from './broker/inbox/messageInbox'
import { createSessionRegistry, type SessionRegistry } from './broker/session/sessionRegistry'
import { openFromCommandLine, type CommandLineConnection } from './connections/commandLineConnection'
import { createCollections, type CollectionsParts } from './collections/collections'
import { createConnections } from './connections/connections'
import { createConnectionTests } from './connections/connectionTests'
import { deliveredDevices } from './devices/delivered/deliveredDevices'
import { createDeviceRegistry } from './devices/deviceRegistry'
import { createDispatch, type Dispatch } from './dispatch'
import type { Dialogs } from './files/dialogs'
import { createEnvironments } from './environments/environments'
import { createFileWriting } from './files/fileWriting'
import { createHandlers, type HandlerParts } from './handlers'
import { createHistories, type Histories } from './history/histories'
import { createLocalConnection, fitToLocalBroker, localBrokerAccess } from './connections/localConnection'
import { createPayloadFiles } from './payloads/payloadFiles'
import { createPayloadRules } from './payloadRules/payloadRules'
import { createAlertLimit } from './alerts/alertLimit'
import type { Log } from './log'
import { createPublishInTurn } from './payloads/publishInTurn'
import { createMeterRegistry, type MeterRegistryParts } from './meter/meterRegistry'
import { createRetainedManager } from './retained/retainedManager'
import { createRequestRegistry, type RequestRegistryParts } from './requests/requestRegistry'
import { createResponderRegistry } from './responder/responderRegistry'
import { createDraftCounts } from './templates/draftCounts'
import { createScriptRegistry } from './scripts/scriptRegistry'
import { createTemplateVerbs } from './templates/templateVerbs'
import { createSenderRegistry, type SenderRegistryParts, type SenderSessions } from './senders/senderRegistry'
import { createSettingsSaver } from './storage/settingsSaver'
import { createSignIns } from './connections/signIns'
import { createTrustedPaths } from './files/trustedPaths'
import { createExporting, createImporting } from './createTransfers'
import { createStores, type Stores } from './storage/createStores'
import { keptForThisRun } from './storage/keptForThisRun'
import type { SecretVault } from './storage/secretVault'
import { createSteadyClock } from './steadyClock'

export interface CoreOptions {
  /** Where its files are; made when missing. */
  readonly dataDir: string
  readonly vault: SecretVault
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly systemLanguage: Language
  readonly platform: string
  readonly version: string
  readonly dialogs: Dialogs
  /** What each process of the application uses now. */
  readonly measureProcesses: () => Promise<ProcessMeasure>
  /** Whether nobody sees the window now. */
  readonly isWindowHidden: () => boolean
  /** Whether connections that ask for it are connected with the first window; default true. */
  readonly connectsAtStart?: boolean
  /** Shows a notification of the system; answers whether it could. */
  readonly showNotification?: (alert: Alert) => boolean
  /** Puts the window's actions into the native menu. */
  readonly showMenu?: (items: readonly NativeMenuItem[]) => void
  readonly log: Log
  readonly onEvent: (message: EventMessage) => void
  /** Called with the settings at the start and after every change. */
  readonly onSettings?: (settings: Settings) => void
}

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

/** What sends messages: one at a time, by plans, and as requests. */
const createSending = (
  { dialogs, onEvent, now, log }: CoreOptions,
  sessions: SenderSessions &
    RequestRegistryParts['sessions'] &
    MeterRegistryParts['sessions'] &
    Pick<SessionRegistry, 'publish'>,
  {
    maximumPacketBytes,
    environmentOf,
    stores,
    nameOf,
  }: Pick<SenderRegistryParts, 'maximumPacketBytes' | 'environmentOf' | 'nameOf'> & {
    readonly stores: Pick<Stores, 'responderRules' | 'devices' | 'scripts'>
  },
) => {
  const payloadFiles = createPayloadFiles({ dialogs, newToken: randomUUID })
  const registry = createSenderRegistry({
    sessions,
    payloadFiles,
    environmentOf,
    scriptNamed: (id) => stores.scripts.current().find((script) => script.id === id),
    nameOf,
    now,
    maximumPacketBytes,
    debug: log.debug ?? null,
    onChange: (payload) => onEvent({ name: 'sender.changed', payload }),
    onRemoved: (payload) => onEvent({ name: 'sender.removed', payload }),
  })
  const counts = createDraftCounts(now)
  const requests = createRequestRegistry({
    sessions,
    counts,
    payloadFiles,
    environmentOf,
    now,
    onChange: (payload) => onEvent({ name: 'request.changed', payload }),
  })
  const responders = createResponderRegistry({
    sessions,
    store: stores.responderRules,
    environmentOf,
    now,
    onChange: (payload) => onEvent({ name: 'responder.changed', payload }),
  })
  const devices = createDeviceRegistry({
    sessions,
    store: stores.devices,
    environmentOf,
    now,
    maximumPacketBytes,
    debug: log.debug ?? null,
    onChange: (payload) => onEvent({ name: 'device.changed', payload }),
  })
  const meters = createMeterRegistry({
    sessions,
    senders: registry,
    now,
    onChange: (payload) => onEvent({ name: 'meter.changed', payload }),
    onRemoved: (payload) => onEvent({ name: 'meter.removed', payload }),
  })
  const scriptRuns = createScriptRegistry({
    sessions,
    store: stores.scripts,
    nameOf,
    onChange: (payload) => onEvent({ name: 'script.changed', payload }),
  })
  const publishing = createPublishInTurn({ payloadFiles, publish: sessions.publish })
  return {
    payloadFiles,
    publishing,
    templates: createTemplateVerbs({ publish: publishing.publish, payloadFiles, environmentOf, counts, now }),
    senders: registry,
    requests,
    responders,
    devices,
    meters,
    scripts: scriptRuns,
    close: async () => {
      payloadFiles.close()
      meters.close()
      registry.close()
      requests.close()
      responders.close()
      scriptRuns.close()
      await devices.close()
    },
  }
}

/** What sends hears what becomes of its connections. */
const alsoTo =
  (
    sending: () => Pick<
      HandlerParts,
      'senders' | 'requests' | 'responders' | 'devices' | 'meters' | 'scripts' | 'recorders' | 'replays'
    >,
    onEvent: CoreOptions['onEvent'],
  ): CoreOptions['onEvent'] =>
  (message) => {
    onEvent(message)
    const { senders, requests, responders, devices, meters, scripts, recorders, replays } = sending()
    if (message.name === 'session.changed') {
      senders.sessionChanged(message.payload)
      meters.sessionChanged(message.payload)
      responders.sessionChanged(message.payload.connectionId)
      scripts.sessionChanged(message.payload.connectionId)
      recorders.sessionChanged(message.payload)
      replays.sessionChanged(message.payload)
    }
    if (message.name !== 'session.removed') return
    meters.sessionRemoved(message.payload.connectionId)
    senders.sessionRemoved(message.payload.connectionId)
    requests.sessionRemoved(message.payload.connectionId)
    responders.sessionRemoved(message.payload.connectionId)
    devices.sessionRemoved(message.payload.connectionId)
    scripts.sessionRemoved(message.payload.connectionId)
    recorders.sessionRemoved(message.payload.connectionId)
    replays.sessionRemoved(message.payload.connectionId)
  }

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
  const connectionTests = createConnectionTests({
    ...connecting,
    maximumPacketBytes,
    now: clock.now,
    debug: log.debug,
  })
  const recording = createRecording({
    ...options,
    inbox,
    sessions,
    nameOf: (id) => profiles.find(id)?.profile.name ?? '',
    connections,
  })
  const local = createLocalConnection({ broker, profiles, connections, newId: randomUUID })
  const files = createFileWriting(dialogs)
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
    connectionTests,
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
