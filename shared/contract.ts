import { z } from 'zod'
import { answers, type Command, byConnection, byMessage, nothing } from './commands/answers'
import { capabilityCommands } from './commands/capabilityCommands'
import { collectionCommands } from './commands/collectionCommands'
import { doctorCommands } from './commands/doctorCommands'
import { historyCommands } from './commands/historyCommands'
import { faultCommands } from './commands/faultCommands'
import { fileCommands, type ChosenFile } from './commands/fileCommands'
import { packetCommands } from './commands/packetCommands'
import { recordingCommands } from './commands/recordingCommands'
import { statisticsCommands } from './commands/statisticsCommands'
import { transferCommands } from './commands/transferCommands'
import type { CapabilityReport } from './model/capabilities'
import type { ConnectionDetails } from './model/connectionDetails'
import type { ConnectionTest } from './model/connectionTest'
import type { DoctorReport } from './model/doctor'
import { authAnswerSchema } from './model/authentication'
import { farewellSchema } from './model/farewell'
import { settingsSchema, type Language, type Settings } from './model/settings'
import {
  passwordSchema,
  mostProfiles,
  profileIdSchema,
  profileSchema,
  secretChangesSchema,
  usernameSchema,
  type ProfileEntry,
} from './model/profile'
import {
  publishFileRequestSchema,
  publishLibrarySchema,
  publishRequestSchema,
  type PublishedFile,
  type PublishLibrary,
  type PublishReceipt,
} from './model/publish'
import {
  mostSenderPlans,
  senderDataSchema,
  senderKeySchema,
  senderPlanSchema,
  senderRequestSchema,
  type RecordingFacts,
  type SenderKey,
  type SenderPlan,
  type SenderStatus,
} from './model/sender'
import {
  templatePreviewSchema,
  templateRequestSchema,
  type PreviewedMessage,
  type PublishedTemplate,
} from './model/template'
import { mostSubscriptions, subscriptionIdSchema, subscriptionSchema } from './model/subscription'
import type { CollectionChange } from './model/collection'
import type { ClockReading } from './model/clock'
import { typedEnvironmentsSchema, type Environment } from './model/environment'
import {
  payloadRuleLimits,
  payloadRuleSchema,
  schemaChoiceSchema,
  schemaReadSchema,
  type PayloadRule,
  type SchemaContent,
} from './model/payloadRule'
import {
  responderKeySchema,
  responderLimits,
  responderRuleSchema,
  type ResponderRule,
  type ResponderStatus,
} from './model/responder'
import {
  deviceKeySchema,
  deviceLimits,
  devicePreviewSchema,
  deviceSchema,
  type DeviceDefinition,
  type DeviceStatus,
  type PreviewedDeviceMessage,
} from './model/device'
import {
  scriptKeySchema,
  scriptLimits,
  scriptSchema,
  scriptTrySchema,
  type Script,
  type ScriptStatus,
  type ScriptTried,
} from './model/script'
import { alertSchema, watchLimits, watchSchema, type Watch } from './model/watch'
import type { DeliveryRecord } from './model/delivery'
import { meterKeySchema, meterRequestSchema, type MeterKey, type MeterStatus } from './model/meter'
import { requestSchema, type ExchangesChange } from './model/request'
import { savedDraftsSchema, type SavedDrafts } from './model/drafts'
import { payloadSliceBytes, type TimedBatch } from './model/frame'
import type { HistoryStatus } from './model/history'
import { qosSchema } from './model/qos'
import { retainedListLimits, type RetainedPage } from './model/retained'
import { parseFilter, topicFilterProblem } from './mqtt/topicFilter'
import { localBrokerAccessSchema, type LocalBrokerUse } from './model/localBroker'
import type { MemoryReport } from './model/memory'
import { nativeMenuItemsSchema } from './model/nativeMenu'
import type { FaultScenario, FaultsStatus } from './model/fault'
import {
  type OpenedRecording,
  type RecordedMark,
  type RecorderStatus,
  type RecordingExportProgress,
  type ReplayStatus,
} from './model/recordings'
import type { SessionStatus } from './model/session'
import type { StatisticsChange } from './model/statistics'
import type { RuleFileProblem } from './model/ruleFile'
import { isWithinBytes } from './model/size'
import type { AppError, Result } from './result'

