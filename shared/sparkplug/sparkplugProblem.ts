/**
 * What a message has against the specification, or what is not known because of a message that is missing, with the requirement of
 * Sparkplug 3.0 it falls under. Null = it is none of the specification's.
 */
export const sparkplugClauses = {
  /** Sequence numbers were left out. */
  gap: 'tck-id-payloads-sequence-num-incrementing',
  /** The same, but the connection was interrupted or messages were dropped here. */
  gapWhileAway: null,
  /** One that was missed came after later ones. */
  outOfOrder: 'tck-id-payloads-sequence-num-incrementing',
  /** A number that was there already. */
  sequenceAgain: 'tck-id-payloads-sequence-num-incrementing',
  noSequence: 'tck-id-payloads-sequence-num-always-included',
  /** A number above 255. */
  badSequence: 'tck-id-payloads-sequence-num-incrementing',
  birthNotZero: 'tck-id-payloads-sequence-num-zero-nbirth',
  birthWithoutBdSeq: 'tck-id-topics-nbirth-bdseq-included',
  /** The number of a session that has ended. */
  bdSeqAgain: 'tck-id-topics-nbirth-bdseq-increment',
  /** A death of a session before the one that is known, which ends nothing. */
  oldDeath: 'tck-id-topics-nbirth-bdseq-matching',
  deathWithoutBdSeq: 'tck-id-payloads-ndeath-bdseq',
  dataBeforeBirth: 'tck-id-topics-nbirth-metric-reqs',
  dataAfterDeath: 'tck-id-topics-nbirth-metric-reqs',
  deviceBeforeBirth: 'tck-id-topics-dbirth-metric-reqs',
  unknownAlias: 'tck-id-payloads-alias-birth-requirement',
  /** Data names a metric that the birth did not. */
  unknownMetric: 'tck-id-topics-nbirth-metric-reqs',
  /** Two metrics of an edge node have one alias. */
  aliasTwice: 'tck-id-payloads-alias-uniqueness',
  retained: 'tck-id-topics-nbirth-mqtt',
  /** It cannot be read as a payload of Sparkplug B. */
  unreadable: null,
  /** Only the head of the payload is here. */
  notRead: null,
  badState: 'tck-id-host-topic-phid-birth-payload',
} as const satisfies Readonly<Record<string, string | null>>

export type SparkplugProblemKind = keyof typeof sparkplugClauses

export interface SparkplugProblem {
  readonly id: number
  readonly kind: SparkplugProblemKind
  readonly group: string
  /** Of a host: its name, with an empty group. */
  readonly node: string
  readonly device: string | null
  /** Numbers that are missing, an alias, a name: what the kind is about. */
  readonly detail: string
  /** How often since the latest birth. */
  readonly count: number
  /** The latest message with it, and when that came. */
  readonly sequence: number
  readonly at: number
}

export interface SparkplugProblems {
  /** The latest, oldest first. */
  all(): readonly SparkplugProblem[]
  /** All that were told, also those that are not kept. */
  total(): number
  tell(problem: Omit<SparkplugProblem, 'id' | 'count'>): void
  /** What is told of the node from now on is told anew. */
  beginAnew(group: string, node: string): void
}

const mostProblems = 500

export const createSparkplugProblems = (): SparkplugProblems => {
  const kept = new Map<string, SparkplugProblem>()
  const generations = new Map<string, number>()
  let total = 0
  const nodeKey = (group: string, node: string) => `${group}/${node}`
  return {
    all: () => [...kept.values()],
    total: () => total,
    tell: (told) => {
      total += 1
      const { group, node, device, kind, detail } = told
      const generation = generations.get(nodeKey(group, node)) ?? 0
      const key = JSON.stringify([group, node, device, kind, detail, generation])
      const known = kept.get(key)
      // Told again, it is the latest.
      kept.delete(key)
      kept.set(key, { ...told, id: known?.id ?? total, count: (known?.count ?? 0) + 1 })
      if (kept.size <= mostProblems) return
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        return
      }
    },
    beginAnew: (group, node) => {
      const key = nodeKey(group, node)
      generations.set(key, (generations.get(key) ?? 0) + 1)
    },
  }
}
