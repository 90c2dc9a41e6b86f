import { useApp } from './useApp'
import { useConnectionOrNone } from './useConnection'
import { selectAlarmed, selectRang, watchedState } from './watched'

/** Whether a rule of a watched value began to hold with the message. */
export const useRang = (sequence: number | null): boolean => {
  const id = useConnectionOrNone()?.id ?? ''
  return useApp(watchedState, selectRang(id, sequence))
}

/** Whether a rule of a watched value of the topic holds now. */
export const useAlarmed = (topic: string): boolean => {
  const id = useConnectionOrNone()?.id ?? ''
  return useApp(watchedState, selectAlarmed(id, topic))
}