/** A profile as its form has it, with what was typed of its secrets. */
const byForm = z.object({ profile: profileSchema, secrets: secretChangesSchema })
const bySubscription = byConnection.extend({ subscriptionId: subscriptionIdSchema })

/** Where the local broker stands. */
export type LocalBrokerPhase =
  | { readonly phase: 'stopped' }
  | { readonly phase: 'starting' }
  | { readonly phase: 'running'; readonly port: number; readonly devices: boolean }
  | { readonly phase: 'failed'; readonly error: AppError }

/** What the window needs to draw itself the first time. */
export interface Snapshot {
  readonly profiles: readonly ProfileEntry[]
  readonly sessions: readonly SessionStatus[]
  readonly settings: Settings
  readonly systemLanguage: Language
  readonly library: PublishLibrary
  readonly drafts: SavedDrafts
  /** Running ones and those that are over, whose connection is still there. */
  readonly senders: readonly SenderStatus[]
  /** Running ones and those that are over. */
  readonly meters: readonly MeterStatus[]
  /** What became of requests, by connection. */
  readonly requests: readonly ExchangesChange[]
  /** The rules that are on. */
  readonly responders: readonly ResponderStatus[]
  readonly responderRules: readonly ResponderRule[]
  readonly scripts: readonly Script[]
  /** Those that run, or ended by themselves. */
  readonly scriptRuns: readonly ScriptStatus[]
  /** Those that were given a name. */
  readonly senderPlans: readonly SenderPlan[]
  /** Definitions of devices: those that come with the application, and the person's. */
  readonly deliveredDevices: readonly DeviceDefinition[]
  readonly deviceDefinitions: readonly DeviceDefinition[]
  /** Those that run, and what became of the others. */
  readonly devices: readonly DeviceStatus[]
  readonly environments: readonly Environment[]
  readonly payloadRules: readonly PayloadRule[]
  readonly watches: readonly Watch[]
  /** The fault kits that are on. */
  readonly faults: readonly FaultsStatus[]
  readonly faultScenarios: readonly FaultScenario[]
  readonly openedRecordings: readonly OpenedRecording[]
  readonly recorders: readonly RecorderStatus[]
  readonly replays: readonly ReplayStatus[]
  readonly localBroker: LocalBrokerPhase
  readonly localBrokerUse: LocalBrokerUse
  /** True where the system offers a real keyring. */
  readonly keyringAvailable: boolean
  /** The main process's clock, so that times of sessions can be told before the first messages come. */
  readonly clock: ClockReading
  /** Nobody sees the window; `window.hiddenChanged` tells what becomes of it. */
  readonly windowHidden: boolean
  /** Things to tell once, e.g. that a damaged file was moved aside. */
  readonly notices: readonly AppError[]
  /** The connection to show first (from the command line), or null. */
  readonly openConnectionId: string | null
  /** Connections that the window connects now, as their profiles say. Given once in a run. */
  readonly connectAtStart: readonly string[]
  readonly version: string
  readonly platform: string
}

/** What was written to a file of rules. */
export interface ExportedRules {
  readonly name: string
  readonly count: number
  /** Schemas that do not lie around the file, so that they are not found where it is imported. */
  readonly outside: readonly { readonly filter: string; readonly path: string }[]
}

/** What a file of rules says. */
export interface ImportedRules {
  readonly name: string
  readonly rules: readonly PayloadRule[]
  readonly refused: readonly RefusedRule[]
}

