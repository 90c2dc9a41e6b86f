import type { SenderPlan } from '#shared/model/sender'
import type { Handlers, Snapshot } from '#shared/contract'
import type { DeliveryRecord } from '#shared/model/delivery'
import type { Batch } from '#shared/model/frame'
import type { MemoryReport } from '#shared/model/memory'
import type { NativeMenuItem } from '#shared/model/nativeMenu'
import type { PacketSource } from '#shared/model/packets'
import type { ProfileId } from '#shared/model/profile'
import type { Qos } from '#shared/model/qos'
import type { Settings } from '#shared/model/settings'
import type { AuthAnswer } from '#shared/model/authentication'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import { fail, ok, type Result } from '#shared/result'
import { createCollectionHandlers } from './collections/collectionHandlers'
import type { Collections } from './collections/collections'
import type { Connections } from './connections/connections'
import type { ConnectionTests } from './connections/connectionTests'
import { removeSubscriptions, saveSubscriptions } from './connections/savedSubscriptions'
import { chooseFile, type Dialogs } from './files/dialogs'
import type { DeviceRegistry } from './devices/deviceRegistry'
import type { Environments } from './environments/environments'
import type { FileWriting } from './files/fileWriting'
import type { PayloadFiles } from './payloads/payloadFiles'
import { factsOf, readRecording } from './senders/source/recording'
import type { Alert, Watch } from '#shared/model/watch'
import type { ConnectionExport } from './exporting/exportConnections'
import type { ImportDesk } from './importing/importDesk'
import { createImportHandlers } from './importing/importHandlers'
import type { PayloadRules } from './payloadRules/payloadRules'
import type { PublishInTurn } from './payloads/publishInTurn'
import type { TrustedPaths } from './files/trustedPaths'
import { createFaultHandlers, type FaultHandlerParts } from './broker/faults/faultHandlers'
import { createPacketHandlers } from './broker/packetLog/packetHandlers'
import type { PacketLog } from './broker/packetLog/packetLog'
import type { LargePayloads } from './broker/inbox/largePayloads'
import type { LocalConnection } from './connections/localConnection'
import { createMeterHandlers, type MeterHandlerParts } from './meter/meterHandlers'
import type { Histories } from './history/histories'
import { createHistoryHandlers } from './history/historyHandlers'
import { readPayload, savePayload } from './payloads/receivedPayloads'
import type { RetainedManager } from './retained/retainedManager'
import { createRecordingHandlers, type RecordingHandlerParts } from './recordings/recordingHandlers'
import { createRequestHandlers, type RequestHandlerParts } from './requests/requestHandlers'
import { createScriptHandlers } from './scripts/scriptHandlers'
import type { ScriptRegistry } from './scripts/scriptRegistry'
import type { SenderRegistry } from './senders/senderRegistry'
import { createTrialHandlers, type TrialHandlerParts } from './trialHandlers'
import type { TemplateVerbs } from './templates/templateVerbs'
import type { SteadyClock } from './steadyClock'
import type { DraftStore } from './storage/draftStore'
import type { EntryListStore } from './storage/entryListStore'
import type { PublishLibraryStore } from './storage/publishLibraryStore'

