import type { SessionPhase } from '#shared/model/session'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { fail, ok, type Result } from '#shared/result'
import { templateFailed } from '../templates/messageTemplate'
import { compileTemplate } from '../templates/template'
import type { TemplateValues } from '../templates/templateValues'

export type OnlinePhase = Extract<SessionPhase, { phase: 'online' }>

/**
 * Where the answers to a connection go that names none: under the Response Information of the broker, which is for this client alone
 * (MQTT 5 §3.2.2.3.15), or under the client ID, which no other client of the broker has.
 */
export const ownResponseTopic = (clientId: string, responseInformation: unknown): string => {
  const base = typeof responseInformation === 'string' ? responseInformation.replace(/\/$/, '') : ''
  if (base !== '' && !topicNameProblem(base)) return `${base}/response`
  return `topicscope/${clientId.replace(/[+#]/g, encodeURIComponent)}/response`
}

/** Where a template says that the answer to a topic goes. Fails as rendering does, and where that is no topic. */
export const pairedTopic = async (pattern: string, topic: string, values: TemplateValues): Promise<Result<string>> => {
  const compiled = await compileTemplate(pattern, 'responseTopic')
  if (!compiled.ok) return templateFailed('responseTopic', compiled.problem)
  const rendered = compiled.template.render({ ...values, names: { topic } }, new Map())
  if (!rendered.ok) return templateFailed('responseTopic', rendered.problem)
  const problem = topicNameProblem(rendered.text)
  if (!problem) return ok(rendered.text)
  const found = { detail: problem.code, column: problem.column }
  return fail('topicInvalid', `The response topic is no topic name: ${problem.code}.`, {
    field: 'responseTopic',
    values: found,
  })
}
