import { formatHex } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { payloadCopyText } from '../../../model/messageLog/messageLogCompose'
import { isHead } from '../../../model/messageLog/payloadHead'
import { formatIso } from '../../../ui/format'

/** What several messages are as text; null = there is more than a clipboard should take. */
export type ManyText = (messages: Iterable<MessageView>, limit: number) => string | null

/** A line a message: when it came, its topic, and its payload, with tabs between them. */
export const rowsText: ManyText = (messages, limit) =>
  joined(messages, {
    limit,
    end: '\n',
    textOf: (message) => [formatIso(message.time), message.topic, onOneLine(message)].join('\t'),
  })

/** Payload below payload; of a large one what the log has of it. */
export const payloadsText: ManyText = (messages, limit) =>
  joined(messages, { limit, end: '\n', textOf: ({ payload }) => payloadCopyText(payload) })

/** Each topic once, in the order in which they come. */
export const topicsText: ManyText = (messages, limit) => {
  const seen = new Set<string>()
  const textOf = ({ topic }: MessageView) => (seen.has(topic) ? null : topic)
  return joined(messages, { limit, end: '\n', textOf, onText: (topic) => seen.add(topic) })
}

interface JoinOptions {
  readonly limit: number
  readonly end: string
  readonly textOf: (message: MessageView) => string | null
  readonly onText?: (text: string) => void
}

const joined = (messages: Iterable<MessageView>, { limit, end, textOf, onText }: JoinOptions): string | null => {
  const texts: string[] = []
  let length = 0
  for (const message of messages) {
    const text = textOf(message)
    if (text === null) continue
    onText?.(text)
    texts.push(text)
    length += text.length + end.length
    if (length > limit) return null
  }
  return texts.join(end)
}

const breaks: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' }

/** Line breaks and tabs of the payload are written as in a string of a program, so that each message stays one line. */
const onOneLine = (message: MessageView): string => {
  const { payload } = message
  const text = isUtf8(payload)
    ? decodeUtf8(payload).replace(/[\t\n\r\\]/g, (sign) => breaks[sign] ?? sign)
    : formatHex(payload)
  return isHead(message) ? `${text}…` : text
}
