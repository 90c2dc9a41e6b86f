import { useEffect, useRef, type RefObject } from 'react'
import type { FocusRequest } from '../features/settings/settingsSlice'
import { useApp } from './useApp'

/** Focuses and selects a pane's field when it is asked for from elsewhere; not for requests from before. */
export const useFieldFocus = (target: FocusRequest['target']): RefObject<HTMLInputElement | null> => {
  const request = useApp((state) => state.focusRequest)
  const input = useRef<HTMLInputElement>(null)
  const seen = useRef(request?.at ?? 0)
  useEffect(() => {
    if (!request || request.at === seen.current) return
    seen.current = request.at
    if (request.target !== target) return
    input.current?.focus()
    input.current?.select()
  }, [request, target])
  return input
}
