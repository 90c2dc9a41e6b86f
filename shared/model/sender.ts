import { z } from 'zod'
import type { AppError } from '#shared/result'
import { profileIdSchema, type ProfileId } from './profile'
import { composedMessageSchema, fileTokenSchema } from './publish'
import type { Qos } from './qos'

/** What a sender may be told, at most. */
export const senderLimits = {
  /** Milliseconds between two messages of one device: from one to a day. */
  everyMs: { least: 1, most: 86_400_000 },
  /** Messages a second, over all devices. */
  perSecond: { least: 0.001, most: 100_000 },
  /** Messages in all, over all devices. */
  count: { least: 1, most: 1_000_000_000 },
  /** Milliseconds: from one to a year. */
  lasts: { least: 1, most: 31_536_000_000 },
  devices: { least: 1, most: 10_000 },
  /** Clients of their own are connections of their own. */
  ownClients: 1_000,
  burst: { least: 1, most: 10_000 },
  steps: 1_000,
  /** How much faster than it was recorded. */
  speed: { least: 0.01, most: 1_000 },
  /** Messages of a recording. */
  recorded: 1_000_000,
  /** Milliseconds. */
  pause: { least: 0, most: 86_400_000 },
} as const

const within = ({ least, most }: { readonly least: number; readonly most: number }) => z.number().min(least).max(most)

/** The longest payload of MQTT as Base64. */
const longestPayload = 2 ** 29

/**
 * A message as it is composed; with a token, its payload is what is in that file when it is sent. It is not kept like a
 * saved one, so its payload may be as long as one that is sent.
 */
export const sentMessageSchema = z.object({
  message: composedMessageSchema.extend({ payload: z.string().max(longestPayload) }),
  fileToken: fileTokenSchema.optional(),
})

/** A text with many lines, or a file with them. */
export const senderDataSchema = z.union([
  z.object({ text: z.string().max(2 ** 24) }),
  z.object({ fileToken: fileTokenSchema }),
])
export type SenderData = z.infer<typeof senderDataSchema>

/** Where rows of data come from: each is a message, made from the template with `row`. */
export const senderRowsSchema = z.object({
  format: z.enum(['csv', 'jsonLines']),
  data: senderDataSchema,
})

const stepSchema = sentMessageSchema.extend({
  /** Milliseconds until the next step. */
  pauseMs: z.number().int().min(senderLimits.pause.least).max(senderLimits.pause.most),
})

export type SenderRows = z.infer<typeof senderRowsSchema>

/**
 * What is sent. `message`: one message again and again. `rows`: a message for each row. `list`: one message after the other.
 * `recording`: the messages of a recording as they were, in JSON lines of Topicscope or of `mosquitto_sub -F %j`.
 * `script`: what a script makes, which is read when the sender starts.
 */
const sourceSchema = z.discriminatedUnion('kind', [
  sentMessageSchema.extend({ kind: z.literal('message') }),
  z.object({
    kind: z.literal('rows'),
    message: composedMessageSchema,
    rows: senderRowsSchema,
    /** Begins again after the last row. */
    loops: z.boolean(),
  }),
  z.object({
    kind: z.literal('list'),
    steps: z.array(stepSchema).min(1).max(senderLimits.steps),
    loops: z.boolean(),
  }),
  z.object({ kind: z.literal('recording'), data: senderDataSchema, loops: z.boolean() }),
  z.object({ kind: z.literal('script'), scriptId: z.string().min(1).max(64) }),
])

/**
 * When messages are due. `interval`: each device sends one every so many milliseconds, and the devices are spread evenly over
 * that time. `rate`: so many a second over all devices. `pauses`: as the steps of a list say. `recorded`: as the messages of a
 * recording came, so many times as fast.
 */
const paceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('interval'), everyMs: within(senderLimits.everyMs) }),
  z.object({ kind: z.literal('rate'), perSecond: within(senderLimits.perSecond) }),
  z.object({ kind: z.literal('pauses') }),
  z.object({ kind: z.literal('recorded'), speed: within(senderLimits.speed) }),
])

/** How the times of a pace are changed. */
const shapeSchema = z.object({
  /** The rate grows from nothing to all of it in so many milliseconds; 0 = it is there at once. */
  rampMs: z.number().int().min(0).max(senderLimits.everyMs.most),
  /** So many messages go out together, with the pauses between them longer by as much: the rate stays. */
  burst: z.number().int().min(senderLimits.burst.least).max(senderLimits.burst.most),
  /** From 0 to 1: each time is put off by a random part of so much of the interval. */
  jitter: z.number().min(0).max(1),
})

