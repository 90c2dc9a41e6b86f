import { hexPair } from '#shared/mqtt/payloadText'
import { isSharedFilter, topicFilterProblem, type TopicProblemCode } from '#shared/mqtt/topicFilter'
import { broken, fieldOf, type FieldReader } from './fieldReader'
import { bitOf, qosText } from './flagFields'
import type { PacketProblem } from './packetField'
import type { PacketRule } from './packetRules'
import { readPacketId } from './readAcknowledgement'
import { readProperties } from './readProperties'

/** SUBSCRIBE (MQTT 5 §3.8). */
export const readSubscribe = (reader: FieldReader): void => {
  const { context } = reader
  begin(reader)
  if (!reader.isBroken() && reader.left() === 0) reader.strayed('noFilter')
  while (reader.left() > 0 && !reader.isBroken()) {
    const filter = readFilter(reader)
    if (filter === null) return
    if (context.version === '5') readOptions(reader, filter)
    else
      reader.number(1, (value) => ({
        field: 'mqtt.sub.qos',
        term: 'requestedQos',
        value: value & 3,
        text: qosText(value & 3),
        problems: [
          ...((value & 3) === 3 ? broken(context, 'requestedQosThree') : []),
          ...(value > 3 ? broken(context, 'optionsReserved') : []),
        ],
      }))
  }
}

/** UNSUBSCRIBE (MQTT 5 §3.10). */
export const readUnsubscribe = (reader: FieldReader): void => {
  begin(reader)
  if (!reader.isBroken() && reader.left() === 0) reader.strayed('noFilterToRemove')
  while (reader.left() > 0 && !reader.isBroken()) readFilter(reader)
}

const begin = (reader: FieldReader): void => {
  readPacketId(reader)
  if (reader.context.version === '5') readProperties(reader, reader.context.type)
}

const filterRules: Partial<Record<TopicProblemCode, PacketRule>> = {
  empty: 'filterEmpty',
  hashNotLast: 'filterHash',
  hashNotAlone: 'filterHash',
  plusNotAlone: 'filterPlus',
  shareNameMissing: 'filterShared',
  shareNameWildcard: 'filterShared',
  shareFilterMissing: 'filterShared',
}

const readFilter = (reader: FieldReader): string | null =>
  reader.text('mqtt.topic_len', (filter) => {
    const problem = topicFilterProblem(filter)
    const rule = problem ? filterRules[problem.code] : undefined
    const problems: readonly PacketProblem[] = rule ? broken(reader.context, rule) : []
    return { field: 'mqtt.topic', term: 'topicFilter', problems }
  })

const retainHandlings = ['send at each SUBSCRIBE', 'send if the subscription is new', 'do not send'] as const

/** MQTT 5 §3.8.3.1. */
const readOptions = (reader: FieldReader, filter: string): void => {
  const { context } = reader
  const place = [reader.at(), 1] as const
  reader.number(1, (options) => {
    const handling = (options >> 4) & 3
    const qos = options & 3
    return {
      field: 'mqtt.subscription_options',
      term: 'subscriptionOptions',
      value: `0x${hexPair(options)}`,
      text: `0x${hexPair(options)}`,
      children: [
        fieldOf(context, place, {
          field: 'mqtt.subscription_options_reserved',
          term: 'optionsReserved',
          value: `0x${hexPair(options >> 6)}`,
          problems: options >> 6 === 0 ? [] : broken(context, 'optionsReserved'),
        }),
        fieldOf(context, place, {
          field: 'mqtt.subscription_options_retain',
          term: 'retainHandling',
          value: handling,
          text: `${retainHandlings[handling] ?? 'not allowed'} (${handling})`,
          problems: handling === 3 ? broken(context, 'retainHandlingThree') : [],
        }),
        fieldOf(
          context,
          place,
          bitOf(options, { field: 'mqtt.subscription_options_rap', term: 'retainAsPublished', bit: 8 }),
        ),
        fieldOf(context, place, {
          ...bitOf(options, { field: 'mqtt.subscription_options_nl', term: 'noLocal', bit: 4 }),
          problems: (options & 4) !== 0 && isSharedFilter(filter) ? broken(context, 'noLocalShared') : [],
        }),
        fieldOf(context, place, {
          field: 'mqtt.subscription_options_qos',
          term: 'maximumQosOption',
          value: qos,
          text: qosText(qos),
          problems: qos === 3 ? broken(context, 'requestedQosThree') : [],
        }),
      ],
    }
  })
}
