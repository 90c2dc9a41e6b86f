// Why it is so: build/docs/decisions/75-a-template-is-shown-with-dots.md
import { secretDots } from '#shared/model/environment'
import type { MadeMessage } from '#shared/model/publish'
import type { SenderPlan } from '#shared/model/sender'
import type { PreviewedMessage, RenderedMessage, TemplatePreview } from '#shared/model/template'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { openComposedSource, type ComposedSource } from '../senders/source/senderSource'
import type { DraftCount } from './draftCounts'
import { withDots, type TemplateEnvironment } from './templateEnvironment'

export interface TemplatePreviewParts {
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  readonly environment: TemplateEnvironment
  /** What its draft remembers of those that were sent. */
  readonly begun: DraftCount
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/**
 * The first messages that a sender of a template would send, up to the first that cannot be made. Each is made once as it would be
 * sent and once with dots for secrets. Where the first took a secret, the second is shown, with the size of the first: nothing that
 * is made of a secret is shown.
 */
export const previewTemplate = async (
  wanted: TemplatePreview,
  parts: TemplatePreviewParts,
): Promise<Result<readonly PreviewedMessage[]>> => {
  const draws = sameDraws()
  const { environment, hasTakenSecret } = watched(parts.environment)
  const sent = await openPreviewed(wanted, { ...parts, environment }, draws())
  if (!sent.ok) return sent
  const dotted = await openPreviewed(wanted, { ...parts, environment: withDots(environment) }, draws())
  if (!dotted.ok) {
    sent.value.close()
    return dotted
  }
  const messages: PreviewedMessage[] = []
  while (messages.length < wanted.count && messages.every(({ ok: isMade }) => isMade)) {
    const made = sent.value.next()
    const shown = dotted.value.next()
    if (made === null) break
    const number = parts.begun.made + messages.length + 1
    messages.push(made.ok ? ok({ ...previewed(made.value, hasTakenSecret() ? shown : made), number }) : made)
  }
  sent.value.close()
  dotted.value.close()
  return ok(messages)
}

/** Where dots make no message, for instance because they are no hex, they stand for all of it. */
const previewed = (sent: MadeMessage, shown: RenderedMessage | null) => {
  const message = shown?.ok
    ? shown.value
    : { ...sent, topic: secretDots, payload: encodeUtf8(secretDots), properties: {} }
  return { ...message, hidesSecrets: message !== sent, payloadBytes: sent.payload.length }
}

/** The environment, and whether the value of a secret was taken since that was asked last. */
const watched = (environment: TemplateEnvironment) => {
  const { values, shown } = environment
  let isTaken = false
  const properties = Object.keys(values).map((name): [string, PropertyDescriptor] => [
    name,
    {
      enumerable: true,
      get: () => {
        isTaken ||= values[name] !== shown[name]
        return values[name]
      },
    },
  ])
  return {
    environment: { ...environment, values: Object.defineProperties({}, Object.fromEntries(properties)) },
    hasTakenSecret: () => {
      const was = isTaken
      isTaken = false
      return was
    },
  }
}

interface PreviewedSource {
  /** Null = there was a last one. */
  next(): RenderedMessage | null
  close(): void
}

const openPreviewed = async (
  wanted: TemplatePreview,
  { payloadFiles, environment, begun, startedAt }: TemplatePreviewParts,
  random: () => number,
): Promise<Result<PreviewedSource>> => {
  const { connectionId, latest, intervalMs } = wanted
  let number = 0
  const plan = previewedPlan(wanted)
  const opened = await openComposedSource({ connectionId, latest, plan }, plan.source, {
    payloadFiles,
    environment,
    random,
    begun,
    now: () => startedAt + number * intervalMs,
    followLatest: () => undefined,
    onRead: () => undefined,
  })
  if (!opened.ok) return opened
  const source = opened.value
  return ok({
    next: () => {
      const made = source.next(number)
      number += 1
      return made === 'none' || made === 'notRead' ? null : made
    },
    close: source.close,
  })
}

/** Draws the same numbers for each that draws. */
const sameDraws = () => {
  const drawn: number[] = []
  return () => {
    let next = 0
    return () => (drawn[next++] ??= Math.random())
  }
}

const previewedPlan = ({
  message,
  intervalMs,
  devices = 1,
  rows,
}: TemplatePreview): SenderPlan & { readonly source: ComposedSource } => ({
  id: 'preview',
  name: '',
  source: rows
    ? { kind: 'rows', message, rows, loops: false }
    : { kind: 'message', message: { ...message, isTemplate: true } },
  pace: { kind: 'interval', everyMs: intervalMs },
  shape: { rampMs: 0, burst: 1, jitter: 0 },
  end: { count: null, afterMs: null },
  devices: { count: devices, clients: 'shared', clientId: '' },
  whenSlow: 'skip',
})
