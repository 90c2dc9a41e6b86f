import { messageProblems, type MessageProblems } from '#shared/model/composing'
import { senderLimits, type SenderPace, type SenderPlan, type SenderSource } from '#shared/model/sender'
import { givenData, numberIn, unitMs, wholeIn, type PlanForm, type TypedMessage } from './planForm'

/** What is wrong with a field of its own; the words stand under `senders.problems`. */
type PlanProblem =
  | 'wholeRange'
  | 'numberRange'
  | 'noPace'
  | 'noRows'
  | 'noRecording'
  | 'noScript'
  | 'noClientId'
  | 'oneClientId'
  | 'tooManyClients'

export interface FieldProblem {
  readonly code: PlanProblem
  readonly least?: number
  readonly most?: number
}

/** The fields that are typed into and can be wrong on their own. */
type TypedField =
  | 'everyMs'
  | 'perSecond'
  | 'count'
  | 'lasts'
  | 'rampSeconds'
  | 'burst'
  | 'jitterPercent'
  | 'devices'
  | 'clientId'
  | 'rows'
  | 'recording'
  | 'speed'
  | 'script'

export interface PlanProblems {
  readonly fields: Readonly<Partial<Record<TypedField, FieldProblem>>>
  /** By the id of the message. */
  readonly messages: Readonly<Record<string, MessageProblems>>
  /** Pauses of a list, by the id of the message. */
  readonly pauses: Readonly<Record<string, FieldProblem>>
}

export type ReadPlan =
  | { readonly ok: true; readonly plan: SenderPlan }
  | { readonly ok: false; readonly problems: PlanProblems }

/** The plan that a form stands for, or all that is wrong with it. */
export const readPlan = (form: PlanForm): ReadPlan => {
  const problems = planProblems(form)
  const count = Object.keys({ ...problems.fields, ...problems.messages, ...problems.pauses }).length
  return count > 0 ? { ok: false, problems } : { ok: true, plan: planIn(form) }
}

/** Messages of a form that are sent: all of a list, none beside a recording or a script, one otherwise. */
const messagesIn = ({ kind, messages }: Pick<PlanForm, 'kind' | 'messages'>): readonly TypedMessage[] => {
  if (kind === 'list') return messages
  return kind === 'recording' || kind === 'script' ? [] : messages.slice(0, 1)
}

/** Whether the texts of a message are filled in for each one that is sent: always where rows fill them. */
export const isFilledIn = (kind: PlanForm['kind'], { message, fileToken }: TypedMessage): boolean =>
  kind === 'rows' || (message.isTemplate === true && fileToken === null)

const { everyMs, perSecond, count, lasts, devices, burst, pause, speed } = senderLimits
const percent = { least: 0, most: 100 }
const ramp = { least: 0, most: everyMs.most / 1_000 }
/** As the unit is the person's, the limit is told in it. */
const lastsIn = (form: PlanForm) => {
  const unit = unitMs[form.lastsUnit]
  return { least: Math.max(1, lasts.least / unit), most: Math.floor(lasts.most / unit) }
}

const planProblems = (form: PlanForm): PlanProblems => ({
  fields: withoutNone({
    ...paceProblems(form),
    count: wholeProblem(form.count, count),
    lasts: wholeProblem(form.lasts, lastsIn(form)),
    rampSeconds: numberProblem(form.rampSeconds, ramp),
    burst: wholeProblem(form.burst, burst),
    jitterPercent: wholeProblem(form.jitterPercent, percent),
    devices: form.devices.trim() === '' ? outOf('wholeRange', devices) : wholeProblem(form.devices, devices),
    clientId: clientProblem(form),
    rows: form.kind === 'rows' && !givenData(form.rows) ? { code: 'noRows' } : null,
    recording: form.kind === 'recording' && !givenData(form.recording) ? { code: 'noRecording' } : null,
    script: form.kind === 'script' && form.scriptId === '' ? { code: 'noScript' } : null,
  }),
  messages: Object.fromEntries(
    messagesIn(form).flatMap((typed) => {
      const found = problemsOf(form.kind, typed)
      return Object.keys(found).length > 0 ? [[typed.id, found] as const] : []
    }),
  ),
  pauses: Object.fromEntries(
    messagesIn(form).flatMap(({ id, pause: typed }) =>
      form.kind === 'list' && wholeIn(typed, pause) === null ? [[id, outOf('wholeRange', pause)] as const] : [],
    ),
  ),
})