export interface HandlerParts
  extends RequestHandlerParts, MeterHandlerParts, RecordingHandlerParts, FaultHandlerParts, TrialHandlerParts {
  readonly snapshot: () => Snapshot
  readonly memory: () => Promise<MemoryReport>
  readonly showMenu: (items: readonly NativeMenuItem[]) => void
  readonly saveSettings: (settings: Settings) => Promise<Result<Settings>>
  readonly connections: Connections
  readonly connectionTests: ConnectionTests
  readonly local: LocalConnection
  readonly library: PublishLibraryStore
  readonly collections: Collections
  readonly drafts: DraftStore
  readonly senderPlans: EntryListStore<SenderPlan>
  readonly inbox: {
    take(options: { readonly fresh: boolean }): Promise<Batch>
    forgetTopics(id: ProfileId): void
  }
  readonly payloads: LargePayloads
  readonly sessions: FaultHandlerParts['sessions'] & {
    sendHeldBack(id: ProfileId, subscriptionId: string): Result<null>
    answerChallenge(id: ProfileId, number: number, answer: AuthAnswer): Result<null>
    reauthenticate(id: ProfileId): Promise<Result<null>>
    tryRemedy(id: ProfileId, key: string): Result<null>
    details(id: ProfileId): ConnectionDetails
    deliveryOf(id: ProfileId, sequence: number): DeliveryRecord | null
    packetsOf(id: ProfileId, of?: PacketSource): PacketLog
    dropMessage(id: ProfileId, sequence: number): Result<null>
    releaseMessage(id: ProfileId, sequence: number, qos: Qos | null): Result<null>
  }
  readonly retained: RetainedManager
  readonly clock: Pick<SteadyClock, 'reading'>
  readonly dialogs: Dialogs
  readonly files: FileWriting
  readonly payloadFiles: PayloadFiles
  readonly publishing: PublishInTurn
  readonly senders: SenderRegistry
  readonly devices: DeviceRegistry
  readonly templates: TemplateVerbs
  readonly scripts: ScriptRegistry
  readonly environments: Environments
  readonly payloadRules: PayloadRules
  readonly importing: ImportDesk
  readonly exporting: ConnectionExport
  readonly histories: Histories
  readonly watches: EntryListStore<Watch>
  /** Answers whether it is shown. */
  readonly showAlert: (alert: Alert) => boolean
  readonly trustedPaths: TrustedPaths
}

type SessionCommand = `session.${'tryRemedy' | 'details' | 'answerChallenge' | 'reauthenticate' | 'disconnect'}`

const createSessionHandlers = ({ connections, sessions }: HandlerParts): Pick<Handlers, SessionCommand> => ({
  'session.tryRemedy': ({ connectionId, key }) => sessions.tryRemedy(connectionId, key),
  'session.details': ({ connectionId }) => ok(sessions.details(connectionId)),
  'session.answerChallenge': ({ connectionId, number, answer }) =>
    sessions.answerChallenge(connectionId, number, answer),
  'session.reauthenticate': ({ connectionId }) => sessions.reauthenticate(connectionId),
  'session.disconnect': ({ connectionId, farewell }) => connections.disconnect(connectionId, farewell),
})

