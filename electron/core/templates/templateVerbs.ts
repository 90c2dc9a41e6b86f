import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { PreviewedMessage, PublishedTemplate, TemplatePreview, TemplateRequest } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../payloads/payloadFiles'
import type { DraftCounts } from './draftCounts'
import { compileMessage } from './messageTemplate'
import type { TemplateEnvironment } from './templateEnvironment'
import { previewTemplate } from './templatePreview'
import { commonValues } from './templateValues'

export interface TemplateVerbsParts {
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly payloadFiles: Pick<PayloadFiles, 'read' | 'openPieces'>
  /** The variables that templates of a connection have now. */
  readonly environmentOf: (connectionId: string) => TemplateEnvironment
  readonly counts: DraftCounts
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is done with a template by itself. */
export interface TemplateVerbs {
  /**
   * The next messages that are sent of its draft, or the first ones that a sender of it would send now, up to the first that cannot be made, with dots for secrets. Fails as
   * compiling it does, and where its rows cannot be read.
   */
  preview(wanted: TemplatePreview): Promise<Result<readonly PreviewedMessage[]>>
  /** Fails as rendering it does; then nothing is sent. */
  publish(request: TemplateRequest): Promise<Result<PublishedTemplate>>
  /** The next message of a draft is its first again. */
  countAnew(draftId: string): Promise<Result<null>>
}

export const createTemplateVerbs = ({
  publish,
  payloadFiles,
  environmentOf,
  counts,
  now,
}: TemplateVerbsParts): TemplateVerbs => ({
  preview: async (wanted) => {
    const begun = await counts.next(wanted)
    const environment = environmentOf(wanted.connectionId)
    return previewTemplate(wanted, { payloadFiles, environment, begun, startedAt: now() })
  },
  publish: async (request) => {
    const { latest, connectionId } = request
    const rendered = await counts.make(request, async ({ startedAt, made, memory }) => {
      const compiled = await compileMessage(request.message)
      if (!compiled.ok) return compiled
      const common = commonValues({
        startedAt,
        environment: environmentOf(connectionId),
        latest: (topic) => (Object.hasOwn(latest, topic) ? latest[topic] : undefined),
      })
      return compiled.value.render({ ...common, now: now(), device: 1, message: made + 1, row: {} }, memory)
    })
    if (!rendered.ok) return rendered
    return ok({ delivery: await publish({ connectionId, ...rendered.value }) })
  },
  countAnew: async (draftId) => {
    await counts.begin(draftId)
    return ok(null)
  },
})
