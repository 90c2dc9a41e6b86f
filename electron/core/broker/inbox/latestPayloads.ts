import type { WireMessage } from '../message/wireMessage'

/** What topics carried last, while somebody wants to know. */
export interface LatestPayloads {
  /** Of each message that arrives. Nothing is kept while nobody follows. */
  note(message: Pick<WireMessage, 'topic' | 'source' | 'payloadStart' | 'end'>): void
  /** Keeps them from now on. */
  follow(): FollowedPayloads
}

export interface FollowedPayloads {
  /** As text; undefined = no message of the topic came since, or it is no longer kept. */
  of(topic: string): string | undefined
  stop(): void
}

/** Payloads are kept up to so many bytes; the topic that was longest without a message is forgotten first. */
const mostBytes = 64 * 2 ** 20
const mostTopics = 100_000

export const createLatestPayloads = (): LatestPayloads => {
  const payloads = new Map<string, Buffer>()
  let followers = 0
  let bytes = 0

  const forget = (topic: string) => {
    bytes -= payloads.get(topic)?.length ?? 0
    payloads.delete(topic)
  }
  return {
    note: ({ topic, source, payloadStart, end }) => {
      if (followers === 0) return
      forget(topic.text)
      const payload = Buffer.from(source.subarray(payloadStart, end))
      payloads.set(topic.text, payload)
      bytes += payload.length
      for (const oldest of payloads.keys()) {
        if (bytes <= mostBytes && payloads.size <= mostTopics) break
        forget(oldest)
      }
    },
    follow: () => {
      followers += 1
      let isStopped = false
      return {
        of: (topic) => payloads.get(topic)?.toString('utf8'),
        stop: () => {
          if (isStopped) return
          isStopped = true
          followers -= 1
          if (followers > 0) return
          payloads.clear()
          bytes = 0
        },
      }
    },
  }
}