export const createHandlers = (parts: HandlerParts): Handlers => {
  const { connections, connectionTests, local, library, inbox, sessions, retained, clock, dialogs } = parts
  const { files, payloadFiles, publishing, senders, trustedPaths, histories } = parts
  return {
    'app.snapshot': () => {
      // A page that begins knows nothing of the files that one before it was writing.
      void files.abandonAll()
      parts.importing.clear()
      parts.recordings.readAgain()
      return ok(parts.snapshot())
    },
    'app.memory': async () => ok(await parts.memory()),
    'menu.show': (items) => {
      parts.showMenu(items)
      return ok(null)
    },
    'settings.save': (settings) => parts.saveSettings(settings),

    ...createProfileHandlers(parts),

    ...createImportHandlers(parts),

    'connectionTest.run': async ({ profile, secrets }) => {
      const prepared = await local.prepare(profile.id)
      return prepared.ok ? connectionTests.run(profile, secrets) : prepared
    },
    'connectionTest.cancel': () => {
      connectionTests.cancel()
      return ok(null)
    },
    ...createTrialHandlers(parts),

    'session.connect': async (request) => {
      if (parts.recordings.isOpen(request.connectionId)) return recordingReadOnly()
      const prepared = await local.prepare(request.connectionId)
      if (!prepared.ok) return prepared
      // What comes from now on is to stand behind what the disk has.
      await histories.open(request.connectionId)
      return connections.connect(request)
    },
    ...createSessionHandlers(parts),

    'subscription.save': ({ connectionId, ...change }) => saveSubscriptions(connections, connectionId, [change]),
    'subscription.saveMany': ({ connectionId, changes }) => saveSubscriptions(connections, connectionId, changes),
    'subscription.remove': ({ connectionId, subscriptionIds }) =>
      removeSubscriptions(connections, connectionId, subscriptionIds),
    'subscription.sendAnyway': ({ connectionId, subscriptionId }) =>
      sessions.sendHeldBack(connectionId, subscriptionId),

    'message.take': async (options) => ok({ ...(await inbox.take(options)), clock: clock.reading() }),
    'topic.forget': ({ connectionId }) => {
      inbox.forgetTopics(connectionId)
      return ok(null)
    },
    'message.publish': (request) => publishing.publish(request),
    'message.publishFile': (request) => publishing.publishFile(request),
    'message.delivery': ({ connectionId, sequence }) => ok(sessions.deliveryOf(connectionId, sequence)),
    'message.drop': ({ connectionId, sequence }) => sessions.dropMessage(connectionId, sequence),
    'message.release': ({ connectionId, sequence, qos }) => sessions.releaseMessage(connectionId, sequence, qos),

    'sender.start': (request) => senders.start(request),
    'sender.stop': (key) => senders.stop(key),
    'sender.stopAll': async () => {
      senders.stopAll()
      await parts.devices.stopAll()
      return ok(null)
    },
    'sender.remove': (key) => senders.remove(key),
    'recording.check': async ({ data }) => {
      const read = await readRecording(data, parts)
      return read.ok ? ok(factsOf(read.value)) : read
    },
    'senderPlans.save': (plans) => parts.senderPlans.save(plans),

    ...createRecordingHandlers(parts),
    ...createRequestHandlers(parts),
    ...createDeviceHandlers(parts.devices),
    ...createMeterHandlers(parts),
    ...createScriptHandlers(parts.scripts),

    ...createPayloadHandlers(parts),
    ...createHistoryHandlers(parts),
    ...createPacketHandlers(sessions.packetsOf),
    ...createFaultHandlers(parts),
    ...createRetainedHandlers(retained),
    ...createCollectionHandlers(parts.collections),
    ...createTemplateHandlers(parts),

    ...createPayloadRuleHandlers(parts.payloadRules),
    'watches.save': (watches) => parts.watches.save(watches),
    'alert.show': (alert) => ok(parts.showAlert(alert)),

    'library.save': (changed) => library.save(changed),
    'drafts.save': (changed) => parts.drafts.save(changed),

    'localBroker.start': ({ devices }) => local.start(devices),
    'localBroker.stop': () => local.stop(),
    'localBroker.setAccess': (access) => local.setAccess(access),

    'file.choose': async () => {
      const chosen = await chooseFile(dialogs)
      if (chosen) trustedPaths.trust([chosen.path])
      return ok(chosen)
    },
    'payloadFile.choose': () => payloadFiles.choose(),
    'payloadFile.read': ({ fileToken }) => publishing.readToKeep(fileToken),
    ...createFileHandlers(files),
    'clipboard.write': async ({ text }) => {
      await dialogs.writeClipboard(text)
      return ok(null)
    },
  }
}

type ProfileCommands = Extract<keyof Handlers, `profile.${string}`>

const createProfileHandlers = ({
  connections,
  recordings,
}: Pick<HandlerParts, 'connections' | 'recordings'>): Pick<Handlers, ProfileCommands> => ({
  'profile.save': ({ profile, secrets }) =>
    profile.kind === 'recording' ? recordingReadOnly() : connections.save(profile, secrets),
  'profile.arrange': (places) => connections.arrange(places),
  'profile.duplicate': ({ connectionId }) =>
    recordings.isOpen(connectionId) ? recordingReadOnly() : connections.duplicate(connectionId),
  'profile.delete': ({ connectionId }) =>
    recordings.isOpen(connectionId) ? recordings.close(connectionId) : connections.remove(connectionId),
  'profile.restore': ({ connectionId }) => connections.restore(connectionId),
})

