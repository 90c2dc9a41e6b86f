import type { TemplateProblemCode } from '#shared/model/template'

/** Thrown while a template is rendered; becomes its problem. */
export class TemplateFault extends Error {
  constructor(
    readonly code: TemplateProblemCode,
    readonly detail: string,
    /** Offset into the template of what is to blame. */
    readonly position: number,
  ) {
    super(`${code} ${detail}`)
  }
}
