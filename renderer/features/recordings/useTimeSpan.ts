import { useFormatter } from 'use-intl'

/** From when to when, in the words of the language: the day once where both are of one day. */
export const useTimeSpan = (): ((from: number, to: number) => string) => {
  const format = useFormatter()
  const day = (time: number) => format.dateTime(time, { year: 'numeric', month: 'short', day: 'numeric' })
  const clock = (time: number) =>
    format.dateTime(time, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  return (from, to) => {
    const end = day(from) === day(to) ? clock(to) : `${day(to)} ${clock(to)}`
    return `${day(from)} ${clock(from)} – ${end}`
  }
}
