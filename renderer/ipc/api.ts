import type { Bridge, CommandInput, CommandName, CommandOutput, EventMessage } from '#shared/contract'
import type { ImportPlan } from '#shared/model/importPlan'
import type { PayloadFile } from '#shared/model/publish'
import type { Result } from '#shared/result'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

/** The window's typed side of the bridge; the only place that casts what crosses it. */
export interface Api {
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>>
  /** The file that was dropped last, once; null = none was, or it has no path. */
  droppedFile(): Promise<Result<PayloadFile | null>>
  /** What was dropped last, read to be imported, once; null = nothing that has a path. */
  droppedForImport(): Promise<Result<ImportPlan | null>>
  /** Returns its stop. */
  onEvent(listener: (event: EventMessage) => void): () => void
}

export const createApi = (bridge: Bridge): Api => ({
  invoke: async <Name extends CommandName>(name: Name, input: CommandInput<Name>) =>
    (await bridge.invoke(name, input)) as Result<CommandOutput<Name>>,
  droppedFile: async () => (await bridge.droppedFile()) as Result<PayloadFile | null>,
  droppedForImport: async () => (await bridge.droppedFile('import')) as Result<ImportPlan | null>,
  onEvent: (listener) => bridge.onEvent((message) => listener(message as EventMessage)),
})
