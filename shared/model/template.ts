import { z } from 'zod'
import type { Result } from '#shared/result'
import { composedMessageSchema, type MadeMessage, type PublishReceipt } from './publish'
import { senderLimits, senderRowsSchema } from './sender'

/** Why a template is none, or could not be rendered. */
export const templateProblemCodes = [
  'syntax',
  'unknownVariable',
  'noEnvironment',
  'unknownEnvironmentVariable',
  'secretNotKnown',
  'unknownFilter',
  'unknownTag',
  'unknownFakerField',
  'notANumber',
  'nothingToChoose',
  'noMessageYet',
  'noSuchField',
  'tooLong',
  'tooMuchWork',
] as const
export type TemplateProblemCode = (typeof templateProblemCodes)[number]

/** Lines and columns count from 1, columns in UTF-16 units. */
export interface TemplateProblem {
  readonly code: TemplateProblemCode
  readonly line: number
  readonly column: number
  /** The name, or the text, that is to blame; '' = none. */
  readonly detail: string
  /** Names that there are instead. */
  readonly known?: string
}

/** The texts of a message that may be templates, and that of the client IDs of devices. */
const templateParts = [
  'topic',
  'payload',
  'contentType',
  'responseTopic',
  'correlationData',
  'messageExpiry',
  'userProperties',
  'clientId',
] as const
export type TemplatePart = (typeof templateParts)[number]

/** The last messages of topics as text, as far as the window knows them. */
const latestSchema = z.record(z.string(), z.string())

export const templateRequestSchema = z.object({
  connectionId: z.string(),
  /** The draft it is sent from, whose count goes on with it; default: it is the first. */
  draftId: z.string().max(64).optional(),
  message: composedMessageSchema,
  latest: latestSchema,
})
export type TemplateRequest = z.infer<typeof templateRequestSchema>

const previewLimit = 10

export const templatePreviewSchema = templateRequestSchema.extend({
  count: z.number().int().min(1).max(previewLimit),
  /** Milliseconds from one message to the next. */
  intervalMs: z.number().int().min(senderLimits.everyMs.least).max(senderLimits.everyMs.most),
  /** How many devices send in turn; default: one. */
  devices: z.number().int().min(senderLimits.devices.least).max(senderLimits.devices.most).optional(),
  /** The first rows are what `row` is; default: there is none. */
  rows: senderRowsSchema.optional(),
})
export type TemplatePreview = z.infer<typeof templatePreviewSchema>

/** A message as it would be sent, or the failure that keeps it from being sent. */
export type RenderedMessage = Result<MadeMessage>

/** A message as it would be sent, but for secrets: dots stand for them. */
export type PreviewedMessage = Result<
  MadeMessage & {
    readonly hidesSecrets: boolean
    /** Which message of its draft, or of its sender, it is: 1, 2, ... */
    readonly number: number
    /** Of the payload as it would be sent. */
    readonly payloadBytes: number
  }
>

/** What became of a message that was made from a template and given to the session. It may hold secrets. */
export interface PublishedTemplate {
  readonly delivery: Result<PublishReceipt>
}
