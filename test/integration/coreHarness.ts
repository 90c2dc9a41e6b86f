import { join } from 'node:path'
import { createCore, type Core } from '../../electron/core/createCore'
import type { Dialogs } from '../../electron/core/files/dialogs'
import { silentLog } from '../../electron/core/log'
import type { CommandInput, CommandName, CommandOutput, EventMessage, Events, EventName } from '../../shared/contract'
import type { ProfileEntry } from '../../shared/model/profile'
import type { Result } from '../../shared/result'
import { createFakeVault } from '../support/fakeVault'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { waitFor } from '../support/waitFor'

type ChangeableDialogs = { -readonly [Name in keyof Dialogs]: Dialogs[Name] }

/** The application without its windows in a folder of its own; `start` again is what a restart is. */
export const createCoreHarness = (name: string) => {
  const folder = createTemporaryFolder(name)
  const events: EventMessage[] = []
  const cores: Core[] = []
  let isWindowHidden = false
  const dialogs: ChangeableDialogs = {
    choosePath: () => Promise.resolve(null),
    choosePaths: () => Promise.resolve([]),
    savePath: () => Promise.resolve(null),
    confirm: () => Promise.resolve(false),
    writeClipboard: () => undefined,
  }
  const last = <Name extends EventName>(event: Name): Events[Name] | undefined =>
    events.findLast((one) => one.name === event)?.payload as Events[Name] | undefined

  const start = async (vault = createFakeVault()) => {
    const core = await createCore({
      dataDir: join(folder.path, 'data'),
      vault,
      now: Date.now,
      systemLanguage: 'en',
      platform: 'linux',
      version: '1.2.3',
      dialogs,
      measureProcesses: () =>
        Promise.resolve({ processes: { main: 1, window: 2, graphics: 3, other: 4 }, shared: 'divided' }),
      isWindowHidden: () => isWindowHidden,
      log: silentLog,
      onEvent: (message) => events.push(message),
    })
    cores.push(core)
    const invoke = async <Name extends CommandName>(command: Name, input: CommandInput<Name>) =>
      (await core.dispatch(command, input)) as Result<CommandOutput<Name>>
    const value = async <Name extends CommandName>(command: Name, input: CommandInput<Name>) => {
      const result = await invoke(command, input)
      if (!result.ok) throw new Error(`${command}: ${result.error.code} ${result.error.message}`)
      return result.value
    }
    const entry = async (id: string): Promise<ProfileEntry | undefined> =>
      (await value('app.snapshot', undefined)).profiles.find(({ profile }) => profile.id === id)
    return { core, invoke, value, entry, snapshot: () => value('app.snapshot', undefined) }
  }

  return {
    folder,
    dataFolder: join(folder.path, 'data'),
    events,
    dialogs,
    last,
    start,
    hideWindow: () => (isWindowHidden = true),
    /** Resolves when the session that was told of last is in this phase. */
    reach: (phase: string) =>
      waitFor(`a session that is ${phase}`, () => last('session.changed')?.state.phase === phase),
    stop: async () => {
      for (const core of cores.splice(0)) await core.dispose()
      folder.remove()
    },
  }
}
export type CoreHarness = ReturnType<typeof createCoreHarness>
