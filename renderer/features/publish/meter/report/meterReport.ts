import type { MeterStatus } from '#shared/model/meter'
import type { AppError } from '#shared/result'

/** What a report says of where it was measured. */
export interface ReportPlace {
  readonly sender: string | null
  readonly receiver: string
  readonly version: string
}

/** A meter as it stands in a file: all that was counted, with names that stay the same in every language. */
export const reportOf = (meter: MeterStatus, place: ReportPlace) => {
  const { phase, counts, byQos, latencies, foreign } = meter
  return {
    application: `Topicscope ${place.version}`,
    run: meter.run,
    startedAt: new Date(meter.startedAt).toISOString(),
    endedAt: meter.endedAt === null ? null : new Date(meter.endedAt).toISOString(),
    state: phase.kind === 'finished' ? phase.why : phase.kind,
    error: phase.kind === 'failed' ? errorIn(phase.error) : null,
    sender: place.sender,
    receiver: place.receiver,
    topic: meter.topic,
    filter: meter.filter,
    grantedQos: meter.grantedQos,
    stamp: meter.stamp,
    lateAfterMs: meter.lateAfterMs,
    planned: meter.planned,
    counts,
    firstRefusal: meter.firstRefusal && errorIn(meter.firstRefusal),
    clock: 'sent and received by one steady clock',
    latencyMs: { all: latencies, byQos },
    foreign: { clock: 'unknown offset: times are those above the shortest one seen', runs: foreign },
    notes: meter.notes,
  }
}

const errorIn = ({ code, message, reasonCode }: AppError) => ({ code, message, reasonCode: reasonCode ?? null })

export const jsonReport = (meter: MeterStatus, place: ReportPlace): string =>
  `${JSON.stringify(reportOf(meter, place), null, 2)}\n`

/** A line for each value: its path in the JSON report, and the value. RFC 4180. */
export const csvReport = (meter: MeterStatus, place: ReportPlace): string => {
  const rows = [['name', 'value'], ...rowsOf('', reportOf(meter, place))]
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

const rowsOf = (path: string, value: unknown): string[][] => {
  if (value === null || typeof value !== 'object') return [[path, textOf(value)]]
  return Object.entries(value).flatMap(([key, one]) => rowsOf(path === '' ? key : `${path}.${key}`, one))
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

const csvField = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
