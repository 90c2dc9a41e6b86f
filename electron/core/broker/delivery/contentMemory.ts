import { createHash } from 'node:crypto'
import type { WireMessage } from '../message/wireMessage'
import { isPast, newContent, type ToldContent } from './toldContent'

/** At least so many contents of the newest messages are remembered, and at most twice as many. */
const generationContents = 65_536
/** A payload up to this length is remembered as it is, a longer one by its hash. */
const plainBytes = 64

/**
 * The contents of the newest messages, in two generations. When the younger one is full, or as old as copies are waited
 * for, the older one is dropped as a whole: so nothing has to be removed one by one.
 */
export const createContentMemory = () => {
  let young = new Map<string, ToldContent>()
  let old = new Map<string, ToldContent>()
  let youngSince = 0

  return {
    /** The content of a message, a new one where none is remembered. */
    of: (message: WireMessage): ToldContent => {
      const key = contentKeyOf(message)
      return young.get(key) ?? old.get(key) ?? newContent(key)
    },
    /** Remembers the content of a message told now. */
    keep: (content: ToldContent, now: number): void => {
      if (young.size >= generationContents || isPast(youngSince, now)) {
        old = young
        young = new Map()
        youngSince = now
      }
      young.set(content.key, content)
    },
    clear: (): void => {
      young = new Map()
      old = new Map()
    },
  }
}

/** The same text for messages with equal topic and payload. It keeps no reference to the socket's chunk. */
export const contentKeyOf = ({ topic, source, payloadStart, end }: WireMessage): string => {
  const length = end - payloadStart
  // No topic contains U+0000.
  const place = topic.id < 0 ? `${topic.text}\0` : topic.id
  if (length <= plainBytes) return `${place}:${source.toString('latin1', payloadStart, end)}`
  const hash = createHash('sha256').update(source.subarray(payloadStart, end)).digest('base64')
  return `${place}#${length}#${hash}`
}
