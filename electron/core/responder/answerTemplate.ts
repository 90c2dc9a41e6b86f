import type { ComposedMessage, MadeMessage } from '#shared/model/publish'
import { ok, type Result } from '#shared/result'
import { compileMessage, templateFailed } from '../templates/messageTemplate'
import { compileTemplate } from '../templates/template'
import { commonValues, type TemplateMemory, type TemplateValues } from '../templates/templateValues'

/** A message that came, copied. */
export interface HeardRequest {
  readonly topic: string
  readonly payload: Uint8Array
  /** Null = it names none. */
  readonly responseTopic: string | null
  readonly correlationData: Uint8Array | null
}

interface AnswerFacts {
  /** Which of the answers it is, from 1. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly now: number
  /** Which device answers; default: the first. */
  readonly device?: number
  /** Further names; `request` among them stands in the place of what is read as JSON. */
  readonly names?: Readonly<Record<string, unknown>>
  /** Of the device that answers; default: one for all answers. */
  readonly memory?: TemplateMemory
}

/** Makes the answers of a rule or of a device. */
export interface AnswerTemplate {
  /**
   * The answer to a request; null = it names no response topic, and the rule has none for it. Fails as rendering does.
   */
  answer(request: HeardRequest, facts: AnswerFacts): Result<MadeMessage | null>
}

/**
 * Fails as compiling does. An answer names no response topic, so it is never taken for a request again; the response topic of a
 * request is text, whatever stands in it, and no template.
 */
export const compileAnswer = async (
  answer: ComposedMessage,
  { startedAt, environment }: Pick<TemplateValues, 'startedAt' | 'environment'>,
): Promise<Result<AnswerTemplate>> => {
  const topic = await compileTemplate(answer.topic, 'topic')
  if (!topic.ok) return templateFailed('topic', topic.problem)
  const asked = { topic: '{{ answerTopic }}', responseTopic: '', correlationData: '', isTemplate: true }
  const message = await compileMessage({ ...answer, ...asked })
  if (!message.ok) return message
  const readsJson = /\bjson\b/.test(JSON.stringify(answer))
  const sharedMemory: TemplateMemory = new Map()
  const common = commonValues({ startedAt, environment, latest: () => undefined })

  return ok({
    answer: (heard, { number, now, device = 1, names = {}, memory = sharedMemory }) => {
      const { correlationData } = heard
      const known = { request: requestNames(heard, readsJson ? jsonIn : null), ...names }
      const values = { ...common, now, device, message: number, row: {}, names: known }
      const paired = heard.responseTopic === null ? topic.template.render(values, memory) : null
      if (paired && !paired.ok) return templateFailed('topic', paired.problem)
      const answerTopic = heard.responseTopic ?? paired?.text ?? ''
      if (answerTopic === '') return ok(null)
      const made = message.value.render({ ...values, names: { ...known, answerTopic } }, memory)
      if (!made.ok || !correlationData) return made
      return ok({ ...made.value, properties: { ...made.value.properties, correlationData } })
    },
  })
}

/** Throws where there is none. */
type ReadJson = (payload: Uint8Array, text: string) => unknown

const jsonIn: ReadJson = (_payload, text) => JSON.parse(text) as unknown

/** What `request` is in a template; `json` is there where the payload can be read so. */
export const requestNames = (
  { topic, payload }: HeardRequest,
  readJson: ReadJson | null,
): Readonly<Record<string, unknown>> => {
  const text = Buffer.from(payload).toString('utf8')
  const names = { topic, payload: text }
  if (!readJson) return names
  try {
    return { ...names, json: readJson(payload, text) }
  } catch {
    return names
  }
}
