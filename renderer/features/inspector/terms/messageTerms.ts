import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { propertyValues } from '../../../model/logSearch/propertyValues'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { PropertyName, QueryTerm, TermTest } from '../../../model/query/queryTerm'

/** More levels would fill the screen. */
const mostLevels = 6

export const negated = ({ not, test }: QueryTerm): QueryTerm => ({ not: !not, test })

const asked = (test: TermTest): QueryTerm => ({ not: false, test })

type Termed = Pick<MessageView, 'topic' | 'outgoing' | 'qos' | 'retain' | 'dup' | 'repeat' | 'copy'>

/** What a message is, as terms that it meets: direction, QoS, marks, its topic and what that is below, the nearest first. */
export const messageTerms = (message: Termed): readonly QueryTerm[] => {
  const { topic, dup, repeat, copy } = message
  const marks: readonly TermTest[] = [
    ...(dup ? [{ kind: 'mark', mark: 'redelivered' } as const] : []),
    ...(repeat ? [{ kind: 'mark', mark: 'repeated' } as const] : []),
    ...(copy ? [{ kind: 'mark', mark: 'copies' } as const] : []),
  ]
  return [
    directionTerm(message),
    qosTerm(message),
    ...(message.retain ? [retainTerm(message)] : []),
    ...marks.map(asked),
    asked({ kind: 'topic', filter: topic }),
    ...branchesOf(topic).map((branch) => asked({ kind: 'below', topic: branch })),
  ]
}

const branchesOf = (topic: string): readonly string[] => {
  const branches: string[] = []
  for (let at = topic.lastIndexOf('/'); at > 0 && branches.length < mostLevels; at = topic.lastIndexOf('/', at - 1))
    branches.push(topic.slice(0, at))
  return branches
}

export const directionTerm = ({ outgoing }: Pick<MessageView, 'outgoing'>): QueryTerm =>
  asked({ kind: 'direction', direction: outgoing ? 'out' : 'in' })

export const qosTerm = ({ qos }: Pick<MessageView, 'qos'>): QueryTerm =>
  asked({ kind: 'qos', range: { low: qos, high: qos } })

export const retainTerm = ({ retain }: Pick<MessageView, 'retain'>): QueryTerm => ({
  not: !retain,
  test: { kind: 'mark', mark: 'retained' },
})

export const sizeTerm = ({ payloadBytes }: Pick<MessageView, 'payloadBytes'>): QueryTerm =>
  asked({ kind: 'size', range: { low: payloadBytes, high: payloadBytes } })

/** That a message has the value of a property that this one has; null = it has none, or more than one. */
export const propertyTerm = (set: PublishPropertySet, name: PropertyName): QueryTerm | null => {
  if ((set.subscriptionIdentifiers?.length ?? 0) > 1 && name === 'subscription-identifier') return null
  const [text] = propertyValues(set, { source: 'property', name })
  if (text === undefined) return null
  const value = numbered.includes(name) ? ({ type: 'number', text } as const) : ({ type: 'text', text } as const)
  return asked({ kind: 'field', field: { source: 'property', name }, test: { op: '=', value } })
}

/** Properties whose values are numbers (MQTT 5 §2.2.2.2). */
const numbered: readonly PropertyName[] = [
  'payload-format-indicator',
  'message-expiry-interval',
  'subscription-identifier',
  'topic-alias',
]

export const userPropertyTerm = (name: string, text: string): QueryTerm =>
  asked({ kind: 'field', field: { source: 'user', name }, test: { op: '=', value: { type: 'text', text } } })
