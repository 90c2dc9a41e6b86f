import { trialLimits, type CharacterGroup, type TrialFinding, type TrialId } from '#shared/model/capabilities'
import { newClientId } from '#shared/model/profile'
import type { Qos } from '#shared/model/qos'
import { qosSchema } from '#shared/model/qos'
import { reasonText } from '#shared/mqtt/reasonCode'
import type { AppError, Result } from '#shared/result'
import type { Online } from '../broker/session/onlineState'
import type { FilterReasonCode } from '../broker/transport/transport'
import { largestTaken } from './bisect'
import type { TrialClient, TrialClientWish } from './trialClient'

/** What came of a trial. */
export interface Outcome {
  readonly finding: TrialFinding
  readonly value?: number | null
  readonly taken?: readonly CharacterGroup[]
  readonly refused?: readonly CharacterGroup[]
  readonly words?: string
}

/** What a trial has: clients of its own, and topics below the prefix. */
export interface TrialBench {
  readonly prefix: string
  readonly maximumPacketSize: number
  /** How the server accepted the first client. */
  readonly online: Online
  readonly isCancelled: () => boolean
  /** Counts as a try. */
  open(wish?: TrialClientWish): Promise<Result<TrialClient>>
  /** One that is connected: the same as before, or another where the server has ended that. */
  client(): Promise<Result<TrialClient>>
  countTry(): void
}

type Trial = (bench: TrialBench) => Promise<Outcome>

const wordsOf = ({ message, values }: AppError): string => String(values?.['reason'] ?? message)
const unclear = (error: AppError): Outcome => ({ finding: 'unclear', words: wordsOf(error) })
const payload = new TextEncoder().encode('trial')

const withClient =
  (act: (client: TrialClient, bench: TrialBench) => Promise<Outcome>): Trial =>
  async (bench) => {
    const client = await bench.client()
    bench.countTry()
    return client.ok ? act(client.value, bench) : unclear(client.error)
  }

const isGranted = (answer: FilterReasonCode): boolean => answer !== null && answer.reasonCode < 0x80
const refusalWords = (answer: FilterReasonCode, { protocolVersion }: Online): string =>
  answer === null ? '' : reasonText(protocolVersion === '5' ? 'suback' : 'suback3', answer.reasonCode)

/** Subscribes, publishes and hears whether it comes: a server may grant what it does not do. */
const roundTrip = async (
  client: TrialClient,
  given: { readonly filter: string; readonly topic: string; readonly identifier?: number },
): Promise<Outcome & { readonly identifiers?: readonly number[] }> => {
  const { filter, topic, identifier } = given
  const answer = await client.subscribe(filter, identifier === undefined ? {} : { identifier })
  if (!isGranted(answer)) return { finding: 'no', words: refusalWords(answer, client.online) }
  const sent = await client.publish({ topic, payload, qos: smallestQos(client.online) })
  if (!sent.ok) return unclear(sent.error)
  const heard = await client.hear((message) => message.topic === topic)
  return heard ? { finding: 'yes', identifiers: heard.identifiers } : { finding: 'no' }
}

/** An answer is wanted, where the server has one. */
const smallestQos = ({ limits }: Online): Qos => (limits.maximumQos >= 1 ? 1 : 0)

const maximumQos = withClient(async (client, { prefix }) => {
  const topic = `${prefix}/qos`
  const answer = await client.subscribe(topic)
  if (!isGranted(answer)) return { finding: 'unclear', words: refusalWords(answer, client.online) }
  let highest: Qos | null = null
  for (const qos of [0, 1, 2].map((value) => qosSchema.parse(value))) {
    // A QoS that CONNACK rules out is an error of the client (MQTT 5 §3.2.2.3.4).
    if (qos > client.online.limits.maximumQos) break
    const sent = await client.publish({ topic, payload, qos })
    const heard = sent.ok ? await client.hear((message) => message.topic === topic && message.qos === qos) : null
    if (!heard) break
    highest = qos
  }
  return highest === null ? { finding: 'unclear' } : { finding: 'measured', value: highest }
})

