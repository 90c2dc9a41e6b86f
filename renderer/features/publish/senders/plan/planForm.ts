import { senderLimits, type SenderData, type SenderPlan, type SenderSource } from '#shared/model/sender'
import type { ComposedMessage } from '#shared/model/publish'
import { emptyMessage } from '#shared/model/publish'

/** A message of a plan as it is being written; a file stands in for the text of its payload. */
export interface TypedMessage {
  readonly id: string
  readonly message: ComposedMessage
  readonly fileToken: string | null
  /** Milliseconds until the next one, as typed; of a list only. */
  readonly pause: string
}

/** Data of many lines as it is being given. */
export interface TypedData {
  readonly text: string
  /** Stands in for the text. */
  readonly fileToken: string | null
}

/** Rows of data as they are being given. */
export interface TypedRows extends TypedData {
  readonly format: 'csv' | 'jsonLines'
}

export type TimeUnit = 'seconds' | 'minutes' | 'hours'

/** A plan as it is typed, wrong or not. What one kind of source has is kept while another is chosen. */
export interface PlanForm {
  readonly id: string
  readonly name: string
  readonly kind: SenderSource['kind']
  /** One for all kinds but a list; there is always a first one. */
  readonly messages: readonly TypedMessage[]
  readonly rows: TypedRows
  readonly recording: TypedData
  /** At the times of the recording. */
  readonly asRecorded: boolean
  /** How many times as fast. */
  readonly speed: string
  /** '' = none was chosen. */
  readonly scriptId: string
  readonly loops: boolean
  /** '' = by the rate, if that is given. */
  readonly everyMs: string
  readonly perSecond: string
  readonly count: string
  readonly lasts: string
  readonly lastsUnit: TimeUnit
  readonly rampSeconds: string
  readonly burst: string
  readonly jitterPercent: string
  readonly devices: string
  readonly clients: SenderPlan['devices']['clients']
  readonly clientId: string
  readonly whenSlow: SenderPlan['whenSlow']
}

export const unitMs: Readonly<Record<TimeUnit, number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 }

export const typedMessage = (given: Partial<TypedMessage> = {}): TypedMessage => ({
  id: crypto.randomUUID(),
  message: emptyMessage,
  fileToken: null,
  pause: '1000',
  ...given,
})

/** A plan to be typed on. */
export const formOf = (plan: SenderPlan): PlanForm => {
  const { id, name, source, pace, shape, end, devices, whenSlow } = plan
  return {
    id,
    name,
    kind: source.kind,
    messages: messagesOf(source),
    rows: rowsOf(source),
    recording: source.kind === 'recording' ? typedData(source.data) : noData,
    asRecorded: source.kind !== 'recording' || pace.kind === 'recorded',
    speed: pace.kind === 'recorded' ? String(pace.speed) : '1',
    scriptId: source.kind === 'script' ? source.scriptId : '',
    loops: 'loops' in source && source.loops,
    everyMs: pace.kind === 'interval' ? String(pace.everyMs) : '',
    perSecond: pace.kind === 'rate' ? String(pace.perSecond) : '',
    count: textOf(end.count),
    ...lastsOf(end.afterMs),
    rampSeconds: shape.rampMs === 0 ? '' : String(shape.rampMs / 1_000),
    burst: shape.burst === 1 ? '' : String(shape.burst),
    jitterPercent: shape.jitter === 0 ? '' : String(Math.round(shape.jitter * 100)),
    devices: String(devices.count),
    clients: devices.clients,
    clientId: devices.clientId,
    whenSlow,
  }
}

/** Whole numbers within the limits, or null; `''` is none of them. */
export const wholeIn = (typed: string, limits: { readonly least: number; readonly most: number }): number | null =>
  /^\d+$/.test(typed.trim()) ? within(Number(typed), limits) : null

/** Numbers with or without a fraction within the limits, or null. */
export const numberIn = (typed: string, limits: { readonly least: number; readonly most: number }): number | null =>
  /^\d+(\.\d+)?$|^\.\d+$/.test(typed.trim()) ? within(Number(typed), limits) : null

/** The pause that a message is given when it comes into a list. */
export const firstPause = (pauseMs: number): string =>
  String(Math.round(Math.min(Math.max(pauseMs, senderLimits.pause.least), senderLimits.pause.most)))

const within = (value: number, { least, most }: { readonly least: number; readonly most: number }) =>
  value >= least && value <= most ? value : null

const textOf = (value: number | null) => (value === null ? '' : String(value))

const messagesOf = (source: SenderSource): readonly TypedMessage[] => {
  if (source.kind === 'list')
    return source.steps.map(({ message, fileToken, pauseMs }) =>
      typedMessage({ message, fileToken: fileToken ?? null, pause: String(pauseMs) }),
    )
  if (source.kind === 'recording' || source.kind === 'script') return [typedMessage()]
  const fileToken = source.kind === 'message' ? (source.fileToken ?? null) : null
  return [typedMessage({ message: source.message, fileToken })]
}

const rowsOf = (source: SenderSource): TypedRows => {
  if (source.kind !== 'rows') return { format: 'csv', ...noData }
  const { format, data } = source.rows
  return { format, ...typedData(data) }
}

const noData: TypedData = { text: '', fileToken: null }

const typedData = (data: SenderData): TypedData =>
  'text' in data ? { text: data.text, fileToken: null } : { text: '', fileToken: data.fileToken }

/** Undefined = nothing was given yet. */
export const givenData = ({ text, fileToken }: TypedData): SenderData | undefined => {
  if (fileToken !== null) return { fileToken }
  return text.trim() === '' ? undefined : { text }
}

/** In the largest unit in which it is a whole number. */
const lastsOf = (ms: number | null): Pick<PlanForm, 'lasts' | 'lastsUnit'> => {
  if (ms === null) return { lasts: '', lastsUnit: 'seconds' }
  const lastsUnit = (['hours', 'minutes'] as const).find((unit) => ms % unitMs[unit] === 0) ?? 'seconds'
  return { lasts: String(ms / unitMs[lastsUnit]), lastsUnit }
}
