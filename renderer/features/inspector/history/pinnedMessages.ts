import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { defineConnectionState } from '../../../state/app'

/** Each holds its payload, or the head of it, for as long as the window is there. */
const mostPinnedMessages = 100

export interface PinnedMessagesState {
  /** In the order of pinning. What the log gives up stays here. */
  readonly pinned: readonly MessageView[]
  togglePin(message: MessageView): void
}

export const pinnedMessagesState = defineConnectionState<PinnedMessagesState>('pinnedMessages', ({ get, set }) => ({
  pinned: [],
  togglePin: (message) => {
    const others = get().pinned.filter(({ sequence }) => sequence !== message.sequence)
    if (others.length < get().pinned.length) set({ pinned: others })
    else set({ pinned: [...others, message].slice(-mostPinnedMessages) })
  },
}))