const retain = withClient(async (client, { prefix }) => {
  if (!client.online.limits.retainAvailable) return { finding: 'no' }
  const topic = `${prefix}/retain`
  const qos = smallestQos(client.online)
  const sent = await client.publish({ topic, payload, qos, retain: true })
  if (!sent.ok) return { finding: client.isLost() ? 'no' : 'unclear', words: wordsOf(sent.error) }
  const answer = await client.subscribe(topic)
  const kept = isGranted(answer) ? await client.hear((message) => message.topic === topic && message.retain) : null
  await client.publish({ topic, payload: new Uint8Array(), qos, retain: true })
  return isGranted(answer)
    ? { finding: kept ? 'yes' : 'no' }
    : { finding: 'unclear', words: refusalWords(answer, client.online) }
})

const wildcard = withClient(async (client, { prefix }) => {
  if (!client.online.limits.wildcardSubscriptionAvailable) return { finding: 'no' }
  const one = await roundTrip(client, { filter: `${prefix}/+/one`, topic: `${prefix}/any/one` })
  if (one.finding !== 'yes') return one
  return roundTrip(client, { filter: `${prefix}/all/#`, topic: `${prefix}/all/below` })
})

const shared = withClient((client, { prefix }) =>
  client.online.limits.sharedSubscriptionAvailable
    ? roundTrip(client, { filter: `$share/topicscope/${prefix}/shared`, topic: `${prefix}/shared` })
    : Promise.resolve({ finding: 'no' }),
)

const trialIdentifier = 7

const identifiers = withClient(async (client, { prefix }) => {
  // Before MQTT 5 there are none.
  if (client.online.protocolVersion !== '5' || !client.online.limits.subscriptionIdentifiersAvailable)
    return { finding: 'no' }
  const topic = `${prefix}/identifier`
  const { identifiers: named = [], ...outcome } = await roundTrip(client, {
    filter: topic,
    topic,
    identifier: trialIdentifier,
  })
  return outcome.finding === 'yes' && !named.includes(trialIdentifier) ? { finding: 'no' } : outcome
})

/** The largest value of which a message is taken and comes back. */
const largestMessage = async (
  bench: TrialBench,
  range: { readonly least: number; readonly most: number; readonly filter: string },
  messageOf: (value: number) => { readonly topic: string; readonly payload: Uint8Array },
): Promise<Outcome> => {
  let words = ''
  const listening = new WeakMap<TrialClient, boolean>()
  const found = await largestTaken(range, async (value) => {
    if (bench.isCancelled()) return null
    const opened = await bench.client()
    if (!opened.ok) return (words = wordsOf(opened.error)) === '' ? null : false
    const client = opened.value
    if (!listening.has(client)) listening.set(client, isGranted(await client.subscribe(range.filter)))
    bench.countTry()
    const message = messageOf(value)
    const sent = await client.publish({ ...message, qos: smallestQos(client.online) })
    if (!sent.ok) words = wordsOf(sent.error)
    if (!sent.ok || client.isLost()) return false
    // Larger messages than are wanted here do not come; there the acknowledgement has to do.
    if (listening.get(client) !== true || message.payload.length + message.topic.length + 100 > bench.maximumPacketSize)
      return true
    return (
      (await client.hear(
        ({ topic, bytes }) => topic.length === message.topic.length && bytes === message.payload.length,
      )) !== null
    )
  })
  if (!found || found.value === null) return { finding: 'unclear', words }
  return { finding: found.isAtLeast ? 'atLeast' : 'measured', value: found.value, words: found.isAtLeast ? '' : words }
}

const topicLength: Trial = (bench) => {
  const { prefix, online } = bench
  const start = `${prefix}/length/`
  const most = Math.min(trialLimits.stringBytes, (online.limits.maximumPacketSize ?? Infinity) - packetOverhead)
  return largestMessage(bench, { least: start.length + 1, most, filter: `${prefix}/length/#` }, (bytes) => ({
    topic: start.padEnd(bytes, 'x'),
    payload,
  }))
}

/** Fixed header, lengths, Packet Identifier, no properties and the payload of a trial, at most. */
const packetOverhead = 16