const recordingReadOnly = () => fail('recordingReadOnly', 'A recording is connected to nothing and never saved.')

type FileCommands = 'file.save' | `${'file' | 'folder'}.${'begin' | 'append'}` | 'file.finish' | 'file.abandon'

const createFileHandlers = (files: HandlerParts['files']): Pick<Handlers, FileCommands> => ({
  'file.save': (file) => files.save(file),
  'file.begin': ({ suggestedName }) => files.begin(suggestedName),
  'file.append': ({ fileToken, bytes }) => files.append(fileToken, bytes),
  'folder.begin': ({ suggestedName }) => files.beginFolder(suggestedName),
  'folder.append': ({ fileToken, ...piece }) => files.appendFolder(fileToken, piece),
  'file.finish': ({ fileToken }) => files.finish(fileToken),
  'file.abandon': async ({ fileToken }) => {
    await files.abandon(fileToken)
    return ok(null)
  },
})

type PayloadCommands = 'payload.read' | 'payload.save' | 'payload.release'

const createPayloadHandlers = ({ payloads, histories, files }: HandlerParts): Pick<Handlers, PayloadCommands> => ({
  'payload.read': (slice) => readPayload({ payloads, histories }, slice),
  'payload.save': (wanted) => savePayload({ payloads, histories, files }, wanted),
  'payload.release': ({ connectionId, throughSequence }) => {
    payloads.release({ connectionId, sequence: throughSequence })
    return ok(null)
  },
})

type RetainedCommands =
  | 'retained.list'
  | 'retained.read'
  | 'retained.clear'
  | 'retained.undo'
  | 'retained.cancel'
  | 'retained.close'

const createRetainedHandlers = (retained: HandlerParts['retained']): Pick<Handlers, RetainedCommands> => ({
  'retained.list': ({ connectionId, filter }) => retained.list(connectionId, filter),
  'retained.read': (page) => retained.read(page),
  'retained.clear': ({ connectionId, places }) => retained.clear(connectionId, places),
  'retained.undo': ({ connectionId }) => retained.undo(connectionId),
  'retained.cancel': ({ connectionId }) => retained.cancel(connectionId),
  'retained.close': ({ connectionId }) => retained.close(connectionId),
})

const createPayloadRuleHandlers = (
  payloadRules: PayloadRules,
): Pick<
  Handlers,
  'payloadRules.save' | 'payloadRules.export' | 'payloadRules.import' | 'schemaFile.choose' | 'schemaFile.read'
> => ({
  'payloadRules.save': (rules) => payloadRules.save(rules),
  'payloadRules.export': ({ connectionId }) => payloadRules.exportTo(connectionId),
  'payloadRules.import': ({ connectionId }) => payloadRules.importTo(connectionId),
  'schemaFile.choose': ({ choice }) => payloadRules.choose(choice),
  'schemaFile.read': (wanted) => payloadRules.read(wanted),
})

const createDeviceHandlers = (
  devices: DeviceRegistry,
): Pick<Handlers, 'devices.save' | 'device.start' | 'device.stop' | 'device.preview'> => ({
  'devices.save': (definitions) => devices.save(definitions),
  'device.start': (key) => devices.start(key),
  'device.stop': (key) => devices.stop(key),
  'device.preview': ({ connectionId, device }) => devices.preview(connectionId, device),
})

type TemplateCommands =
  | 'message.publishTemplate'
  | 'template.preview'
  | 'template.countAnew'
  | 'environments.save'
  | 'environments.use'

const createTemplateHandlers = ({
  templates,
  environments,
  connections,
}: HandlerParts): Pick<Handlers, TemplateCommands> => ({
  'message.publishTemplate': (request) => templates.publish(request),
  'template.preview': (wanted) => templates.preview(wanted),
  'template.countAnew': ({ draftId }) => templates.countAnew(draftId),
  'environments.save': (typed) => environments.save(typed),
  'environments.use': ({ connectionId, environmentId }) => connections.useEnvironment(connectionId, environmentId),
})
