import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { PreviewedMessage, PublishedTemplate, TemplatePreview, TemplateRequest } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { compileMessage } from './messageTemplate'
import type { TemplateEnvironment } from './templateEnvironment'
import { previewTemplate } from './templatePreview'
import { commonValues } from './templateValues'

export interface TemplateVerbsParts {
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  /** The variables that templates of a connection have now. */
  readonly environmentOf: (connectionId: string) => TemplateEnvironment
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is done with a template by itself. */
export interface TemplateVerbs {
  /**
   * The first messages that a sender of it would send now, up to the first that cannot be made, with dots for secrets. Fails as
   * compiling it does, and where its rows cannot be read.
   */
  preview(wanted: TemplatePreview): Promise<Result<readonly PreviewedMessage[]>>
  /** Fails as rendering it does; then nothing is sent. */
  publish(request: TemplateRequest): Promise<Result<PublishedTemplate>>
}

export const createTemplateVerbs = ({
  publish,
  payloadFiles,
  environmentOf,
  now,
}: TemplateVerbsParts): TemplateVerbs => ({
  preview: (wanted) =>
    previewTemplate(wanted, { payloadFiles, environment: environmentOf(wanted.connectionId), startedAt: now() }),
  publish: async (request) => {
    const compiled = await compileMessage(request.message)
    if (!compiled.ok) return compiled
    const time = now()
    const { latest, connectionId } = request
    const common = commonValues({
      startedAt: time,
      environment: environmentOf(connectionId),
      latest: (topic) => (Object.hasOwn(latest, topic) ? latest[topic] : undefined),
    })
    const rendered = compiled.value.render({ ...common, now: time, device: 1, message: 1, row: {} }, new Map())
    if (!rendered.ok) return rendered
    return ok({ delivery: await publish({ connectionId, ...rendered.value }) })
  },
})
