import { Braces } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import type { PayloadRule } from '#shared/model/payloadRule'
import { ruleFor, rulesOf } from '#shared/model/ruleOrder'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { foundDecoder } from '../../model/decoding/withoutRule'
import { isHead } from '../../model/messageLog/payloadHead'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import type { Connection } from '../../state/app'
import { dialogsState } from '../../state/dialogs'
import { payloadRulesState } from '../../state/payloadRules'
import { seenBy } from './FilterTopics'
import { proposedFilters } from './proposedFilters'

export const schemaActions: readonly AnyAction[] = [
  {
    id: 'message.decodeLikeThis',
    on: 'message',
    label: { key: 'schemas.decodeLikeThis' },
    icon: Braces,
    contextGroup: 3,
    isEnabled: ({ connection, message }) => filtersFor(connection, message.topic).length > 0,
    run: ({ connection, message }) => decodeLike(connection, message.topic, message),
  },
  {
    id: 'topic.decodeLikeThis',
    on: 'topic',
    label: { key: 'schemas.decodeLikeThis' },
    icon: Braces,
    contextGroup: 1,
    isEnabled: ({ connection, node }) => filtersFor(connection, node.topic).length > 0,
    run: ({ connection, node }) => decodeLike(connection, node.topic, connection.model.log.latestOf(node.topic)),
  },
]

const filtersFor = ({ model }: Connection, topic: string): readonly string[] =>
  proposedFilters(topic, seenBy(model.tree))

/** Opens the rule of a filter for topics like this: one that is there, or a new one before those that would take the topic from it. */
const decodeLike = (connection: Connection, topic: string, message: MessageView | null): void => {
  const [filter = topic] = filtersFor(connection, topic)
  const here = rulesOf(connection.app.get(payloadRulesState).rules, connection.id)
  const known = here.find((rule) => rule.filter === filter)
  const taking = ruleFor(here, topic)
  const beforeId = taking?.connectionId === connection.id ? taking.id : null
  connection.app.get(dialogsState).show(connection, {
    kind: 'payloadRule',
    rule: known ?? ruleFrom(connection, filter, message),
    beforeId,
    sample: message && !isHead(message) ? message : null,
  })
}

/** With the decoder that the message itself speaks for. */
const ruleFrom = ({ id }: Connection, filter: string, message: MessageView | null): PayloadRule => {
  const properties = message && message.properties.length > 0 ? decodePublishProperties(message.properties) : null
  const found = message && foundDecoder(message.payload, properties)
  return { id: crypto.randomUUID(), connectionId: id, filter, ...(found ? { decoder: found.decoder } : {}) }
}
