import { secretDots } from '#shared/model/environment'
import { composedPublish, messageProblems, type MessageProblems } from '#shared/model/composing'
import type { ComposedMessage } from '#shared/model/publish'
import type { RenderedMessage, TemplatePart, TemplateProblem } from '#shared/model/template'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import { fail, ok, type Result } from '#shared/result'
import { compileTemplate } from './template'
import { withDots } from './templateEnvironment'
import type { Template, TemplateMemory, TemplateValues } from './templateValues'

/** A message whose texts are templates. */
export interface MessageTemplate {
  /** Fails with `templateFailed`, and with `templateUnsendable` where what comes out is no message that MQTT has. */
  render(values: TemplateValues, memory: TemplateMemory): RenderedMessage
}

/** Fails with `templateFailed`, as rendering does. */
export const compileMessage = async (message: ComposedMessage): Promise<Result<MessageTemplate>> => {
  const texts = textsOf(message)
  const templates: Template[] = []
  for (const [index, { part, text }] of texts.entries()) {
    const compiled = await compileTemplate(text, `${part} ${index}`)
    if (!compiled.ok) return templateFailed(part, compiled.problem)
    templates.push(compiled.template)
  }
  const fill = (values: TemplateValues, memory: TemplateMemory): Result<ComposedMessage> => {
    const rendered: string[] = []
    for (const [index, template] of templates.entries()) {
      const text = template.render(values, memory)
      if (!text.ok) return templateFailed(texts[index]?.part ?? 'payload', text.problem)
      rendered.push(text.text)
    }
    return ok(withTexts(message, rendered))
  }
  return ok({
    render: (values, memory) => {
      const filled = fill(values, memory)
      if (!filled.ok) return filled
      const problems = messageProblems(filled.value)
      const [part] = Object.keys(problems) as (keyof MessageProblems)[]
      if (!part) return ok(composedPublish(filled.value))
      if (!values.environment.hasSecrets) return unsendable(filled.value, part, problems)
      const shown = fill({ ...values, environment: withDots(values.environment) }, new Map(memory))
      const dotted = shown.ok
        ? shown.value
        : withTexts(
            message,
            texts.map(() => secretDots),
          )
      const told = messageProblems(dotted)
      return unsendable(dotted, part, told[part] ? told : withoutDetail(problems))
    },
  })
}

/** What is to blame may be a part of a secret, and its place tells how long that is. */
const withoutDetail = ({ payload, ...others }: MessageProblems): MessageProblems =>
  payload ? { ...others, payload: { ...payload, detail: '', position: unknownPlace } } : others

const unknownPlace = -1

export const textsOf = (message: ComposedMessage): { readonly part: TemplatePart; readonly text: string }[] => [
  { part: 'topic', text: message.topic },
  { part: 'payload', text: message.payload },
  { part: 'contentType', text: message.contentType },
  { part: 'responseTopic', text: message.responseTopic },
  { part: 'correlationData', text: message.correlationData },
  { part: 'messageExpiry', text: message.messageExpiry },
  ...message.userProperties.flat().map((text) => ({ part: 'userProperties' as const, text })),
]

/** The message with its texts in the order of `textsOf`. */
const withTexts = (message: ComposedMessage, texts: readonly string[]): ComposedMessage => {
  const [topic = '', payload = '', contentType = '', responseTopic = '', correlationData = '', messageExpiry = ''] =
    texts
  const rest = texts.slice(6)
  return {
    ...message,
    topic,
    payload,
    contentType,
    responseTopic,
    correlationData,
    messageExpiry,
    userProperties: message.userProperties.map((_, row) => [rest[2 * row] ?? '', rest[2 * row + 1] ?? '']),
  }
}

export const templateFailed = (part: TemplatePart, problem: TemplateProblem) =>
  fail(
    'templateFailed',
    `The template of ${part} fails in line ${problem.line}, column ${problem.column}: ${problem.code} ${problem.detail}`,
    {
      values: {
        part,
        problem: problem.code,
        line: problem.line,
        column: problem.column,
        detail: problem.detail,
        ...(problem.known === undefined ? {} : { known: problem.known }),
      },
    },
  )

const unsendable = (message: ComposedMessage, part: keyof MessageProblems, problems: MessageProblems) => {
  const made = part === 'userProperties' ? '' : message[part]
  const code = codeOf(problems[part])
  const { payload } = problems
  const isPlaced = part === 'payload' && payload !== undefined && payload.position !== unknownPlace
  const place = isPlaced ? lineAndColumn(message.payload, payload.position) : {}
  return fail('templateUnsendable', `The template makes a ${part} that cannot be sent (${code}): ${made}`, {
    values: { part, problem: code, made: made.slice(0, 200), ...place, detail: payload?.detail ?? '' },
  })
}

/** A topic and a payload have more to say of their problem; user properties have one for each row. */
const codeOf = (problem: MessageProblems[keyof MessageProblems]): string => {
  if (typeof problem !== 'object') return problem ?? ''
  return 'code' in problem ? problem.code : (Object.values(problem)[0] ?? '')
}
