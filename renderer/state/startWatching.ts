import { createTranslator } from 'use-intl/core'
import { catalogues } from '#shared/i18n/catalogues'
import type { Watch } from '#shared/model/watch'
import { visibleName } from '#shared/text/visibleText'
import type { MessageLog } from '../model/messageLog/messageLog'
import { isSilent } from '../model/watch/watchRules'
import type { App, Connection } from './app'
import { connectionsState } from './connections'
import { messagesState } from './messages'
import { profilesState, selectEntry } from './profiles'
import { sessionState } from './session'
import { selectLanguage, settingsState } from './settings'
import { watchedState, watchTitle, type WatchedNow } from './watched'
import { createWatchFollower, visitTopics, type WatchFollower } from './watchFollower'
import { createWatchSchemas, type WatchSchemas } from './watchSchemas'
import { ruleWords } from './watchWords'

/** Rows that are looked through for what was there before a value was watched: some milliseconds. */
const rowsLookedBack = 50_000
const silenceLookMs = 1_000

/** The watched values of one connection, whether it is in view or not. */
interface Watching {
  readonly followers: Map<string, WatchFollower>
  log: MessageLog
  nextRow: number
  /** Steady time; null = it is not online. */
  onlineSince: number | null
  stop(): void
}

/** Follows watched values on all connections, and tells when their rules begin to hold. Answers its stop. */
export const startWatching = (app: App): (() => void) => {
  const watchings = new Map<Connection, Watching>()
  const tell = createTelling(app)
  const schemas = createWatchSchemas(app, (watch, rule, found) => {
    const connection = app.get(connectionsState).all.get(watch.connectionId)
    const follower = connection && watchings.get(connection)?.followers.get(watch.id)
    if (!connection || !follower) return
    const rings = withRule(follower, rule, found.differs)
    app.get(watchedState).know(new Map([[watch.id, follower.now()]]))
    if (rings) tell(watch, rule, { now: follower.now(), sequence: found.sequence })
  })
  const arrange = () => {
    const { all } = app.get(connectionsState)
    const { watches } = app.get(watchedState)
    for (const [connection, watching] of watchings)
      if (all.get(connection.id) !== connection || !watches.some((one) => one.connectionId === connection.id)) {
        watching.stop()
        watchings.delete(connection)
      }
    for (const connection of all.values()) {
      const wanted = watches.filter(({ connectionId }) => connectionId === connection.id)
      if (wanted.length === 0) continue
      const watching = watchings.get(connection) ?? beginWatching(connection, () => advance(connection))
      watchings.set(connection, watching)
      fitFollowers(connection, watching, { wanted, tell, schemas })
    }
  }
  const advance = (connection: Connection) => {
    const watching = watchings.get(connection)
    if (watching) takeNew(connection, watching)
  }
  const lookForSilence = () => {
    for (const [connection, watching] of watchings) judgeSilence(connection, watching, tell)
  }
  arrange()
  const timer = setInterval(lookForSilence, silenceLookMs)
  const stops = [
    app.watch(connectionsState, arrange),
    app.watch(watchedState, ({ watches }, before) => {
      if (watches !== before.watches) arrange()
    }),
    () => clearInterval(timer),
    () => watchings.forEach(({ stop }) => stop()),
  ]
  return () => stops.forEach((stop) => stop())
}

const isOnline = (connection: Connection) => connection.get(sessionState).status?.state.phase === 'online'

const beginWatching = (connection: Connection, advance: () => void): Watching => {
  const { clock } = connection.app.models
  const { log } = connection.model
  const stops = [
    connection.watch(messagesState, advance),
    connection.watch(sessionState, () => {
      if (!isOnline(connection)) watching.onlineSince = null
      else watching.onlineSince ??= clock.now()
    }),
  ]
  const watching: Watching = {
    followers: new Map(),
    log,
    nextRow: log.endRow(),
    onlineSince: isOnline(connection) ? clock.now() : null,
    stop: () => stops.forEach((stop) => stop()),
  }
  return watching
}

type Tell = (watch: Watch, rule: number, about: { readonly now: WatchedNow; readonly sequence: number | null }) => void

interface FitParts {
  readonly wanted: readonly Watch[]
  readonly tell: Tell
  readonly schemas: WatchSchemas
}

