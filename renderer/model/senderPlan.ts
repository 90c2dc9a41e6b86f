import type { ComposedMessage } from '#shared/model/publish'
import type { SenderPlan, SenderSource } from '#shared/model/sender'

/** A plan of its own for what is to be sent: one message a second or the pauses of a list, until it is stopped. */
export const planFor = (source: SenderSource, given: Partial<SenderPlan> = {}): SenderPlan => ({
  id: crypto.randomUUID(),
  name: '',
  source,
  pace: firstPace(source),
  shape: { rampMs: 0, burst: 1, jitter: 0 },
  end: { count: null, afterMs: null },
  devices: { count: 1, clients: 'shared', clientId: '{{ n }}' },
  whenSlow: 'skip',
  ...given,
})

const firstPace = ({ kind }: SenderSource): SenderPlan['pace'] => {
  if (kind === 'list') return { kind: 'pauses' }
  return kind === 'recording' ? { kind: 'recorded', speed: 1 } : { kind: 'interval', everyMs: 1_000 }
}

/** What a plan is called. */
export const planName = ({ name, source }: Pick<SenderPlan, 'name' | 'source'>): string =>
  name === '' ? firstTopic(source) : name

/** The topic of its first message, as it is written: it may be a template. '' = that of a recording, or a script makes it. */
export const firstTopic = (source: SenderSource): string => messagesOf(source)[0]?.topic ?? ''

/** The messages that a plan itself holds. */
export const messagesOf = (source: SenderSource): readonly ComposedMessage[] => {
  if (source.kind === 'recording' || source.kind === 'script') return []
  return source.kind === 'list' ? source.steps.map(({ message }) => message) : [source.message]
}

/** Messages a second that a plan sends where nothing slows it; null = as the pauses of its list, or its recording, say. */
export const plannedRate = ({ pace, devices }: Pick<SenderPlan, 'pace' | 'devices'>): number | null => {
  if (pace.kind === 'pauses' || pace.kind === 'recorded') return null
  return pace.kind === 'rate' ? pace.perSecond : (devices.count * 1_000) / pace.everyMs
}
