import {
  largestSavedPayload,
  type PublishedFile,
  type PublishFileRequest,
  type PublishReceipt,
  type PublishRequest,
} from '#shared/model/publish'
import type { ProfileId } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from './payloadFiles'

export interface PublishInTurnParts {
  readonly payloadFiles: Pick<PayloadFiles, 'read'>
  /** Gives a message to its session at once; resolves when its delivery is known. */
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
}

/** Messages and files of a connection go out in the order they were asked for, however long a file takes to be read. */
export interface PublishInTurn {
  publish(request: PublishRequest): Promise<Result<PublishReceipt>>
  /** Publishes what is in the file now. Fails where that cannot be read; then nothing is sent. */
  publishFile(request: PublishFileRequest): Promise<Result<PublishedFile>>
  /** What is in the file now, to keep it in the library. */
  readToKeep(fileToken: string): Promise<Result<Uint8Array>>
}

export const createPublishInTurn = ({ payloadFiles, publish }: PublishInTurnParts): PublishInTurn => {
  /** Until the last file that was asked for is with its session. */
  const turns = new Map<ProfileId, Promise<unknown>>()

  const begin = async ({ fileToken, ...request }: PublishFileRequest) => {
    const read = await payloadFiles.read(fileToken)
    if (!read.ok) return read
    const { file, bytes } = read.value
    const kept = bytes.length <= largestSavedPayload ? copyOf(bytes) : null
    // Not awaited: the next message need not wait for what becomes of this one.
    return ok({ file, kept, delivery: publish({ ...request, payload: bytes }) })
  }

  return {
    publish: (request) => {
      const turn = turns.get(request.connectionId)
      return turn ? turn.then(() => publish(request)) : publish(request)
    },

    publishFile: async (request) => {
      const { connectionId } = request
      const begun = (turns.get(connectionId) ?? Promise.resolve()).then(() => begin(request))
      const turn = begun.then(
        () => undefined,
        () => undefined,
      )
      turns.set(connectionId, turn)
      const started = await begun
      if (turns.get(connectionId) === turn) turns.delete(connectionId)
      return started.ok ? ok({ ...started.value, delivery: await started.value.delivery }) : started
    },

    readToKeep: async (fileToken) => {
      const read = await payloadFiles.read(fileToken, largestSavedPayload)
      return read.ok ? ok(copyOf(read.value.bytes)) : read
    },
  }
}

/** A copy in a buffer of its own: a view sent to the window would take its whole buffer along. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)
