import type { PublishRequest } from '#shared/model/publish'
import type { SeriesRequest } from '#shared/model/series'
import type { TemplateRequest } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import type { FollowedPayloads } from '../broker/inbox/latestPayloads'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { compileMessage } from '../templates/messageTemplate'
import { valuesOfOneDevice } from '../templates/templateValues'

/** Where the messages of a series come from. */
export interface MessageSource extends Pick<PublishRequest, 'connectionId' | 'topic' | 'qos'> {
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
  { message }: SeriesRequest,
  parts: MessageSourceParts,
): Promise<Result<MessageSource>> => {
  if ('template' in message) return openTemplate(message.template, parts)
  if (!('fileToken' in message)) return ok(sameMessage(message))
  const { fileToken, ...request } = message
  const read = await parts.payloadFiles.read(fileToken)
  return read.ok ? ok(sameMessage({ ...request, payload: read.value.bytes })) : read
}

const sameMessage = (request: PublishRequest): MessageSource => ({
  connectionId: request.connectionId,
  topic: request.topic,
  qos: request.qos,
  next: () => ok(request),
  close: () => undefined,
})

const openTemplate = async (
  { connectionId, message, latest }: TemplateRequest,
  { now, followLatest }: MessageSourceParts,
): Promise<Result<MessageSource>> => {
  const compiled = await compileMessage(message)
  if (!compiled.ok) return compiled
  const followed = followLatest(connectionId)
  const known = new Map(Object.entries(latest))
  const values = valuesOfOneDevice(now(), (topic) => followed?.of(topic) ?? known.get(topic))
  const memory = new Map<string, number>()
  let count = 0
  return ok({
    connectionId,
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
