import type { ProtocolVersion } from '#shared/model/qos'

/** Rules that the window gives as a reason. */
export type Rule =
  /** The lower of published and granted QoS is delivered. */
  | 'lowerQos'
  /** A wildcard at the start does not match topics that begin with $. */
  | 'dollarTopics'
  /** A topic has at least one character. */
  | 'emptyTopic'
  /** The handshakes of QoS 1 and of QoS 2. */
  | 'qos1'
  | 'qos2'

/** MQTT 5 and MQTT 3.1.1 have these in the same places; MQTT 3.1 has other ones, or says nothing. */
const sections: Readonly<Record<Rule, { readonly now: string; readonly before: string | null }>> = {
  lowerQos: { now: '§3.8.4', before: '§3.8' },
  dollarTopics: { now: '§4.7.2', before: null },
  emptyTopic: { now: '§4.7.3', before: null },
  qos1: { now: '§4.3.2', before: '§4.1' },
  qos2: { now: '§4.3.3', before: '§4.1' },
}

/**
 * Where the version in use says it: `MQTT 3.1.1 §3.8.4`. Of what MQTT 3.1 leaves out, the text of 3.1.1 is named: it wrote
 * down what brokers did.
 */
export const clauseOf = (rule: Rule, version: ProtocolVersion): string => {
  const { now, before } = sections[rule]
  if (version !== '3.1') return `MQTT ${version} ${now}`
  return before === null ? `MQTT 3.1.1 ${now}` : `MQTT 3.1 ${before}`
}
