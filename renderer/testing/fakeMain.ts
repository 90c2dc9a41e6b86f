import type { CommandInput, CommandName, CommandOutput, EventMessage, Handlers } from '#shared/contract'
import type { ImportPlan } from '#shared/model/importPlan'
import type { PayloadFile } from '#shared/model/publish'
import { fail, ok, type Result } from '#shared/result'
import type { Api } from '../ipc/api'

/** What the window asked: each command with its input, in order. */
type AskedCommand = {
  [Name in CommandName]: { readonly name: Name; readonly input: CommandInput<Name> }
}[CommandName]

/** A main process that answers as a test says; of what a test says nothing, it does nothing and answers that it is done. */
export interface FakeMain {
  readonly api: Api
  readonly asked: readonly AskedCommand[]
  /** Inputs of one command, in order. */
  inputsOf<Name extends CommandName>(name: Name): readonly CommandInput<Name>[]
  /** What the system says was dropped next. */
  drop(file: PayloadFile): void
  /** The same of files that are to be imported. */
  dropForImport(plan: ImportPlan): void
  /** Answers differently from now on. */
  answer(handlers: Partial<Handlers>): void
  tell(event: EventMessage): void
}

export const createFakeMain = (answers: Partial<Handlers> = {}): FakeMain => {
  const asked: AskedCommand[] = []
  const listeners = new Set<(event: EventMessage) => void>()
  let dropped: PayloadFile | null = null
  let droppedPlan: ImportPlan | null = null
  let handlers: Handlers = { ...quietHandlers, ...answers }
  return {
    api: {
      invoke: async <Name extends CommandName>(
        name: Name,
        input: CommandInput<Name>,
      ): Promise<Result<CommandOutput<Name>>> => {
        asked.push({ name, input } as AskedCommand)
        return handlers[name](input)
      },
      droppedFile: () => {
        const file = dropped
        dropped = null
        return Promise.resolve(ok(file))
      },
      droppedForImport: () => {
        const plan = droppedPlan
        droppedPlan = null
        return Promise.resolve(ok(plan))
      },
      onEvent: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    asked,
    inputsOf: <Name extends CommandName>(name: Name) =>
      asked.flatMap((one) => (one.name === name ? [one.input as CommandInput<Name>] : [])),
    drop: (file) => {
      dropped = file
    },
    dropForImport: (plan) => {
      droppedPlan = plan
    },
    answer: (more) => {
      handlers = { ...handlers, ...more }
    },
    tell: (event) => listeners.forEach((listener) => listener(event)),
  }
}

const done = () => ok(null)
const notThere = () => fail('notFound', 'The test has said nothing of it.')

/** Each command is done at once, and what was never there is not found. */
const quietHandlers: Handlers = {
  'app.snapshot': notThere,
  'app.memory': notThere,
  'menu.show': done,
  'settings.save': (settings) => ok(settings),
  'profile.save': ({ profile }) =>
    ok({ profile, saved: true, secrets: { password: 'none', keyPassphrase: 'none', proxyPassword: 'none' } }),
  'profile.arrange': done,
  'profile.duplicate': notThere,
  'profile.delete': done,
  'profile.restore': notThere,
  'import.choose': done,
  'import.readText': () => ok({ files: [] }),
  'import.look': () => ok([]),
  'import.readFound': () => ok({ files: [] }),
  'import.unlock': notThere,
  'import.apply': () => ok({ added: [], changed: [], charts: [], rules: [] }),
  'import.undo': done,
  'import.clear': done,
  'export.connections': done,
  'connectionTest.run': notThere,
  'connectionTest.cancel': done,
  'doctor.plan': notThere,
  'doctor.run': notThere,
  'doctor.cancel': done,
  'capabilities.try': notThere,
  'capabilities.cancel': done,
  'statistics.watch': done,
  'session.connect': done,
  'session.tryRemedy': done,
  'session.details': notThere,
  'session.disconnect': done,
  'session.answerChallenge': done,
  'session.reauthenticate': done,
  'subscription.save': done,
  'subscription.remove': done,
  'subscription.saveMany': done,
  'subscription.sendAnyway': done,
  'message.take': () => new Promise<never>(() => undefined),
  'topic.forget': done,
  'message.publish': () => ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 0.42 }),
  'message.publishFile': notThere,
  'message.publishTemplate': notThere,
  'template.preview': () => ok([]),
  'template.countAnew': done,
  'environments.save': notThere,
  'environments.use': done,
  'message.delivery': done,
  'message.drop': done,
  'message.release': done,
  'sender.start': done,
  'sender.stop': done,
  'sender.stopAll': done,
  'sender.remove': done,
  'recording.check': () => ok({ messages: 0, lasts: 0, unreadable: [], unreadableCount: 0 }),
  'openedRecording.choose': done,
  'openedRecording.takeDropped': done,
  'openedRecording.stop': done,
  'openedRecording.close': done,
  'openedRecording.refused': () => ok([]),
  'faults.arm': done,
  'faults.set': done,
  'faults.act': done,
  'faults.run': done,
  'faults.stop': done,
  'faultScenarios.save': done,
  'openedRecording.export': done,
  'openedRecording.cancelExport': done,
  'recorder.start': done,
  'recorder.stop': done,
  'recorder.bookmark': done,
  'replay.start': done,
  'replay.control': done,
  'senderPlans.save': done,
  'devices.save': done,
  'device.start': done,
  'device.stop': done,
  'device.preview': () => ok([]),
  'meter.start': done,
  'meter.stop': done,
  'meter.remove': done,
  'request.send': done,
  'request.clear': done,
  'responder.save': done,
  'responder.switch': done,
  'payloadRules.save': done,
  'payloadRules.export': done,
  'payloadRules.import': done,
  'watches.save': done,
  'alert.show': () => ok(true),
  'schemaFile.choose': done,
  'schemaFile.read': notThere,
  'scripts.save': done,
  'script.try': () => ok({ outputs: [], lines: [], error: null, milliseconds: 0 }),
  'script.run': done,
  'script.stop': done,
  'packets.status': () => ok({ isOn: true, first: 1, last: 0, dropped: 0, bytes: 0, revision: 0 }),
  'packets.switch': done,
  'packets.clear': done,
  'packets.read': () => ok([]),
  'packets.find': () => ok({ numbers: [], next: 1 }),
  'packets.handshake': done,
  'packets.ofMessage': done,
  'packets.pings': () => ok([]),
  'history.open': done,
  'history.status': notThere,
  'history.measure': notThere,
  'history.openStretch': notThere,
  'history.remove': done,
  'payload.read': notThere,
  'payload.save': done,
  'payload.release': done,
  'retained.list': done,
  'retained.read': notThere,
  'retained.clear': done,
  'retained.undo': done,
  'retained.cancel': done,
  'retained.close': done,
  'collection.load': done,
  'collection.check': done,
  'collection.save': done,
  'collection.move': done,
  'collection.remove': done,
  'collection.retry': done,
  'collection.addFolder': notThere,
  'collection.moveFolder': notThere,
  'collection.removeFolder': done,
  'collection.openFolder': done,
  'collection.close': done,
  'collection.saveElsewhere': done,
  'collection.export': done,
  'collection.import': done,
  'library.save': done,
  'drafts.save': done,
  'localBroker.start': notThere,
  'localBroker.stop': done,
  'localBroker.setAccess': notThere,
  'file.choose': done,
  'payloadFile.choose': done,
  'payloadFile.read': notThere,
  'file.save': done,
  'folder.begin': done,
  'folder.append': done,
  'file.begin': done,
  'file.append': done,
  'file.finish': () => ok('/chosen'),
  'file.abandon': done,
  'clipboard.write': done,
}
