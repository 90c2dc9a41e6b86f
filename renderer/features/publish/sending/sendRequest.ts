import type {
  PayloadFile,
  PublishedFile,
  PublishFileRequest,
  PublishReceipt,
  PublishRequest,
} from '#shared/model/publish'
import type { TemplateRequest } from '#shared/model/template'
import type { AppError, Result } from '#shared/result'
import type { App } from '../../../state/app'

/** What became of a message; `unmade` = nothing was sent, because its file could not be read or its template not be rendered. */
export type Sent =
  | { readonly kind: 'delivered'; readonly delivery: Result<PublishReceipt>; readonly published: PublishedFile | null }
  | { readonly kind: 'unmade'; readonly error: AppError }

/** A message as it is, one whose payload is in a file, or a template. */
export type SendRequest = PublishRequest | PublishFileRequest | { readonly template: TemplateRequest }

/** Sends a message, what is in its file now, or what its template makes now. */
export const sendRequest = async ({ api }: App, request: SendRequest): Promise<Sent> => {
  if ('template' in request) {
    const made = await api.invoke('message.publishTemplate', request.template)
    if (!made.ok) return { kind: 'unmade', error: made.error }
    return { kind: 'delivered', delivery: made.value.delivery, published: null }
  }
  if (!('fileToken' in request)) {
    return { kind: 'delivered', delivery: await api.invoke('message.publish', request), published: null }
  }
  const result = await api.invoke('message.publishFile', request)
  if (!result.ok) return { kind: 'unmade', error: result.error }
  return { kind: 'delivered', delivery: result.value.delivery, published: result.value }
}

/** Whether a file is not what it was when the window heard of it last. */
export const hasChanged = (known: PayloadFile, now: PayloadFile): boolean =>
  known.size !== now.size || known.modifiedAt !== now.modifiedAt
