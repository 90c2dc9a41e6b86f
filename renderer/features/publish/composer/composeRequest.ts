import type { PublishFileRequest, PublishRequest } from '#shared/model/publish'
import {
  composedPublish,
  messageProblems,
  payloadProblem,
  type MessageProblems,
  type SchemaWriters,
} from '#shared/model/composing'
import { isOnDisk, isTemplateDraft, type Draft } from './draft'

export type ComposedRequest =
  | { readonly ok: true; readonly request: PublishRequest | PublishFileRequest }
  | { readonly ok: false; readonly problems: MessageProblems }

/**
 * Everything that is wrong with a draft; the editor's text does not count while a file takes its place. What a template makes is
 * known when it is rendered.
 */
export const draftProblems = (draft: Draft, writers?: SchemaWriters): MessageProblems => {
  if (isTemplateDraft(draft)) return {}
  const { message, file } = draft
  const { payload, ...others } = messageProblems(message, writers)
  return file || !payload ? others : { ...others, payload }
}

/** Whether a draft says JSON and is none: it can be sent, and a warning says so. */
export const isSentAsTyped = ({ message, file }: Draft): boolean =>
  !file && !message.isTemplate && message.format === 'json' && payloadProblem(message) !== null

/** Whether something is wrong that only the section of the MQTT 5 properties shows. */
export const hasPropertyProblems = ({ topic: _topic, payload: _payload, ...properties }: MessageProblems): boolean =>
  Object.keys(properties).length > 0

/** What to send for a draft, or what is wrong with it. */
export const composeRequest = (connectionId: string, draft: Draft, writers?: SchemaWriters): ComposedRequest => {
  const problems = draftProblems(draft, writers)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const { message, file } = draft
  const request = { connectionId, ...composedPublish(message, writers) }
  if (!file) return { ok: true, request }
  if (!isOnDisk(file)) return { ok: true, request: { ...request, payload: file.bytes } }
  const { payload: _payload, ...rest } = request
  return { ok: true, request: { ...rest, fileToken: file.token } }
}
