import { composedPublish, messageProblems } from '#shared/model/composing'
import type { PublishRequest } from '#shared/model/publish'
import type { SenderRequest } from '#shared/model/sender'
import { fail, ok, type Result } from '#shared/result'
import type { FollowedPayloads } from '../broker/inbox/latestPayloads'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { compileMessage } from '../templates/messageTemplate'
import { valuesOfOneDevice } from '../templates/templateValues'

/** Where the messages of a sender come from. */
export interface MessageSource extends Pick<PublishRequest, 'topic' | 'qos'> {
  /** The next message; fails as rendering its template does. */
  next(): Result<PublishRequest>
  /** No message is wanted any more. */
  close(): void
}

export interface MessageSourceParts {
  readonly payloadFiles: Pick<PayloadFiles, 'read'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Keeps what arrives on a connection; undefined = there is no such connection. */
  readonly followLatest: (connectionId: string) => FollowedPayloads | undefined
}

/** Fails as reading its file does, and as rendering its template does. */
export const openMessageSource = async (
  request: SenderRequest,
  parts: MessageSourceParts,
): Promise<Result<MessageSource>> => {
  const { connectionId, plan } = request
  const { source } = plan
  if (source.kind !== 'message')
    return fail('invalidInput', 'Only one message is sent so far.', { field: 'plan.source' })
  const { message, fileToken } = source
  if (message.isTemplate) return openTemplate(request, parts)
  const [part] = Object.keys(messageProblems(message))
  if (part && !fileToken)
    return fail('invalidInput', `The ${part} cannot be sent.`, { field: `plan.source.message.${part}` })
  const composed = { connectionId, ...composedPublish(message) }
  if (fileToken === undefined) return ok(sameMessage(composed))
  const read = await parts.payloadFiles.read(fileToken)
  return read.ok ? ok(sameMessage({ ...composed, payload: read.value.bytes })) : read
}

const sameMessage = (request: PublishRequest): MessageSource => ({
  topic: request.topic,
  qos: request.qos,
  next: () => ok(request),
  close: () => undefined,
})

const openTemplate = async (
  { connectionId, plan: { source }, latest }: SenderRequest,
  { now, followLatest }: MessageSourceParts,
): Promise<Result<MessageSource>> => {
  if (source.kind !== 'message') return fail('internal', 'No template.')
  const { message } = source
  const compiled = await compileMessage(message)
  if (!compiled.ok) return compiled
  const followed = followLatest(connectionId)
  const known = new Map(Object.entries(latest))
  const values = valuesOfOneDevice(now(), (topic) => followed?.of(topic) ?? known.get(topic))
  const memory = new Map<string, number>()
  let count = 0
  return ok({
    topic: message.topic,
    qos: message.qos,
    next: () => {
      count += 1
      const rendered = compiled.value.render({ ...values, now: now(), message: count }, memory)
      return rendered.ok ? ok({ connectionId, ...rendered.value }) : rendered
    },
    close: () => followed?.stop(),
  })
}
