import { useEffect, useRef, type RefObject } from 'react'
import { defineAppState } from './app'
import { connectionsState } from './connections'
import { useApp, useAppObject } from './useApp'
import { useConnectionOrNone } from './useConnection'

/** Where the focus can be asked to go. */
export type FocusTarget =
  | 'find'
  | 'messageFilter'
  | 'publishTopic'
  | 'publishPayload'
  | 'senders'
  | 'requests'
  | 'schemas'
  | 'watch'
  | 'scripts'
  | 'subscribe'
  | 'probe'
  | 'topics'
  | 'connections'
  | 'collections'
  | 'details'
  | 'difference'
  | 'charts'
  | 'packets'
  | 'broker'

export interface FocusState {
  /**
   * `at` grows, so that asking for the same target twice is seen twice. It stands until it is taken: what is asked for may
   * have to come into sight first.
   */
  readonly request: { readonly target: FocusTarget; readonly at: number; readonly taken: boolean } | null
  focus(target: FocusTarget): void
  take(): void
}

/** A request from anywhere in the window that the focus goes somewhere in the workspace in view. */
export const focusState = defineAppState<FocusState>('focus', ({ set }) => ({
  request: null,
  focus: (target) => set(({ request }) => ({ request: { target, at: (request?.at ?? 0) + 1, taken: false } })),
  take: () => set(({ request }) => ({ request: request && { ...request, taken: true } })),
}))

/** Calls `focus` when the target is asked for, and nobody has taken the request. */
export const useFocusRequest = (target: FocusTarget, focus: () => void): void => {
  const request = useApp(focusState, (state) => state.request)
  const take = useApp(focusState, (state) => state.take)
  const app = useAppObject()
  const connection = useConnectionOrNone()
  const latest = useRef(focus)
  useEffect(() => {
    latest.current = focus
  })
  useEffect(() => {
    if (request?.target !== target) return
    const answer = () => {
      // Of two connections side by side it is the one in view.
      const isMeant = connection === null || connection.id === app.get(connectionsState).inViewId
      if (!isMeant || app.get(focusState).request?.taken !== false) return
      latest.current()
      take()
    }
    answer()
    // Listened to and not rendered with: every view would be drawn anew for another connection in view.
    return app.watch(connectionsState, answer)
  }, [request, target, take, app, connection])
}

/** Focuses and selects a field when the target is asked for. */
export const useFieldFocus = (target: FocusTarget): RefObject<HTMLInputElement | null> => {
  const input = useRef<HTMLInputElement>(null)
  useFocusRequest(target, () => {
    input.current?.focus()
    input.current?.select()
  })
  return input
}
