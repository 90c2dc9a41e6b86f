import type { MadeMessage } from '#shared/model/publish'
import type { ResponderRule } from '#shared/model/responder'
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

/** Makes the answers of a rule. */
export interface AnswerTemplate {
  /**
   * The answer to a request; null = it names no response topic, and the rule has none for it. `number` = which of its answers it is,
   * from 1. Fails as rendering does.
   */
  answer(request: HeardRequest, facts: { readonly number: number; readonly now: number }): Result<MadeMessage | null>
}

/**
 * Fails as compiling does. An answer names no response topic, so it is never taken for a request again; the response topic of a
 * request is text, whatever stands in it, and no template.
 */
export const compileAnswer = async (
  { answer }: ResponderRule,
  { startedAt, environment }: Pick<TemplateValues, 'startedAt' | 'environment'>,
): Promise<Result<AnswerTemplate>> => {
  const topic = await compileTemplate(answer.topic, 'topic')
  if (!topic.ok) return templateFailed('topic', topic.problem)
  const asked = { topic: '{{ answerTopic }}', responseTopic: '', correlationData: '', isTemplate: true }
  const message = await compileMessage({ ...answer, ...asked })
  if (!message.ok) return message
  const readsJson = /\bjson\b/.test(JSON.stringify(answer))
  const memory: TemplateMemory = new Map()
  const common = commonValues({ startedAt, environment, latest: () => undefined })

  return ok({
    answer: (heard, { number, now }) => {
      const { correlationData } = heard
      const request = requestNames(heard, readsJson)
      const values = { ...common, now, device: 1, message: number, row: {}, names: { request } }
      const paired = heard.responseTopic === null ? topic.template.render(values, memory) : null
      if (paired && !paired.ok) return templateFailed('topic', paired.problem)
      const answerTopic = heard.responseTopic ?? paired?.text ?? ''
      if (answerTopic === '') return ok(null)
      const made = message.value.render({ ...values, names: { request, answerTopic } }, memory)
      if (!made.ok || !correlationData) return made
      return ok({ ...made.value, properties: { ...made.value.properties, correlationData } })
    },
  })
}

/** What `request` is in a template; `json` is there where the payload is JSON. */
const requestNames = ({ topic, payload }: HeardRequest, readsJson: boolean): Readonly<Record<string, unknown>> => {
  const text = Buffer.from(payload).toString('utf8')
  const names = { topic, payload: text }
  if (!readsJson) return names
  try {
    return { ...names, json: JSON.parse(text) as unknown }
  } catch {
    return names
  }
}
