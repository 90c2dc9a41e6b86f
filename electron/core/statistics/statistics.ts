import { flags } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import {
  statisticsFilter,
  statisticsLimits,
  type StatisticsChange,
  type StatisticValue,
} from '#shared/model/statistics'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { BrokerSession } from '../broker/session/brokerSession'

type StatisticsSession = Pick<BrokerSession, 'listen' | 'holdFilter' | 'online'>

export interface StatisticsParts {
  readonly sessions: { get(id: ProfileId): StatisticsSession | undefined }
  readonly onChange: (change: StatisticsChange) => void
}

/** What servers publish of themselves, listened to for as long as somebody asks. */
export interface Statistics {
  /** Subscribes, or ends it. Fails with `notConnected`. */
  watch(id: ProfileId, isOn: boolean): Result<null>
  stopAll(): void
}

/** News are gathered for so long. */
const gatherMs = 300

export const createStatistics = ({ sessions, onChange }: StatisticsParts): Statistics => {
  const stops = new Map<ProfileId, () => void>()
  const stop = (id: ProfileId) => {
    stops.get(id)?.()
    stops.delete(id)
  }
  return {
    watch: (id, isOn) => {
      stop(id)
      if (!isOn) return ok(null)
      const session = sessions.get(id)
      if (!session?.online()) return fail('notConnected', 'Connect before asking for statistics.')
      stops.set(id, listenTo(session, id, onChange))
      return ok(null)
    },
    stopAll: () => {
      for (const id of stops.keys()) stop(id)
    },
  }
}

/** A character of UTF-8 has four bytes at most. */
const cut = (bytes: Uint8Array): string =>
  decodeUtf8(bytes.subarray(0, statisticsLimits.characters * 4)).slice(0, statisticsLimits.characters)

/** Answers how to end it. */
const listenTo = (
  session: StatisticsSession,
  connectionId: ProfileId,
  onChange: StatisticsParts['onChange'],
): (() => void) => {
  const known = new Set<string>()
  const gathered = new Map<string, StatisticValue>()
  const leftOut = new Set<string>()
  let phase: StatisticsChange['phase'] = 'asking'
  let error: AppError | null = null
  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    if (timer) clearTimeout(timer)
    timer = null
    onChange({ connectionId, phase, error, values: [...gathered.values()], left: leftOut.size })
    gathered.clear()
  }
  const note = (topic: string, bytes: Uint8Array, { at, isRetained }: Pick<StatisticValue, 'at' | 'isRetained'>) => {
    if (!known.has(topic) && known.size >= statisticsLimits.topics) {
      if (leftOut.size < statisticsLimits.topics) leftOut.add(topic)
      return
    }
    known.add(topic)
    gathered.set(topic, { topic, text: cut(bytes), at, isRetained })
    timer ??= setTimeout(tell, gatherMs)
  }
  // What is retained is wanted: many of these topics are published once.
  const stopListening = session.listen(({ topic, source, payloadStart, end, time }, heard) => {
    if (topic.text.startsWith('$SYS/'))
      note(topic.text, source.subarray(payloadStart, end), { at: time, isRetained: (heard.flags & flags.retain) !== 0 })
  })
  const held = session.holdFilter(statisticsFilter, { wantsRetained: true })
  tell()
  void held.granted.then((refusal) => {
    error = refusal
    phase = refusal ? 'refused' : 'on'
    tell()
  })
  return () => {
    stopListening()
    held.release()
    phase = 'off'
    tell()
  }
}