/** Begins to follow what is watched anew, or by other rules, with what the log has of it. */
const fitFollowers = (connection: Connection, watching: Watching, { wanted, tell, schemas }: FitParts) => {
  const { app, id } = connection
  const { followers } = watching
  for (const followed of followers.keys()) if (!wanted.some((one) => one.id === followed)) followers.delete(followed)
  const isNew = (watch: Watch) => followers.get(watch.id)?.watch !== watch
  const begun = wanted.filter(isNew).map((watch) =>
    createWatchFollower(watch, {
      surroundings: () => ({
        subscriptions: selectEntry(id)(app.get(profilesState))?.profile.subscriptions ?? [],
        now: app.models.clock.wallTimeOf(app.models.clock.now()),
      }),
      onRing: ({ watch: rung, rule, message, now }) => tell(rung, rule, { now, sequence: message.sequence }),
      onMessage: schemas.check,
    }),
  )
  if (begun.length === 0) return
  takeNew(connection, watching)
  const { log } = watching
  const byTopic = groupByTopic(begun)
  const from = Math.max(log.firstKeptRow(), watching.nextRow - rowsLookedBack)
  visitTopics(log, { from, to: watching.nextRow, topics: byTopic }, (topic, chunk, index) =>
    byTopic.get(topic)?.forEach((follower) => follower.take({ chunk, index, log }, true)),
  )
  for (const follower of begun) followers.set(follower.watch.id, follower)
  app.get(watchedState).know(new Map(begun.map((follower) => [follower.watch.id, follower.now()])))
}

const groupByTopic = (followers: Iterable<WatchFollower>): ReadonlyMap<string, readonly WatchFollower[]> => {
  const byTopic = new Map<string, WatchFollower[]>()
  for (const follower of followers) {
    const known = byTopic.get(follower.watch.topic)
    if (known) known.push(follower)
    else byTopic.set(follower.watch.topic, [follower])
  }
  return byTopic
}

/** What came since. A clear gives the connection another log, and its undo the one before: that has what came meanwhile. */
const takeNew = (connection: Connection, watching: Watching) => {
  const { log } = connection.model
  if (log !== watching.log) {
    watching.log = log
    watching.nextRow = log.endRow()
    return
  }
  const [from, to] = [watching.nextRow, log.endRow()]
  watching.nextRow = to
  if (from === to || watching.followers.size === 0) return
  const byTopic = groupByTopic(watching.followers.values())
  const changed = new Map<string, WatchedNow>()
  const heard = new Set<WatchFollower>()
  visitTopics(log, { from, to, topics: byTopic }, (topic, chunk, index) =>
    byTopic.get(topic)?.forEach((follower) => {
      follower.take({ chunk, index, log }, false)
      heard.add(follower)
    }),
  )
  for (const follower of heard) changed.set(follower.watch.id, follower.now())
  if (changed.size > 0) connection.app.get(watchedState).know(changed)
}

const judgeSilence = (connection: Connection, { followers, onlineSince }: Watching, tell: Tell) => {
  const steady = connection.app.models.clock.now()
  const changed = new Map<string, WatchedNow>()
  for (const follower of followers.values())
    follower.watch.rules.forEach((rule, place) => {
      if (rule.kind !== 'silent') return
      const before = follower.now()
      const silent = isSilent(rule, { at: before.heardAt, onlineSince }, steady)
      if (silent === before.holds[place]) return
      const rings = withRule(follower, place, silent)
      changed.set(follower.watch.id, follower.now())
      if (rings) tell(follower.watch, place, { now: follower.now(), sequence: null })
    })
  if (changed.size > 0) connection.app.get(watchedState).know(changed)
}

/** Whether the rule did not hold before, and does. */
const withRule = (follower: WatchFollower, place: number, holds: boolean): boolean => {
  const now = follower.now()
  follower.set({ ...now, holds: now.holds.map((held, at) => (at === place ? holds : held)) })
  return holds && now.holds[place] !== true
}

/** Marks the message, and has the system show a notification. */
const createTelling =
  (app: App): Tell =>
  (watch, place, { now, sequence }) => {
    const { connectionId } = watch
    const rule = watch.rules[place]
    if (!rule) return
    if (sequence !== null) app.get(watchedState).noteRing(connectionId, sequence)
    const locale = selectLanguage(app.get(settingsState))
    const t = createTranslator({ locale, messages: catalogues[locale], namespace: 'watch' })
    const connection = selectEntry(connectionId)(app.get(profilesState))?.profile.name ?? ''
    const value = visibleName(now.value?.text ?? '').slice(0, 200)
    const body = t('told', { rule: ruleWords(rule, t), value, connection: visibleName(connection) })
    const title = visibleName(watchTitle(watch)).slice(0, 300)
    void app.api.invoke('alert.show', { watchId: watch.id, title, body: body.slice(0, 1_000), connectionId, sequence })
  }
