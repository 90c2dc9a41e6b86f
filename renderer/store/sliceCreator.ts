import type { Api } from '../ipc/api'
import type { ConnectionModels } from '../model/connectionModel'
import type { AppState } from './appStore'

export interface SliceTools {
  readonly api: Api
  readonly models: ConnectionModels
}

/** A slice is state plus verbs; it reaches the main process only through the injected api. */
export type SliceCreator<Slice> = (
  set: (change: Partial<AppState> | ((state: AppState) => Partial<AppState>)) => void,
  get: () => AppState,
  tools: SliceTools,
) => Slice
