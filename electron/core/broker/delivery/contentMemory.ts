import { createHash } from 'node:crypto'
import type { WireMessage } from '../message/wireMessage'
import { isPast, newContent, type ToldContent } from './toldContent'

/** So many contents of the newest messages are remembered, and at most twice as many. */
const generationContents = 65_536
/** A payload up to this length is remembered as it is, a longer one by its hash. */
const plainBytes = 64

/** A text that two messages share when topic and payload are equal; it does not hold on to the socket's chunk. */
const keyOf = ({ topic, source, payloadStart, end }: WireMessage): string => {
  const length = end - payloadStart
  // No topic contains U+0000.
  const place = topic.id < 0 ? `${topic.text}\0` : topic.id
  if (length <= plainBytes) return `${place}:${source.toString('latin1', payloadStart, end)}`
  const hash = createHash('sha256').update(source.subarray(payloadStart, end)).digest('base64')
  return `${place}#${length}#${hash}`
}

/**
 * The contents of the newest messages, in two generations: the older one goes whole when the younger one is full or has
 * lasted as long as copies are waited for. So remembering costs the same however many there are.
 */
export const createContentMemory = () => {
  let young = new Map<string, ToldContent>()
  let old = new Map<string, ToldContent>()
  let youngSince = 0

  return {
    /** The content of a message, a new one where none is remembered. */
    of: (message: WireMessage): ToldContent => {
      const key = keyOf(message)
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