/** A rule of a file that is not taken, or taken without its schema. */
export interface RefusedRule {
  /** '' = it has none, or it is about the whole file. */
  readonly filter: string
  readonly problem: RuleFileProblem | 'schemaMissing' | 'schemaOutside'
  /** It has a decoder, and is taken without its schema. */
  readonly isTaken: boolean
  /** Of the schema; '' = it is about something else. */
  readonly path: string
}

export const commands = {
  'app.snapshot': answers<Snapshot>()(nothing),
  /** What the application uses at this moment, by part. */
  'app.memory': answers<MemoryReport>()(nothing),
  /** What the native menu offers from now on; what is chosen there comes back as `menu.chosen`. */
  'menu.show': answers<null>()(nativeMenuItemsSchema),
  'settings.save': answers<Settings>()(settingsSchema.refine(isWithinBytes(2 ** 17), 'tooLong')),

  'profile.save': answers<ProfileEntry>()(byForm),
  /** The whole list in its new order, each with its folder. */
  'profile.arrange': answers<null>()(
    z.array(z.object({ id: profileIdSchema, folder: z.string().max(200) })).max(mostProfiles),
  ),
  'profile.duplicate': answers<ProfileEntry>()(byConnection),
  /** Ends its session. `profile.restore` within the same run brings it, its place and its secrets back. */
  'profile.delete': answers<null>()(byConnection),
  'profile.restore': answers<ProfileEntry>()(byConnection),

  ...transferCommands,

  /**
   * Connects with a form's settings, beside whatever session there is, and closes: a clean session without a last will.
   * Nothing is saved. Ends a test that still runs. Fails with `passwordNeeded` and `fileNotConfirmed`.
   */
  'connectionTest.run': answers<ConnectionTest>()(byForm),
  'connectionTest.cancel': answers<null>()(nothing),
  ...doctorCommands,
  ...capabilityCommands,
  ...statisticsCommands,

  /**
   * Answers at once; what comes of it is told by `session.changed`. Fails with `passwordNeeded` when a password is wanted
   * and neither stored nor given. A given one is sent whatever the profile says, with the given user name ('' = without,
   * absent = the profile's), until the person disconnects or gives another; '' sends none. `remember` stores both as the
   * profile form would.
   */
  'session.connect': answers<null>()(
    byConnection.extend({
      username: usernameSchema.optional(),
      password: passwordSchema.optional(),
      keyPassphrase: passwordSchema.optional(),
      remember: z.boolean().optional(),
    }),
  ),
  /**
   * Connects once with the change a remedy of the latest failure stands for, and saves nothing. Fails with `notFound`
   * where that is not offered any more.
   */
  'session.tryRemedy': answers<null>()(byConnection.extend({ key: z.string().max(1_000) })),
  /** What the broker said when it accepted, and what became of the connection since it was first made in this run. */
  'session.details': answers<ConnectionDetails>()(byConnection),
  /** What a person says to the challenge of this number. Fails with `notFound` where nobody waits for it any more. */
  'session.answerChallenge': answers<null>()(
    byConnection.extend({ number: z.number().int(), answer: authAnswerSchema }),
  ),
  /**
   * Begins an AUTH 0x19; resolves when the broker has accepted. Fails with `notConnected`, `notAuthenticating`,
   * `authenticationRunning`, or with why the connection ended over it.
   */
  'session.reauthenticate': answers<null>()(byConnection),
  /** Absent = a DISCONNECT without anything else: the broker does not send the will. */
  'session.disconnect': answers<null>()(byConnection.extend({ farewell: farewellSchema.optional() })),

  /**
   * One change of the list, in the profile and the session. Stands in the place of the one with the same id, else of the
   * one it `replaces`, which goes, else at `place` (default: the end). Where another one has a new one's filter, that one
   * takes its QoS and `enabled` instead and stays what it is.
   */
  'subscription.save': answers<null>()(
    byConnection.extend({
      subscription: subscriptionSchema,
      place: z.number().int().min(0).optional(),
      replaces: subscriptionIdSchema.optional(),
    }),
  ),
  /** One after the other as `subscription.save`, as one change of the list: the disk and the window are told once. */
  'subscription.saveMany': answers<null>()(
    byConnection.extend({
      changes: z
        .array(z.object({ subscription: subscriptionSchema, place: z.number().int().min(0).optional() }))
        .max(mostSubscriptions),
    }),
  ),
  'subscription.remove': answers<null>()(
    byConnection.extend({ subscriptionIds: z.array(subscriptionIdSchema).max(mostSubscriptions) }),
  ),
  /** Sends a filter that is held back, for this connection to the broker only. Fails with `notConnected`. */
  'subscription.sendAnyway': answers<null>()(bySubscription),

  /** Answers with about one batch of what waits, or waits for the first arrival. `fresh` = the window was just loaded. */
  'message.take': answers<TimedBatch>()(z.object({ fresh: z.boolean() })),
  /** The window has let go of the connection's topics, so the main process may. */
  'topic.forget': answers<null>()(byConnection),
  'message.publish': answers<PublishReceipt>()(publishRequestSchema),
  /** Reads the file and publishes what is in it now. Fails where it cannot be read; then nothing is sent. */
  'message.publishFile': answers<PublishedFile>()(publishFileRequestSchema),
  /** Renders a template and publishes what it makes. Fails with `templateFailed` and `templateUnsendable`; then nothing is sent. */
  'message.publishTemplate': answers<PublishedTemplate>()(templateRequestSchema),
  /** The next message of a draft is its first again. */
  'template.countAnew': answers<null>()(z.object({ draftId: z.string().max(64) })),
  /**
   * The next messages that a template would make, up to the first that fails; with dots for secrets. Fails with `templateFailed`.
   */
  'template.preview': answers<readonly PreviewedMessage[]>()(templatePreviewSchema),
  /** All environments, in their order; answers them as they are now. What is not among them any more is forgotten. */
  'environments.save': answers<readonly Environment[]>()(typedEnvironmentsSchema),
  /** Which one templates of the connection have; '' = none. Its profile says so from now on. */
  'environments.use': answers<null>()(byConnection.extend({ environmentId: z.string().max(64) })),
  /**
   * The rules of payloads, all of them in their order. Fails with `fileNotConfirmed` where one names a file that was not chosen in
   * the system's dialog.
   */
  'payloadRules.save': answers<null>()(
    z
      .array(payloadRuleSchema)
      .max(payloadRuleLimits.rules)
      .refine(isWithinBytes(8 * 2 ** 20), 'tooLong'),
  ),
  /** Writes the rules that count on a connection to a file of the system's dialog; null = cancelled. Fails with `storageFailed`. */
  'payloadRules.export': answers<ExportedRules | null>()(byConnection),
  /**
   * What a file of rules says, for a connection; null = cancelled. Nothing is kept of it until the rules are saved, whose schemas count
   * as chosen. Fails as reading a file does.
   */
  'payloadRules.import': answers<ImportedRules | null>()(byConnection),
  /** The watched values of all connections, all of them in their order. */
  'watches.save': answers<null>()(
    z
      .array(watchSchema)
      .max(watchLimits.watches)
      .refine(isWithinBytes(16 * 2 ** 20), 'tooLong'),
  ),
  /**
   * A notification of the system, unless the settings say that there are none, or there were many just now; answers whether
   * it is shown. A click on it brings the window to the front, and comes back as `alert.chosen`.
   */
  'alert.show': answers<boolean>()(alertSchema),
  /** The system's dialog for the file of a schema, or a folder of them; null = cancelled. */
  'schemaFile.choose': answers<ChosenFile | null>()(z.object({ choice: schemaChoiceSchema })),
  /**
   * What stands in the files of a schema that was chosen; from then on `schemaFile.changed` tells when they are others. Fails as
   * reading does, and with `fileNotConfirmed`.
   */
  'schemaFile.read': answers<SchemaContent>()(schemaReadSchema),
  /** The packets of a message of ours with QoS 1 or 2; null = they are kept no longer. */
  'message.delivery': answers<DeliveryRecord | null>()(byMessage),
  /** Gives up a message that is held, or that is to be sent again. Fails with `notFound`. */
  'message.drop': answers<null>()(byMessage),
  /**
   * Sends a message that is held, as it is (`qos` null) or as another one with another QoS. Fails with `notFound`, and with
   * `notConnected` where another QoS is wanted.
   */
  'message.release': answers<null>()(byMessage.extend({ qos: qosSchema.nullable() })),

  /**
   * Sends messages as a plan says until that is done, it is stopped or the connection ends, in the place of an earlier sender with
   * the same connection and plan. What becomes of it is told by `sender.changed`. Fails with `notConnected`, as reading its file
   * or rendering its template does, and with `rowUnreadable` at a row of its data.
   */
  'sender.start': answers<null>()(senderRequestSchema),
  /** Fails with `notFound` where none runs. */
  'sender.stop': answers<null>()(senderKeySchema),
  /** Those of all connections, and all simulated devices. */
  'sender.stopAll': answers<null>()(nothing),
  /** Ends it and forgets what became of it. Fails with `notFound`. */
  'sender.remove': answers<null>()(senderKeySchema),
  /** What a recording holds, and of its lines that are no message why. Fails with `rowUnreadable`, and as reading its file does. */
  'recording.check': answers<RecordingFacts>()(z.object({ data: senderDataSchema })),
  ...recordingCommands,

  /** The plans with a name, all of them. */
  'senderPlans.save': answers<null>()(
    z
      .array(senderPlanSchema)
      .max(mostSenderPlans)
      .refine(isWithinBytes(64 * 2 ** 20), 'tooLong'),
  ),

  /**
   * Subscribes, and sends as a plan says with a stamp on each message; what was lost, came twice or late is told by
   * `meter.changed`. Fails with `notConnected`, `propertiesNeedMqtt5` and `tooManyMeters`.
   */
  'meter.start': answers<null>()(meterRequestSchema),
  /** Sends no more, and waits for what is on its way; once more: it is over. Fails with `notFound`. */
  'meter.stop': answers<null>()(meterKeySchema),
  /** Ends it and forgets what it counted. Fails with `notFound`. */
  'meter.remove': answers<null>()(meterKeySchema),

  /**
   * Sends a message that waits for an answer, when its response topic is subscribed to. What becomes of it is told by
   * `request.changed`. Fails with `notConnected`, `responseTopicIsTopic`, and as reading its file or rendering its templates does;
   * then nothing is sent.
   */
  'request.send': answers<null>()(requestSchema),
  /** Forgets the requests of a connection that are over, and their numbers. */
  'request.clear': answers<null>()(byConnection),
  /** The rules by which requests are answered, all of them. One that is on and was changed or removed is switched off. */
  'responder.save': answers<null>()(
    z
      .array(responderRuleSchema)
      .max(responderLimits.rules)
      .refine(isWithinBytes(64 * 2 ** 20), 'tooLong'),
  ),
  /**
   * Answers requests by a rule until it is switched off, its connection is forgotten or the application ends; what it does is told by
   * `responder.changed`. Fails with `notFound`, `notConnected`, and as compiling its templates does.
   */
  'responder.switch': answers<null>()(responderKeySchema.extend({ isOn: z.boolean() })),

  /** The person's definitions of devices, all of them. One that runs goes on as it was started. */
  'devices.save': answers<null>()(
    z
      .array(deviceSchema)
      .max(deviceLimits.definitions)
      .refine(isWithinBytes(64 * 2 ** 20), 'tooLong'),
  ),
  /**
   * Starts the devices of a definition as clients of their own, in the place of those of it that run there; what they do is told by
   * `device.changed`. They run until they are stopped or their connection is forgotten. Fails with `notFound`, `notConnected`,
   * `sameClientIds`, and as compiling their templates does.
   */
  'device.start': answers<null>()(deviceKeySchema),
  /** Answers when they have said goodbye and disconnected. Fails with `notFound` where they do not run. */
  'device.stop': answers<null>()(deviceKeySchema),
  /** What the first device would send at first; with dots for secrets. Fails as starting it does. */
  'device.preview': answers<readonly PreviewedDeviceMessage[]>()(devicePreviewSchema),
  /** All scripts. One that runs and was removed is stopped; one that was changed goes on as it was. */
  'scripts.save': answers<null>()(
    z
      .array(scriptSchema)
      .max(scriptLimits.scripts)
      .refine(isWithinBytes(64 * 2 ** 20), 'tooLong'),
  ),
  /** Calls a script and sends nothing; why it fails is in what it came to. Fails with `tooManyScripts`. */
  'script.try': answers<ScriptTried>()(scriptTrySchema),
  /**
   * Calls a script for the messages under its filter, and sends what it makes, until it is stopped, fails for good, its connection is
   * forgotten or the application ends; what it does is told by `script.changed`. Fails with `notFound`, `notConnected`,
   * `topicInvalid` (its filter), `scriptFailed` (its text) and `tooManyScripts`.
   */
  'script.run': answers<null>()(scriptKeySchema),
  /** Fails with `notFound` where it does not run. */
  'script.stop': answers<null>()(scriptKeySchema),

  /**
   * Bytes `from` up to but not `to` of a payload whose head the window has, at most `payloadSliceBytes` of them. Fails
   * with `payloadNotKept`.
   */
  'payload.read': answers<Uint8Array>()(
    byMessage
      .extend({ from: z.number().int().min(0), to: z.number().int().min(1) })
      .refine(({ from, to }) => to > from && to - from <= payloadSliceBytes, 'Not a slice.'),
  ),
  /** Asks where to and writes all of such a payload exactly; answers the path, null = cancelled. */
  'payload.save': answers<string | null>()(byMessage.extend({ suggestedName: z.string().max(200) })),
  /** The window no longer shows the connection's messages up to this one. */
  'payload.release': answers<null>()(byConnection.extend({ throughSequence: z.number().int().min(0) })),

  ...packetCommands,
  ...faultCommands,
  ...historyCommands,

  /**
   * Begins to list the retained messages under a filter, over a connection of its own; `retained.read` tells what comes of
   * it. Ends an earlier listing of the connection. Fails with `notConnected`.
   */
  'retained.list': answers<null>()(
    byConnection.extend({
      // MQTT 5 §4.8.2: shared subscriptions bring no retained messages.
      filter: z.string().refine((text) => !topicFilterProblem(text) && parseFilter(text).shareName === null),
    }),
  ),
  /** The listing with a page of entries from `from` on, and the changes from `changesFrom` on. */
  'retained.read': answers<RetainedPage>()(
    byConnection.extend({ from: z.number().int().min(0), changesFrom: z.number().int().min(0) }),
  ),
  /** Clears the messages at these places of the listing on the broker. */
  'retained.clear': answers<null>()(
    byConnection.extend({ places: z.array(z.number().int().min(0)).min(1).max(retainedListLimits.entries) }),
  ),
  /** Puts back what the latest `retained.clear` removed, as it was. */
  'retained.undo': answers<null>()(byConnection),
  /** Ends the listing, or sends no more of what is cleared or put back. */
  'retained.cancel': answers<null>()(byConnection),
  /** Lets go of the listing; nothing can be undone after that. */
  'retained.close': answers<null>()(byConnection),

  ...collectionCommands,

  'library.save': answers<null>()(publishLibrarySchema.refine(isWithinBytes(64 * 2 ** 20), 'tooLong')),
  'drafts.save': answers<null>()(savedDraftsSchema.refine(isWithinBytes(64 * 2 ** 20), 'tooLong')),

  /** Starts it (or answers where it runs) and answers the profile that leads to it. */
  'localBroker.start': answers<{ connectionId: string }>()(z.object({ devices: z.boolean() })),
  'localBroker.stop': answers<null>()(nothing),
  /**
   * Who may connect to it from now on: whoever knows user name and password, or everybody (null). They are those of the
   * profile that leads to it, kept as its secrets are, and answered with it. Who is connected stays so.
   */
  'localBroker.setAccess': answers<ProfileEntry>()(localBrokerAccessSchema.nullable()),

  ...fileCommands,
  'clipboard.write': answers<null>()(z.object({ text: z.string().max(2 ** 28) })),
}

