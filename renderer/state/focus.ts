import { useEffect, useRef, type RefObject } from 'react'
import { defineAppState } from './app'
import { useApp } from './useApp'

/** Where the focus can be asked to go. */
export type FocusTarget =
  | 'find'
  | 'messageFilter'
  | 'publishTopic'
  | 'publishPayload'
  | 'subscribe'
  | 'probe'
  | 'topics'
  | 'connections'
  | 'details'
  | 'difference'

export interface FocusState {
  /** `at` grows, so that asking for the same target twice is seen twice. */
  readonly request: { readonly target: FocusTarget; readonly at: number } | null
  focus(target: FocusTarget): void
}

/** A request from anywhere in the window that the focus goes somewhere in the workspace in view. */
export const focusState = defineAppState<FocusState>('focus', ({ set }) => ({
  request: null,
  focus: (target) => set(({ request }) => ({ request: { target, at: (request?.at ?? 0) + 1 } })),
}))

/** Calls `take` when the target is asked for; not for requests from before. */
export const useFocusRequest = (target: FocusTarget, take: () => void): void => {
  const request = useApp(focusState, (state) => state.request)
  const seen = useRef(request?.at ?? 0)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (!request || request.at === seen.current) return
    seen.current = request.at
    if (request.target === target) latest.current()
  }, [request, target])
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
