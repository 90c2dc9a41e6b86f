import type { Words } from '#shared/i18n/words'

type StatisticName = keyof Words['broker']['statistics']['names']

/** How a statistic is read: `count` and `bytes` stand for themselves, `total` and `totalBytes` only grow, so that their rate tells more. */
type StatisticKind = 'text' | 'seconds' | 'count' | 'bytes' | 'total' | 'totalBytes'

interface Meaning {
  readonly name: StatisticName
  readonly kind: StatisticKind
  /** Its place among the tiles. */
  readonly order: number
}

export interface KnownStatistic extends Meaning {
  /** Of a cluster; '' = the broker does not name any. Untrusted. */
  readonly node: string
}

type Row = readonly [topic: string, name: StatisticName, kind: StatisticKind]

/** mosquitto (mosquitto(8), "Broker status") and HiveMQ's extension for system topics name them nearly alike. */
const ofMosquittoAndHiveMq: readonly Row[] = [
  ['version', 'version', 'text'],
  ['uptime', 'uptime', 'seconds'],
  ['clients/connected', 'clients', 'count'],
  ['clients/disconnected', 'clientsAway', 'count'],
  ['clients/total', 'clientsTotal', 'count'],
  ['subscriptions/count', 'subscriptions', 'count'],
  ['shared_subscriptions/count', 'sharedSubscriptions', 'count'],
  ['retained messages/count', 'retained', 'count'],
  ['messages/retained/count', 'retained', 'count'],
  ['store/messages/count', 'stored', 'count'],
  ['messages/inflight', 'inFlight', 'count'],
  ['publish/messages/received', 'publishIn', 'total'],
  ['publish/messages/sent', 'publishOut', 'total'],
  ['publish/messages/dropped', 'dropped', 'total'],
  ['messages/publish/received', 'publishIn', 'total'],
  ['messages/publish/sent', 'publishOut', 'total'],
  ['messages/publish/dropped', 'dropped', 'total'],
  ['messages/received', 'messagesIn', 'total'],
  ['messages/sent', 'messagesOut', 'total'],
  ['bytes/received', 'bytesIn', 'totalBytes'],
  ['bytes/sent', 'bytesOut', 'totalBytes'],
  ['load/bytes/received', 'bytesIn', 'totalBytes'],
  ['load/bytes/sent', 'bytesOut', 'totalBytes'],
  ['heap/current', 'memory', 'bytes'],
]

/** EMQX, "System topics": below `$SYS/brokers/<node>`. */
const ofEmqx: readonly Row[] = [
  ['version', 'version', 'text'],
  ['uptime', 'uptime', 'seconds'],
  ['stats/connections/count', 'clients', 'count'],
  ['stats/sessions/count', 'sessions', 'count'],
  ['stats/topics/count', 'topics', 'count'],
  ['stats/subscriptions/count', 'subscriptions', 'count'],
  ['stats/subscriptions/shared/count', 'sharedSubscriptions', 'count'],
  ['stats/retained/count', 'retained', 'count'],
  ['metrics/messages/received', 'publishIn', 'total'],
  ['metrics/messages/sent', 'publishOut', 'total'],
  ['metrics/messages/dropped', 'dropped', 'total'],
  ['metrics/packets/received', 'messagesIn', 'total'],
  ['metrics/packets/sent', 'messagesOut', 'total'],
  ['metrics/bytes/received', 'bytesIn', 'totalBytes'],
  ['metrics/bytes/sent', 'bytesOut', 'totalBytes'],
]

/** VerneMQ's systree: below `$SYS/<node>`, the names of its metrics with / for _. */
const ofVerneMq: readonly Row[] = [
  ['system/wallclock', 'uptime', 'seconds'],
  ['queue/processes', 'sessions', 'count'],
  ['router/subscriptions', 'subscriptions', 'count'],
  ['retain/messages', 'retained', 'count'],
  ['mqtt/publish/received', 'publishIn', 'total'],
  ['mqtt/publish/sent', 'publishOut', 'total'],
  ['queue/message/drop', 'dropped', 'total'],
  ['bytes/received', 'bytesIn', 'totalBytes'],
  ['bytes/sent', 'bytesOut', 'totalBytes'],
]

const order = [...new Set([...ofMosquittoAndHiveMq, ...ofEmqx, ...ofVerneMq].map(([, name]) => name))]

const tableOf = (rows: readonly Row[]): ReadonlyMap<string, Meaning> =>
  new Map(rows.map(([topic, name, kind]) => [topic, { name, kind, order: order.indexOf(name) }]))

const families: readonly (readonly [RegExp, ReadonlyMap<string, Meaning>])[] = [
  [/^\$SYS\/broker\/(?<rest>.+)$/, tableOf(ofMosquittoAndHiveMq)],
  [/^\$SYS\/brokers\/(?<node>[^/]+)\/(?<rest>.+)$/, tableOf(ofEmqx)],
  // A node of Erlang has a name with @.
  [/^\$SYS\/(?<node>[^/]*@[^/]*)\/(?<rest>.+)$/, tableOf(ofVerneMq)],
]

/** What a topic below `$SYS` counts; null = it is not known here. */
export const knownStatistic = (topic: string): KnownStatistic | null => {
  for (const [pattern, table] of families) {
    const found = pattern.exec(topic)?.groups
    if (!found) continue
    const meaning = table.get(found['rest'] ?? '')
    return meaning ? { ...meaning, node: found['node'] ?? '' } : null
  }
  return null
}

/** The number that a value begins with, e.g. of `12 seconds`; null = it is none. */
export const numberOf = (text: string): number | null => {
  const found = /^\s*(-?\d+(?:\.\d+)?)/.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}
