import type { MessageView } from '../model/messageLog/messageLogChunk'
import { defineConnectionState, type Connection } from './app'
import { focusState } from './focus'

export interface ComparisonState {
  /**
   * What whatever message is shown is compared with; null = the message before it on its topic. It stays as it is when
   * the log gives the message up.
   */
  readonly comparedWith: MessageView | null
  compareWith(message: MessageView | null): void
}

export const comparisonState = defineConnectionState<ComparisonState>('comparison', ({ set }) => ({
  comparedWith: null,
  compareWith: (comparedWith) => set({ comparedWith }),
}))

/** Shows how the message that is shown differs from this one. */
export const showDifferenceFrom = (connection: Connection, message: MessageView): void => {
  connection.get(comparisonState).compareWith(message)
  connection.app.get(focusState).focus('difference')
}
