import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SenderPlan } from '#shared/model/sender'
import type { PublishedTemplate, RenderedMessage, TemplatePreview, TemplateRequest } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { openSource } from '../senders/source/senderSource'
import { compileMessage } from './messageTemplate'
import { commonValues } from './templateValues'

export interface TemplateVerbsParts {
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is done with a template by itself. */
export interface TemplateVerbs {
  /**
   * The first messages that a sender of it would send now, up to the first that cannot be made. Fails as compiling it does, and
   * where its rows cannot be read.
   */
  preview(wanted: TemplatePreview): Promise<Result<readonly RenderedMessage[]>>
  /** Fails as rendering it does; then nothing is sent. */
  publish(request: TemplateRequest): Promise<Result<PublishedTemplate>>
}

export const createTemplateVerbs = ({ publish, payloadFiles, now }: TemplateVerbsParts): TemplateVerbs => ({
  preview: async (wanted) => {
    const { connectionId, latest, count } = wanted
    const startedAt = now()
    let number = 0
    const source = await openSource(
      { connectionId, latest, plan: previewedPlan(wanted) },
      {
        payloadFiles,
        now: () => startedAt + number * wanted.intervalMs,
        followLatest: () => undefined,
        onRead: () => undefined,
      },
    )
    if (!source.ok) return source
    const messages: RenderedMessage[] = []
    for (; number < count && messages.every(({ ok: isMade }) => isMade); number++) {
      const made = source.value.next(number)
      if (made === 'none' || made === 'notRead') break
      messages.push(made)
    }
    source.value.close()
    return ok(messages)
  },
  publish: async (request) => {
    const compiled = await compileMessage(request.message)
    if (!compiled.ok) return compiled
    const time = now()
    const { latest, connectionId } = request
    const common = commonValues(time, (topic) => (Object.hasOwn(latest, topic) ? latest[topic] : undefined))
    const rendered = compiled.value.render({ ...common, now: time, device: 1, message: 1, row: {} }, new Map())
    if (!rendered.ok) return rendered
    return ok({ message: rendered.value, delivery: await publish({ connectionId, ...rendered.value }) })
  },
})

const previewedPlan = ({ message, intervalMs, devices = 1, rows }: TemplatePreview): SenderPlan => ({
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
