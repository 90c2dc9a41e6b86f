import { replayLimits, type ReplayPlan } from '#shared/model/recordings'

/** A replay as a person fills it in: numbers, times and lists as they are typed. */
export interface ReplayDraft {
  readonly sourceId: string
  readonly connectionId: string
  readonly pace: ReplayPlan['pace']['kind']
  readonly factor: string
  /** As an input of date and time has it; '' = all. */
  readonly from: string
  readonly to: string
  /** A filter a line. */
  readonly include: string
  readonly exclude: string
  /** `filter => topic` a line. */
  readonly rewrites: string
  readonly prefix: string
  readonly direction: ReplayPlan['direction']
  readonly withoutEchoes: boolean
  readonly qos: 'recorded' | '0' | '1' | '2'
  readonly retain: 'recorded' | 'yes' | 'no'
  readonly keepsProperties: boolean
}

/** Under a prefix: what is replayed is not taken for what it is a recording of. */
export const newReplayDraft = (ends: Pick<ReplayDraft, 'sourceId' | 'connectionId'>): ReplayDraft => ({
  ...ends,
  pace: 'recorded',
  factor: '1',
  from: '',
  to: '',
  include: '',
  exclude: '',
  rewrites: '',
  prefix: 'replay/',
  direction: 'all',
  withoutEchoes: true,
  qos: 'recorded',
  retain: 'recorded',
  keepsProperties: true,
})

export type ReplayProblem = 'factor' | 'time' | 'rewrite'

/** The plan of what was filled in, or the field that it cannot be made of. */
export const planOf = (draft: ReplayDraft): ReplayPlan | ReplayProblem => {
  const factor = Number(draft.factor.replace(',', '.'))
  const { least, most } = replayLimits.factor
  if (draft.pace === 'recorded' && !(factor >= least && factor <= most)) return 'factor'
  const [from, to] = [draft.from, draft.to].map((text) => (text === '' ? null : new Date(text).getTime()))
  if (Number.isNaN(from) || Number.isNaN(to) || (from != null && to != null && to <= from)) return 'time'
  const rewrites = linesOf(draft.rewrites).map((line) => /^(.*?)\s*=>\s*(.*)$/.exec(line))
  if (rewrites.some((found) => found === null || found[1] === '')) return 'rewrite'
  return {
    sourceId: draft.sourceId,
    connectionId: draft.connectionId,
    pace: draft.pace === 'recorded' ? { kind: 'recorded', factor } : { kind: draft.pace },
    from: from ?? null,
    to: to ?? null,
    include: linesOf(draft.include),
    exclude: linesOf(draft.exclude),
    rewrites: rewrites.map((found) => ({ filter: found?.[1] ?? '', topic: found?.[2] ?? '' })),
    prefix: draft.prefix,
    direction: draft.direction,
    withoutEchoes: draft.withoutEchoes,
    qos: draft.qos === 'recorded' ? null : draft.qos === '0' ? 0 : draft.qos === '1' ? 1 : 2,
    retain: draft.retain === 'recorded' ? null : draft.retain === 'yes',
    keepsProperties: draft.keepsProperties,
  }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
