import type {
  PayloadFile,
  PublishedFile,
  PublishFileRequest,
  PublishReceipt,
  PublishRequest,
} from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import type { App } from '../../../state/app'

/** What became of a message; `unread` = nothing was sent, because its file could not be read. */
export type Sent =
  | { readonly kind: 'delivered'; readonly delivery: Result<PublishReceipt>; readonly published: PublishedFile | null }
  | { readonly kind: 'unread'; readonly error: AppError }

/** Sends a message, or what is in its file now. */
export const sendRequest = async ({ api }: App, request: PublishRequest | PublishFileRequest): Promise<Sent> => {
  if (!('fileToken' in request)) {
    return { kind: 'delivered', delivery: await api.invoke('message.publish', request), published: null }
  }
  const result = await api.invoke('message.publishFile', request)
  if (!result.ok) return { kind: 'unread', error: result.error }
  return { kind: 'delivered', delivery: result.value.delivery, published: result.value }
}

/** Whether a file is not what it was when the window heard of it last. */
export const hasChanged = (known: PayloadFile, now: PayloadFile): boolean =>
  known.size !== now.size || known.modifiedAt !== now.modifiedAt
