import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { PublishedTemplate, RenderedMessage, TemplatePreview, TemplateRequest } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import { compileMessage } from './messageTemplate'
import { valuesOfOneDevice } from './templateValues'

export interface TemplateVerbsParts {
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is done with a single template. */
export interface TemplateVerbs {
  /** The first messages that a series of it would send now. Fails as compiling it does. */
  preview(wanted: TemplatePreview): Promise<Result<readonly RenderedMessage[]>>
  /** Fails as rendering it does; then nothing is sent. */
  publish(request: TemplateRequest): Promise<Result<PublishedTemplate>>
}

export const createTemplateVerbs = ({ publish, now }: TemplateVerbsParts): TemplateVerbs => {
  const valuesAt = (time: number, { latest }: TemplateRequest) =>
    valuesOfOneDevice(time, (topic) => (Object.hasOwn(latest, topic) ? latest[topic] : undefined))

  return {
    preview: async (wanted) => {
      const compiled = await compileMessage(wanted.message)
      if (!compiled.ok) return compiled
      const startedAt = now()
      const values = valuesAt(startedAt, wanted)
      const memory = new Map<string, number>()
      const messages: RenderedMessage[] = []
      for (let message = 1; message <= wanted.count && messages.every(({ ok: isMade }) => isMade); message++) {
        const at = startedAt + (message - 1) * wanted.intervalMs
        messages.push(compiled.value.render({ ...values, now: at, message }, memory))
      }
      return ok(messages)
    },
    publish: async (request) => {
      const compiled = await compileMessage(request.message)
      if (!compiled.ok) return compiled
      const time = now()
      const rendered = compiled.value.render({ ...valuesAt(time, request), now: time, message: 1 }, new Map())
      if (!rendered.ok) return rendered
      const { connectionId } = request
      return ok({ message: rendered.value, delivery: await publish({ connectionId, ...rendered.value }) })
    },
  }
}
