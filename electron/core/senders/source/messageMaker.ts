import { composedPublish, messageProblems } from '#shared/model/composing'
import type { ComposedMessage } from '#shared/model/publish'
import type { RenderedMessage } from '#shared/model/template'
import { fail, ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../../payloads/payloadFiles'
import { compileMessage } from '../../templates/messageTemplate'
import type { TemplateMemory, TemplateValues } from '../../templates/templateValues'

/** Makes messages from one that was composed. */
export interface MessageMaker {
  /** Fails as rendering a template does. */
  make(values: TemplateValues, memory: TemplateMemory): RenderedMessage
  /** Where every message is the same, that one; else null. */
  readonly same: RenderedMessage | null
}

export interface Composed {
  readonly message: ComposedMessage
  /** Its payload is in this file. */
  readonly fileToken?: string | undefined
}

/**
 * Reads the file of a message, if it has one, and compiles its texts, if they are templates. Fails as either does, and with
 * `invalidInput` where it cannot be sent.
 */
export const openMaker = async (
  { message, fileToken }: Composed,
  payloadFiles: Pick<PayloadFiles, 'read'>,
): Promise<Result<MessageMaker>> => {
  if (fileToken === undefined) return makerOf(message)
  const read = await payloadFiles.read(fileToken)
  if (!read.ok) return read
  const { bytes } = read.value
  const maker = await makerOf({ ...message, payload: '', format: 'text' })
  return maker.ok ? ok(withPayload(maker.value, bytes)) : maker
}

const makerOf = async (message: ComposedMessage): Promise<Result<MessageMaker>> => {
  if (message.isTemplate) {
    const compiled = await compileMessage(message)
    return compiled.ok ? ok({ make: compiled.value.render, same: null }) : compiled
  }
  const [wrong] = Object.keys(messageProblems(message))
  if (wrong) return fail('invalidInput', `The ${wrong} cannot be sent.`, { field: wrong })
  const same = ok(composedPublish(message))
  return ok({ make: () => same, same })
}

const withPayload = ({ make, same }: MessageMaker, payload: Uint8Array): MessageMaker => {
  const filled = (made: RenderedMessage) => (made.ok ? ok({ ...made.value, payload }) : made)
  return { make: (values, memory) => filled(make(values, memory)), same: same && filled(same) }
}
