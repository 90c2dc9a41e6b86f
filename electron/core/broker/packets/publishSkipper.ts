// Why it is so: build/docs/decisions/12-too-large-messages-are-skipped.md
import { largestProperties, readPublishHead, type Extent, type PublishHead } from './publishHead'
import { publishFlags } from './publishReader'

/** A PUBLISH that is larger than is wanted; all of its bytes have gone by. */
export interface SkippedPublish {
  readonly kind: 'skipped'
  /** '' = its alias stands for it. */
  readonly topic: string
  /** MQTT 5 §3.3.2.3.4; 0 = none. */
  readonly topicAlias: number
  /** 0 = none. */
  readonly packetId: number
  /** QoS, RETAIN and DUP as `flags` of frame.ts has them. */
  readonly flags: number
  /** Of the whole packet. */
  readonly bytes: number
  /** Which of the two is too large. */
  readonly cause: 'packet' | 'properties'
}

export interface PublishSkipperParts {
  readonly isVersion5: boolean
  readonly maximumPacketSize: number
  /** Whether a server may use topic aliases: then those of skipped messages are read too. */
  readonly allowsAliases: boolean
}

export interface PublishSkipper {
  /** Whether a PUBLISH of this size may have to be skipped, which `look` decides. */
  maySkip(bytes: number): boolean
  /**
   * Looks at the beginning of such a one: `read` = it is wanted; `skip` = `drain` is to be called from its first byte
   * on; a number = up to where bytes are needed to tell.
   */
  look(buffer: Buffer, at: number, extent: Extent): 'read' | 'skip' | number
  /** How many bytes of the PUBLISH that is skipped are still to come; 0 = none is. */
  bytesLeft(): number
  /** Drops so many of them; answers the message when those were the last, null before. */
  drain(bytes: number): SkippedPublish | null
}

/** Decides which PUBLISH is too large, and drops its bytes as they come. */
export const createPublishSkipper = ({
  isVersion5,
  maximumPacketSize,
  allowsAliases,
}: PublishSkipperParts): PublishSkipper => {
  let skipped: SkippedPublish | null = null
  let bytesLeft = 0

  const begin = (
    { first, topic, topicAlias, packetId }: PublishHead,
    bytes: number,
    cause: SkippedPublish['cause'],
  ): 'skip' => {
    skipped = { kind: 'skipped', topic, topicAlias, packetId, flags: publishFlags(first), bytes, cause }
    bytesLeft = bytes
    return 'skip'
  }
  return {
    maySkip: (bytes) => bytes > maximumPacketSize || (isVersion5 && bytes > largestProperties),
    look: (buffer, at, extent) => {
      const bytes = extent.end - at
      const isTooLarge = bytes > maximumPacketSize
      const wantsAlias = isVersion5 && allowsAliases
      const given = { first: buffer[at] ?? 0, wantsProperties: wantsAlias || (isVersion5 && !isTooLarge), wantsAlias }
      const head = readPublishHead(buffer, extent, given)
      if (typeof head === 'number') return head
      if (isTooLarge) return begin(head, bytes, 'packet')
      return (head.propertiesLength ?? 0) <= largestProperties ? 'read' : begin(head, bytes, 'properties')
    },
    bytesLeft: () => bytesLeft,
    drain: (bytes) => {
      bytesLeft -= bytes
      return bytesLeft === 0 ? skipped : null
    },
  }
}