/** What a template makes is known when it is rendered; but that there is a topic is known before. */
const problemsOf = (kind: PlanForm['kind'], typed: TypedMessage): MessageProblems => {
  const { payload, ...others } = messageProblems(typed.message)
  if (isFilledIn(kind, typed)) return typed.message.topic === '' && others.topic ? { topic: others.topic } : {}
  return payload && typed.fileToken === null ? { ...others, payload } : others
}

/** Whether its messages come when those of the recording did. */
export const keepsTimes = ({ kind, asRecorded }: Pick<PlanForm, 'kind' | 'asRecorded'>): boolean =>
  kind === 'recording' && asRecorded

const paceProblems = (form: PlanForm): PlanProblems['fields'] => {
  if (form.kind === 'list') return {}
  if (keepsTimes(form)) return numberIn(form.speed, speed) === null ? { speed: outOf('numberRange', speed) } : {}
  if (form.everyMs.trim() === '' && form.perSecond.trim() === '') return { everyMs: { code: 'noPace' } }
  return withoutNone({
    everyMs: numberProblem(form.everyMs, everyMs),
    perSecond: numberProblem(form.perSecond, perSecond),
  })
}

/** A broker lets go of the first client when a second one comes with its id (MQTT 5 §3.1.4). */
const clientProblem = (form: PlanForm): FieldProblem | null => {
  if (form.clients === 'shared') return null
  const number = wholeIn(form.devices, devices)
  if (number !== null && number > senderLimits.ownClients)
    return { code: 'tooManyClients', most: senderLimits.ownClients }
  if (form.clientId.trim() === '') return { code: 'noClientId' }
  return number !== null && number > 1 && !form.clientId.includes('{{') ? { code: 'oneClientId' } : null
}

type Limits = { readonly least: number; readonly most: number }

const outOf = (code: PlanProblem, { least, most }: Limits): FieldProblem => ({ code, least, most })

const wholeProblem = (typed: string, limits: Limits) =>
  typed.trim() === '' || wholeIn(typed, limits) !== null ? null : outOf('wholeRange', limits)

const numberProblem = (typed: string, limits: Limits) =>
  typed.trim() === '' || numberIn(typed, limits) !== null ? null : outOf('numberRange', limits)

const withoutNone = (fields: Readonly<Partial<Record<TypedField, FieldProblem | null>>>): PlanProblems['fields'] =>
  Object.fromEntries(Object.entries(fields).filter(([, problem]) => problem !== null))

/** Of a form in which nothing is wrong. */
const planIn = (form: PlanForm): SenderPlan => ({
  id: form.id,
  name: form.name.trim(),
  source: sourceIn(form),
  pace: paceIn(form),
  shape: {
    rampMs: Math.round(Number(form.rampSeconds) * 1_000),
    burst: Number(form.burst) || 1,
    jitter: Number(form.jitterPercent) / 100,
  },
  end: {
    count: form.count.trim() === '' ? null : Number(form.count),
    afterMs: form.lasts.trim() === '' ? null : Number(form.lasts) * unitMs[form.lastsUnit],
  },
  devices: { count: Number(form.devices), clients: form.clients, clientId: form.clientId },
  whenSlow: form.whenSlow,
})

const sourceIn = ({ kind, messages, rows, recording, loops, scriptId }: PlanForm): SenderSource => {
  if (kind === 'script') return { kind, scriptId }
  if (kind === 'recording') return { kind, data: givenData(recording) ?? { text: '' }, loops }
  const sent = messages.map(({ message, fileToken, pause: typed }) => ({
    message,
    ...(fileToken === null ? {} : { fileToken }),
    pauseMs: Number(typed),
  }))
  if (kind === 'list') return { kind, steps: sent, loops }
  const [first] = sent
  if (!first) throw new Error('A form has a first message.')
  const { pauseMs: _pauseMs, ...only } = first
  if (kind === 'message') return { kind, ...only }
  const data = givenData(rows) ?? { text: '' }
  return { kind, message: { ...only.message, isTemplate: true }, rows: { format: rows.format, data }, loops }
}

const paceIn = ({ kind, everyMs: every, perSecond: rate, ...form }: PlanForm): SenderPace => {
  if (kind === 'list') return { kind: 'pauses' }
  if (keepsTimes({ kind, ...form })) return { kind: 'recorded', speed: Number(form.speed) }
  return every.trim() === '' ? { kind: 'rate', perSecond: Number(rate) } : { kind: 'interval', everyMs: Number(every) }
}
