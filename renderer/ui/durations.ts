import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'

type DurationUnit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days'

/** A length of time as a person would say it; the catalogues have the words of the units. */
export interface Duration {
  readonly value: string
  readonly unit: DurationUnit
}

const unitMs = { milliseconds: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

/** How long ago, in its largest unit from seconds on: `0 s`, `3 s`, `2 min`, `4 h`, `6 d`. */
export const ageOf = (ms: number): Duration => {
  const past = Math.max(0, ms)
  if (past < unitMs.minutes) return whole(past, 'seconds')
  if (past < unitMs.hours) return whole(past, 'minutes')
  return past < unitMs.days ? whole(past, 'hours') : whole(past, 'days')
}

/** To two digits or more: `0 ms`, `250 ms`, `2.0 s`, `12 s`, `3.5 min`, `2.0 h`. */
export const intervalOf = (ms: number): Duration => {
  if (ms < unitMs.seconds) return { value: String(Math.round(ms)), unit: 'milliseconds' }
  const unit = ms < unitMs.minutes ? 'seconds' : ms < unitMs.hours ? 'minutes' : 'hours'
  const value = ms / unitMs[unit]
  return { value: value < 10 ? value.toFixed(1) : String(Math.round(value)), unit }
}

export interface DurationTexts {
  readonly age: (ms: number) => string
  readonly interval: (ms: number) => string
}

/** Those that were told: all rows say the same few lengths, of which there are some hundreds in all. */
const texts = new Map<string, string>()

/** Lengths of time in the person's language: the one way they are told. */
export const useDurations = (): DurationTexts => {
  const t = useTranslations('ui.durations')
  const locale = useLocale()
  return useMemo(() => {
    const textOf = ({ value, unit }: Duration) => {
      const key = `${locale} ${value} ${unit}`
      const text = texts.get(key) ?? t(unit, { value })
      texts.set(key, text)
      return text
    }
    return { age: (ms) => textOf(ageOf(ms)), interval: (ms) => textOf(intervalOf(ms)) }
  }, [t, locale])
}

const whole = (ms: number, unit: DurationUnit): Duration => ({ value: String(Math.floor(ms / unitMs[unit])), unit })
