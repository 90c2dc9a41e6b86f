import { meterLimits, type MeterRequest, type StampCarrier } from '#shared/model/meter'
import { stampLength } from '#shared/model/stamp'
import type { SenderPlan } from '#shared/model/sender'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { planFor } from '../../../../model/senderPlan'
import { emptyMessage } from '#shared/model/publish'
import { formOf, wholeIn, type PlanForm } from '../../senders/plan/planForm'
import { readPlan, type FieldProblem, type PlanProblems } from '../../senders/plan/readPlan'

/** `inTurn` = one message with each, again and again. */
type MeterQos = '0' | '1' | '2' | 'inTurn'

/** What a meter is told, as it is typed, wrong or not. */
export interface MeterForm {
  /** '' = others send. */
  readonly sendOn: string
  readonly receiveOn: string
  readonly topic: string
  /** '' = what is sent to the topic. */
  readonly filter: string
  readonly qos: MeterQos
  /** Of the whole payload, its stamp too. */
  readonly payloadBytes: string
  /** When messages are sent and how many; what is sent is said by the others. */
  readonly plan: PlanForm
  readonly carrier: StampCarrier
  readonly name: string
  readonly lateAfterMs: string
}

export interface MeterProblems {
  readonly topic: 'wrong' | null
  readonly filter: 'wrong' | null
  readonly payloadBytes: FieldProblem | null
  readonly name: 'empty' | null
  readonly lateAfterMs: FieldProblem | null
  readonly plan: PlanProblems
}

export type ReadMeter =
  | { readonly ok: true; readonly request: MeterRequest }
  | { readonly ok: false; readonly problems: MeterProblems }

const payloadLimits = { least: 0, most: 1_048_576 } as const

/** Ten seconds of messages with each QoS through the broker of this connection: what one press on the button measures. */
export const firstMeterForm = (connectionId: string): MeterForm => ({
  sendOn: connectionId,
  receiveOn: connectionId,
  topic: `topicscope/meter/${crypto.randomUUID().slice(0, 6)}`,
  filter: '',
  qos: 'inTurn',
  payloadBytes: '100',
  plan: formOf(
    planFor(
      { kind: 'message', message: emptyMessage },
      { pace: { kind: 'rate', perSecond: 100 }, end: { count: 1_000, afterMs: null } },
    ),
  ),
  carrier: 'payload',
  name: 'stamp',
  lateAfterMs: String(meterLimits.lateAfterMs.first),
})

/** The filter that stands for what is sent to the topic. */
export const filterFor = ({ topic, carrier }: Pick<MeterForm, 'topic' | 'carrier'>): string =>
  carrier === 'topicLevel' ? `${topic}/+` : topic

/** Whether what is sent is not under the filter: all of it would count as lost. */
export const isApart = ({ sendOn, topic, filter, carrier }: MeterForm): boolean => {
  if (sendOn === '' || filter === '' || topicFilterProblem(filter) !== null) return false
  return !filterMatches(filter, carrier === 'topicLevel' ? `${topic}/stamp` : topic)
}

/** The meter that a form stands for, or all that is wrong with it. */
export const readMeter = (form: MeterForm, planName: string): ReadMeter => {
  const message = { ...emptyMessage, topic: form.topic, payload: payloadOf(form) }
  const planned = readPlan({ ...form.plan, name: planName, messages: [{ ...firstOf(form.plan), message }] })
  const filter = form.filter === '' ? filterFor(form) : form.filter
  const sends = form.sendOn !== ''
  const noPlanProblems: PlanProblems = { fields: {}, messages: {}, pauses: {} }
  const problems: MeterProblems = {
    topic: sends && !planned.ok && Object.keys(planned.problems.messages).length > 0 ? 'wrong' : null,
    filter: topicFilterProblem(filter) === null ? null : 'wrong',
    payloadBytes: sends && wholeIn(form.payloadBytes, payloadLimits) === null ? outOf(payloadLimits) : null,
    name: isNamed(form.carrier) && form.name.trim() === '' ? 'empty' : null,
    lateAfterMs: wholeIn(form.lateAfterMs, meterLimits.lateAfterMs) === null ? outOf(meterLimits.lateAfterMs) : null,
    plan: sends && !planned.ok ? planned.problems : noPlanProblems,
  }
  const { plan: ofPlan, ...own } = problems
  if (Object.values(own).some((problem) => problem !== null) || Object.keys(ofPlan.fields).length > 0)
    return { ok: false, problems }
  const meterId = crypto.randomUUID()
  const plan = planned.ok && sends ? planWith(form, { ...planned.plan, id: meterId }) : null
  return {
    ok: true,
    request: {
      meterId,
      stamp: { carrier: form.carrier, name: form.name.trim() === '' ? 'stamp' : form.name.trim() },
      send: plan && { connectionId: form.sendOn, plan, latest: {} },
      receive: { connectionId: form.receiveOn, filter },
      lateAfterMs: Number(form.lateAfterMs),
    },
  }
}

/** Whether the place of the stamp has a name. */
export const isNamed = (carrier: StampCarrier): boolean => carrier === 'jsonField' || carrier === 'userProperty'

const outOf = ({ least, most }: { readonly least: number; readonly most: number }): FieldProblem => ({
  code: 'wholeRange',
  least,
  most,
})

const firstOf = ({ messages }: PlanForm) => {
  const [first] = messages
  if (!first) throw new Error('A form has a first message.')
  return first
}

const planWith = ({ qos }: MeterForm, plan: SenderPlan): SenderPlan => {
  const { source } = plan
  if (source.kind !== 'message') return plan
  const { message } = source
  if (qos !== 'inTurn') return { ...plan, source: { ...source, message: { ...message, qos: levels[qos] } } }
  const steps = ([0, 1, 2] as const).map((level) => ({ message: { ...message, qos: level }, pauseMs: 0 }))
  return { ...plan, source: { kind: 'list', steps, loops: true } }
}

const levels = { '0': 0, '1': 1, '2': 2 } as const

/** So long that with its stamp the payload has the size that is asked for, or as near as can be. */
const payloadOf = ({ carrier, name, payloadBytes }: MeterForm): string => {
  const bytes = wholeIn(payloadBytes, payloadLimits) ?? 0
  if (carrier === 'payload') return filling(bytes - stampLength)
  if (carrier !== 'jsonField') return filling(bytes)
  const field = new TextEncoder().encode(`{${JSON.stringify(name.trim())}:"",`).length + stampLength
  const around = '"fill":""}'.length
  return bytes < field + around ? '{}' : `{"fill":"${filling(bytes - field - around)}"}`
}

const filling = (bytes: number): string => 'x'.repeat(Math.max(0, bytes))