/** What a recording holds. */
export interface RecordingFacts {
  readonly messages: number
  /** Milliseconds from its first message to its last. */
  readonly lasts: number
  /** Of the first lines that are no message, which are left out, why. */
  readonly unreadable: readonly AppError[]
  /** How many they are in all. */
  readonly unreadableCount: number
}

/** At most so many plans are kept under a name. */
export const mostSenderPlans = 200

export const senderPlanSchema = z.object({
  /** The plan's own; for what a draft repeats, that of the draft. */
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  source: sourceSchema,
  pace: paceSchema,
  shape: shapeSchema,
  /** Over at the first of both; null = no such end. */
  end: z.object({
    count: z.number().int().min(senderLimits.count.least).max(senderLimits.count.most).nullable(),
    afterMs: z.number().int().min(senderLimits.lasts.least).max(senderLimits.lasts.most).nullable(),
  }),
  devices: z.object({
    count: z.number().int().min(senderLimits.devices.least).max(senderLimits.devices.most),
    /** `shared`: all over the connection of the profile. `own`: each over a connection of its own. */
    clients: z.enum(['shared', 'own']),
    /** Client IDs of clients of their own: a template, in which `n` is the device. */
    clientId: z.string().max(1_000),
  }),
  /** What becomes of messages that are due while the broker cannot keep up: left out, or sent later. */
  whenSlow: z.enum(['skip', 'wait']),
})
export type SenderPlan = z.infer<typeof senderPlanSchema>
export type SenderSource = SenderPlan['source']
export type SenderPace = SenderPlan['pace']

/** A sender belongs to a connection and runs one plan there. */
export const senderKeySchema = z.object({ connectionId: profileIdSchema, senderId: z.string().min(1).max(64) })
export type SenderKey = z.infer<typeof senderKeySchema>

export const senderRequestSchema = z.object({
  connectionId: profileIdSchema,
  plan: senderPlanSchema,
  /** The last messages of topics as text, as far as the window knows them. */
  latest: z.record(z.string(), z.string()),
})
export type SenderRequest = z.infer<typeof senderRequestSchema>

/** What became of the messages of a sender. Those given to the connection and in none of the others wait for their answer. */
export interface SenderCounts {
  /** Given to the connection. */
  readonly sent: number
  /** Written to the socket (QoS 0), or completed by the broker (QoS 1 and 2). */
  readonly acknowledged: number
  readonly refused: number
  /** The connection ended before an answer, and they are not sent again. */
  readonly lost: number
  /** The connection ended before an answer; they are sent again when the session is resumed. */
  readonly interrupted: number
  /** Not sent, because the broker or this computer could not keep up, or the client of its device is not connected. */
  readonly skipped: number
}

/**
 * Why a sender is over. `impossible`: a message was not sent, and the next ones would not be either, for the same reason.
 * `finished`: all it had to send is sent and answered.
 */
export type SenderEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'connectionEnded'; readonly error: AppError | null }
  | { readonly kind: 'impossible'; readonly error: AppError }

/** Times between sends as they were, in milliseconds; of the last thousands. At an interval, those of each device. */
export interface AchievedIntervals {
  readonly p50: number
  readonly p95: number
}

export interface SenderStatus {
  readonly connectionId: ProfileId
  readonly senderId: string
  readonly name: string
  /** Of the first message, as the plan has it: it may be a template. */
  readonly topic: string
  /** The highest of its messages: of a sender with QoS 0 none is ever acknowledged. */
  readonly qos: Qos
  readonly pace: SenderPace
  readonly devices: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly counts: SenderCounts
  /** Given to the connection and not answered. */
  readonly unanswered: number
  /** Due, and waiting until the broker takes them; only where the plan waits. */
  readonly late: number
  /** Messages to send in all; null = until it is stopped. */
  readonly planned: number | null
  /** From 0 to 1 by count or by time, whichever ends first; null = it has no end. */
  readonly progress: number | null
  /** Messages a second over the last seconds. */
  readonly rate: number
  /** Messages a second that the plan wants now; null = by its pauses. */
  readonly wantedRate: number | null
  /** Milliseconds by which the latest message was later than its time. */
  readonly driftMs: number
  readonly intervals: AchievedIntervals | null
  /** Messages sent in each of the last seconds, oldest first, at most 60. */
  readonly recent: readonly number[]
  /** Clients of their own that are online; null = it has none. */
  readonly clientsOnline: number | null
  /** How often the connection of such a client ended unasked; absent = never. It is made again as the profile says. */
  readonly clientsLost?: number
  /** The first refusal; a sender goes on after it. */
  readonly firstRefusal: AppError | null
  /** What of its source cannot be sent; absent = nothing. */
  readonly leftOut?: AppError
  /** Null = it is running. */
  readonly end: SenderEnd | null
}
