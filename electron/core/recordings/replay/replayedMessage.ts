import type { MadeMessage } from '#shared/model/publish'
import type { ReplayPlan } from '#shared/model/recordings'
import { filterMatches, topicNameProblem } from '#shared/mqtt/topicFilter'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { fail, type AppError } from '#shared/result'
import { createEchoes } from './echoes'
import { createTopicRewriter } from './rewrittenTopic'

/** What becomes of a recorded message when it is sent again, or why it is not. */
export type Replayed =
  | { readonly kind: 'message'; readonly message: MadeMessage }
  | { readonly kind: 'leftOut' | 'echo' }
  | { readonly kind: 'unsendable'; readonly error: AppError }

type Choices = Pick<
  ReplayPlan,
  'include' | 'exclude' | 'rewrites' | 'prefix' | 'direction' | 'withoutEchoes' | 'qos' | 'retain' | 'keepsProperties'
>

/** Called with each message in its order: whether one is an echo is told by those before it. */
export const createReplayedMessages = (
  plan: Choices,
  { takesProperties }: { readonly takesProperties: boolean },
): ((recorded: RecordedMessage) => Replayed) => {
  const isEcho = createEchoes()
  const topicOf = createTopicRewriter(plan.rewrites, plan.prefix)
  const matches = (filters: readonly string[], topic: string) => filters.some((filter) => filterMatches(filter, topic))
  const isWanted = ({ topic, direction }: RecordedMessage) =>
    (plan.direction === 'all' || direction === null || direction === plan.direction) &&
    (plan.include.length === 0 || matches(plan.include, topic)) &&
    !matches(plan.exclude, topic)
  return (recorded) => {
    const echo = isEcho(recorded)
    if (!isWanted(recorded)) return { kind: 'leftOut' }
    if (echo && plan.withoutEchoes) return { kind: 'echo' }
    const topic = topicOf(recorded.topic)
    const problem = topicNameProblem(topic)
    if (problem) return { kind: 'unsendable', error: badTopic(problem.code) }
    const properties = plan.keepsProperties && takesProperties ? sentProperties(recorded.properties, topicOf) : {}
    const message: MadeMessage = {
      topic,
      payload: new Uint8Array(recorded.payload),
      qos: plan.qos ?? recorded.qos,
      retain: plan.retain ?? recorded.retain,
      properties,
    }
    return { kind: 'message', message }
  }
}

const badTopic = (detail: string): AppError =>
  fail('topicInvalid', `The topic that was made anew is none: ${detail}.`, { values: { detail } }).error

/**
 * Those of the message itself: Subscription Identifiers belong to the delivery that was recorded (§3.3.2.3.8), a Topic Alias to its
 * connection. An answer is to go where the replay is, and not to who answered then.
 */
const sentProperties = (
  { subscriptionIdentifiers: _, topicAlias: __, responseTopic, payloadFormatIndicator, ...rest }: PublishPropertySet,
  topicOf: (topic: string) => string,
): MadeMessage['properties'] => {
  const answered = responseTopic === undefined || responseTopic === '' ? undefined : topicOf(responseTopic)
  return {
    ...rest,
    ...(payloadFormatIndicator === 0 || payloadFormatIndicator === 1 ? { payloadFormatIndicator } : {}),
    ...(answered !== undefined && topicNameProblem(answered) === null ? { responseTopic: answered } : {}),
    ...(rest.correlationData ? { correlationData: new Uint8Array(rest.correlationData) } : {}),
  }
}
