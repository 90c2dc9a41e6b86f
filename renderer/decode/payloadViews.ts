import { readingOf } from '#shared/text/payloadReading'
import type { JudgedPayload, PayloadView } from './payloadView'
import { base64View } from './views/base64View'
import { diagnosticView } from './views/diagnosticView'
import { hexView } from './views/hexView'
import { jsonView } from './views/jsonView'
import { textView } from './views/textView'
import { treeView } from './views/treeView'

/** Every way to show a payload, in the order a person finds them. */
export const payloadViews = [textView, jsonView, treeView, diagnosticView, hexView, base64View] as const

export type PayloadViewId = (typeof payloadViews)[number]['id']

export const payloadViewOf = (id: PayloadViewId): PayloadView<PayloadViewId> =>
  payloadViews.find((view) => view.id === id) ?? payloadViews[0]

interface NamedPayload extends Pick<JudgedPayload, 'bytes' | 'payloadBytes'> {
  /** Absent = the message names none. */
  readonly contentType?: string | undefined
}

/** The view that fits the payload, or all of several payloads that are to be compared. */
export const viewFor = (...payloads: readonly NamedPayload[]): PayloadView<PayloadViewId> => {
  const judged = payloads.map(({ bytes, payloadBytes, contentType = '' }) => ({
    bytes,
    payloadBytes,
    contentType,
    reading: readingOf(bytes, payloadBytes),
  }))
  return byPriority.find((view) => judged.every((one) => view.isFor(one))) ?? payloadViews[0]
}

const byPriority: readonly PayloadView<PayloadViewId>[] = payloadViews.toSorted(
  (one, other) => other.priority - one.priority,
)
