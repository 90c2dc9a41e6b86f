import type { SkippedMessage } from '#shared/model/frame'
import { largestProperties, readPublishHead, type Extent, type PublishHead } from './publishHead'

export interface PublishSkipperParts {
  readonly isVersion5: boolean
  readonly maximumPacketSize: number
  /** All bytes of it have come and gone. */
  readonly onEnd: (head: PublishHead, skipped: Pick<SkippedMessage, 'bytes' | 'cause'>) => void
}

/** A PUBLISH whose bytes are let go as they come. */
interface Draining {
  readonly head: PublishHead
  readonly bytes: number
  readonly cause: SkippedMessage['cause']
  bytesLeft: number
}

/** Finds out which PUBLISH is too much, and lets its bytes go without holding them. */
export const createPublishSkipper = ({ isVersion5, maximumPacketSize, onEnd }: PublishSkipperParts) => {
  let draining: Draining | null = null
  const drain = (buffer: Buffer, at: number): number => {
    if (!draining) return at
    const { head, bytes, cause } = draining
    const taken = Math.min(draining.bytesLeft, buffer.length - at)
    draining.bytesLeft -= taken
    if (draining.bytesLeft > 0) return at + taken
    draining = null
    onEnd(head, { bytes, cause })
    return at + taken
  }
  return {
    isDraining: (): boolean => draining !== null,
    /** Lets go of what has come of the packet that is skipped; answers where that ends. */
    drain,
    /** Whether a PUBLISH of this size deserves a look before all of it has come. */
    maySkip: (bytes: number): boolean => bytes > maximumPacketSize || (isVersion5 && bytes > largestProperties),
    /** Looks at the beginning of such a one: `read` = it is wanted; `needed` = up to where bytes are needed to tell. */
    look: (
      buffer: Buffer,
      at: number,
      extent: Extent,
    ): 'read' | { readonly needed: number } | { readonly end: number } => {
      const bytes = extent.end - at
      const isTooLarge = bytes > maximumPacketSize
      const given = { first: buffer[at] ?? 0, wantsProperties: isVersion5 && !isTooLarge }
      const head = readPublishHead(buffer, extent, given)
      if (typeof head === 'number') return { needed: head }
      if (!isTooLarge && (head.propertiesLength ?? 0) <= largestProperties) return 'read'
      draining = { head, bytes, cause: isTooLarge ? 'packet' : 'properties', bytesLeft: bytes }
      return { end: drain(buffer, at) }
    },
  }
}