const payloadLength: Trial = (bench) => {
  const { prefix, online } = bench
  const topic = `${prefix}/payload`
  const announced = (online.limits.maximumPacketSize ?? Infinity) - topic.length - packetOverhead
  const most = Math.max(1, Math.min(trialLimits.payloadBytes, announced))
  return largestMessage(bench, { least: 1, most, filter: topic }, (bytes) => ({
    topic,
    payload: new Uint8Array(bytes),
  }))
}

/** Long enough for the trial, and gone soon where it could not be cleaned up. */
const keptSeconds = 60

const session: Trial = async (bench) => {
  const clientId = newClientId()
  const topic = `${bench.prefix}/session`
  const kept = { clientId, session: { cleanStart: false, sessionExpirySeconds: keptSeconds } }
  const first = await bench.open(kept)
  if (!first.ok) return unclear(first.error)
  const answer = await first.value.subscribe(topic)
  await first.value.close()
  if (!isGranted(answer)) return { finding: 'unclear', words: refusalWords(answer, first.value.online) }
  const other = await bench.client()
  if (other.ok) await other.value.publish({ topic, payload, qos: smallestQos(other.value.online) })
  const again = await bench.open(kept)
  const queued = again.ok ? await again.value.hear((message) => message.topic === topic) : null
  if (again.ok) await again.value.close()
  // A clean session takes the place of the one that is kept (MQTT 5 §3.1.2.4).
  const cleaning = await bench.open({ clientId })
  if (cleaning.ok) await cleaning.value.close()
  return again.ok ? { finding: queued ? 'yes' : 'no' } : unclear(again.error)
}

/** Whether a client with this ID is let in; null = it was ended. */
const isLetIn = async (bench: TrialBench, clientId: string): Promise<Result<boolean> | null> => {
  if (bench.isCancelled()) return null
  const opened = await bench.open({ clientId })
  if (opened.ok) await opened.value.close()
  if (bench.isCancelled()) return null
  return opened.ok ? { ok: true, value: true } : opened
}

/** Servers must take that many (3.1.1 §3.1.3.1, MQTT 5 §3.1.3.1), and so many are random. */
const leastIdBytes = 23

const clientIdLength: Trial = async (bench) => {
  let words = ''
  const found = await largestTaken({ least: leastIdBytes, most: trialLimits.stringBytes }, async (bytes) => {
    const letIn = await isLetIn(bench, newClientId().padEnd(bytes, 'x'))
    if (letIn?.ok === false) words = wordsOf(letIn.error)
    return letIn && letIn.ok
  })
  if (!found || found.value === null) return { finding: 'unclear', words }
  return { finding: found.isAtLeast ? 'atLeast' : 'measured', value: found.value, words: found.isAtLeast ? '' : words }
}

const characters: Readonly<Record<Exclude<CharacterGroup, 'empty'>, string>> = {
  space: ' ',
  slash: '/',
  wildcards: '+#',
  dollar: '$',
  punctuation: `.,:;!?@&=%'"()[]{}<>|\\^~*`,
  accents: 'éßñ',
  han: '漢字',
  emoji: '🙂',
}

const clientIdCharacters: Trial = async (bench) => {
  const groups: readonly (readonly [CharacterGroup, string])[] = [
    // MQTT 3.1 wants one character at least.
    ...(bench.online.protocolVersion === '3.1' ? [] : [['empty', ''] as const]),
    ...(Object.entries(characters) as [CharacterGroup, string][]).map(
      ([group, added]) => [group, `${newClientId().slice(0, 16)}${added}`] as const,
    ),
  ]
  const taken: CharacterGroup[] = []
  const refused: CharacterGroup[] = []
  let words = ''
  for (const [group, clientId] of groups) {
    const letIn = await isLetIn(bench, clientId)
    if (!letIn) return { finding: 'unclear' }
    ;(letIn.ok ? taken : refused).push(group)
    if (!letIn.ok) words = wordsOf(letIn.error)
  }
  if (taken.length === 0) return { finding: 'unclear', words }
  return { finding: refused.length === 0 ? 'yes' : 'no', taken, refused, words }
}

export const trials: Readonly<Record<TrialId, Trial>> = {
  maximumQos,
  retain,
  wildcard,
  shared,
  identifiers,
  topicLength,
  payloadLength,
  session,
  clientIdLength,
  clientIdCharacters,
}
