import type { MadeMessage } from '#shared/model/publish'
import type { SenderRequest, SenderSource as PlanSource } from '#shared/model/sender'
import type { Qos } from '#shared/model/qos'
import { ok, type AppError, type Result } from '#shared/result'
import type { FollowedPayloads } from '../../broker/inbox/latestPayloads'
import type { PayloadFiles } from '../../payloads/payloadFiles'
import type { DraftCount } from '../../templates/draftCounts'
import type { TemplateEnvironment } from '../../templates/templateEnvironment'
import { commonValues, type TemplateMemory } from '../../templates/templateValues'
import { openMaker, type Composed, type MessageMaker } from './messageMaker'
import type { Row } from './row'
import type { RecordedTimes } from './recording'
import { openRows, type RowReader } from './rowReader'

/** `notRead`: `onRead` is called when there is more; `none`: there was a last one. */
type NextMessage = Result<MadeMessage> | 'notRead' | 'none'

/** Where the messages of a sender come from. They are numbered over all devices, as its times are. */
export interface SenderSource {
  /** Of the first message, as the plan has it. */
  readonly topic: string
  /** The highest of its messages. */
  readonly qos: Qos
  /** When its messages came; null = it is no recording. */
  readonly recorded: RecordedTimes | null
  /** What of it cannot be sent; null = nothing. */
  readonly leftOut: AppError | null
  /** How many messages there are; null = no end, or it is not known yet. */
  total(): number | null
  /** The message with this number. Fails as rendering its template does, and with `rowUnreadable`. */
  next(number: number): NextMessage
  /** No message is wanted any more. */
  close(): void
}

export interface ComposedSourceParts {
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  readonly environment: TemplateEnvironment
  /** From 0 to below 1; default: another number each time. */
  readonly random?: () => number
  /** What the first device goes on from; default: it begins. */
  readonly begun?: DraftCount
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Keeps what arrives on a connection; undefined = there is no such connection. */
  readonly followLatest: (connectionId: string) => FollowedPayloads | undefined
  /** Called when there is more after a message was not read yet. */
  readonly onRead: () => void
}

/** One whose messages are composed. */
export type ComposedSource = Exclude<PlanSource, { kind: 'script' | 'recording' }>

/** Fails as reading its files and rendering its templates do, and with `rowUnreadable` at one of the first rows. */
export const openComposedSource = async (
  request: SenderRequest,
  source: ComposedSource,
  parts: ComposedSourceParts,
): Promise<Result<SenderSource>> => {
  const steps = stepsOf(source)
  const makers: MessageMaker[] = []
  for (const step of steps) {
    const maker = await openMaker(step, parts.payloadFiles)
    if (!maker.ok) return maker
    makers.push(maker.value)
  }
  const rows = source.kind === 'rows' ? await openRows(source.rows, { ...parts, loops: source.loops }) : ok(null)
  if (!rows.ok) return rows
  return ok(createSource(request, parts, { steps, makers, rows: rows.value }))
}

const stepsOf = (source: ComposedSource): readonly Composed[] => {
  if (source.kind === 'list') return source.steps
  return [source.kind === 'rows' ? { message: { ...source.message, isTemplate: true } } : source]
}

interface Opened {
  readonly steps: readonly Composed[]
  readonly makers: readonly MessageMaker[]
  readonly rows: RowReader | null
}

const noRow: Row = {}

const createSource = (
  { connectionId, plan, latest }: SenderRequest,
  { now, followLatest, environment, begun, random = Math.random }: ComposedSourceParts,
  { steps, makers, rows }: Opened,
): SenderSource => {
  const { count: devices } = plan.devices
  // What arrives is copied while somebody follows it.
  const followed = steps.some(namesLatest) ? followLatest(connectionId) : undefined
  const known = new Map(Object.entries(latest))
  const lastOf = (topic: string) => followed?.of(topic) ?? known.get(topic)
  const common = commonValues({ startedAt: begun?.startedAt ?? now(), environment, random, latest: lastOf })
  const made = new Uint32Array(devices)
  made[0] = begun?.made ?? 0
  const memories = createMemories(makers.length, begun?.memory)
  const first = steps[0]?.message
  const ends = plan.source.kind === 'list' && !plan.source.loops ? makers.length * devices : null

  const make = (number: number, row: Row): NextMessage => {
    const device = number % devices
    const step = Math.floor(number / devices) % makers.length
    const maker = makers[step]
    if (!maker) return 'none'
    const message = (made[device] ?? 0) + 1
    made[device] = message
    if (maker.same) return maker.same
    return maker.make({ ...common, now: now(), device: device + 1, message, row }, memories.of(device, step))
  }
  return {
    topic: first?.topic ?? '',
    qos: highestQos(steps),
    recorded: null,
    leftOut: null,
    total: () => (rows ? rows.total() : ends),
    next: (number) => {
      if (!rows) return ends !== null && number >= ends ? 'none' : make(number, noRow)
      const row = rows.next()
      if (row === 'notRead' || row === 'none') return row
      return row.ok ? make(number, row.value) : row
    },
    close: () => {
      followed?.stop()
      rows?.close()
    },
  }
}

const highestQos = (steps: readonly Composed[]): Qos =>
  steps.reduce<Qos>((highest, { message }) => (message.qos > highest ? message.qos : highest), 0)

const namesLatest = ({ message }: Composed): boolean =>
  message.isTemplate === true && /\blatest\b/.test(JSON.stringify(message))

/** What walks and counters remember, of each device for each step. */
const createMemories = (steps: number, first: TemplateMemory = new Map()) => {
  const memories = new Map<number, TemplateMemory>([[0, new Map(first)]])
  return {
    of: (device: number, step: number): TemplateMemory => {
      const key = device * steps + step
      const known = memories.get(key)
      if (known) return known
      const memory: TemplateMemory = new Map()
      memories.set(key, memory)
      return memory
    },
  }
}