export type CommandName = keyof typeof commands
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]['input']>
export type CommandOutput<Name extends CommandName> = NonNullable<
  (typeof commands)[Name] extends Command<z.ZodType, infer Output> ? { value: Output } : never
>['value']

/** One handler a command; a missing one does not compile. */
export type Handlers = {
  readonly [Name in CommandName]: (
    input: CommandInput<Name>,
  ) => Promise<Result<CommandOutput<Name>>> | Result<CommandOutput<Name>>
}

/** What the main process tells the window unasked. Messages are not among it: the window pulls those. */
export interface Events {
  'profiles.changed': readonly ProfileEntry[]
  'session.changed': SessionStatus
  'session.removed': { readonly connectionId: string }
  /** Of the diagnosis that runs, with each of its steps. */
  'doctor.changed': DoctorReport
  /** Of the trials that run, with each result. */
  'capabilities.changed': CapabilityReport
  'statistics.changed': StatisticsChange
  'history.changed': HistoryStatus
  'collection.changed': CollectionChange
  'collection.closed': { readonly collectionId: string }
  'request.changed': ExchangesChange
  'responder.changed': ResponderStatus
  'device.changed': DeviceStatus
  /** The path of a schema. */
  'schemaFile.changed': { readonly path: string }
  'script.changed': ScriptStatus
  /** One that begins or ends, or all that run together. */
  'sender.changed': readonly SenderStatus[]
  'sender.removed': SenderKey
  'meter.changed': MeterStatus
  'meter.removed': MeterKey
  'openedRecording.changed': OpenedRecording
  'openedRecording.marked': { readonly connectionId: string; readonly marks: readonly RecordedMark[] }
  'faults.changed': FaultsStatus
  'openedRecording.exporting': RecordingExportProgress
  'recorder.changed': RecorderStatus
  'replay.changed': ReplayStatus
  'localBroker.changed': LocalBrokerPhase
  'localBroker.used': LocalBrokerUse
  'connection.opened': { readonly connectionId: string }
  'notice.raised': AppError
  'window.hiddenChanged': { readonly hidden: boolean }
  /** A notification that was clicked. */
  'alert.chosen': { readonly connectionId: string; readonly sequence: number | null }
  /** An entry of the native menu, by the id of its action. */
  'menu.chosen': { readonly action: string }
}
export type EventName = keyof Events
export type EventMessage = { [Name in EventName]: { readonly name: Name; readonly payload: Events[Name] } }[EventName]

/** The only thing the preload script puts on `window`. */
export interface Bridge {
  invoke(name: string, input: unknown): Promise<unknown>
  /**
   * What a person dropped last, once: its first file, as `payloadFile.choose` gives it, or to be imported all files and folders, as
   * `import.choose` reads them; null = nothing was, or it has no path. The page never names a path: what the system says of the
   * drop goes from the preload script to main.
   */
  droppedFile(purpose?: 'import'): Promise<unknown>
  onEvent(listener: (message: unknown) => void): () => void
}
