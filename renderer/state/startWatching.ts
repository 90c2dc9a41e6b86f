import { loadedWords } from '../i18n/loadedWords'
import { createTranslator } from 'use-intl/core'
import type { Watch } from '#shared/model/watch'
import { visibleName } from '#shared/text/visibleText'
import type { MessageLog } from '../model/messageLog/messageLog'
import { isSilent } from '../model/watch/watchRules'
import type { App, Connection } from './app'
import { connectionsState } from './connections'
import { messagesState } from './messages'
import { payloadRulesState, type PayloadRulesState } from './payloadRules'
import { profilesState, selectEntry } from './profiles'
import { sessionState } from './session'
import { selectLanguage, settingsState } from './settings'
import { watchedState, watchTitle, type WatchedNow } from './watched'
import { createWatchFollower, type WatchFollower } from './watchFollower'
import { addRows, createWatchQueue, type WatchQueue } from './watchQueue'
import { createWatchSchemas, type WatchSchemas } from './watchSchemas'
import { ruleWords } from './watchWords'

/** Rows that are looked through for what was there before a value was watched: some milliseconds. */
const rowsLookedBack = 50_000
const silenceLookMs = 1_000

/** The watched values of one connection, whether it is in view or not. */
interface Watching {
  readonly followers: Map<string, WatchFollower>
  readonly queue: WatchQueue
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
  const arrange = (isDecodedAnew = false) => {
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
      fitFollowers(connection, watching, { wanted, isDecodedAnew, tell, schemas })
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
    app.watch(connectionsState, () => arrange()),
    app.watch(watchedState, ({ watches }, before) => {
      if (watches !== before.watches) arrange()
    }),
    app.watch(payloadRulesState, (now, before) => {
      if (decodesAnew(now, before)) arrange(true)
    }),
    () => clearInterval(timer),
    () => watchings.forEach(({ stop }) => stop()),
  ]
  return () => stops.forEach((stop) => stop())
}

/** Whether payloads may be decoded in another way than before. A JSON Schema that is read decodes nothing. */
const decodesAnew = (now: PayloadRulesState, before: PayloadRulesState): boolean => {
  if (now.rules !== before.rules) return true
  if (now.schemas === before.schemas) return false
  const [known, others] = [now, before].map(({ schemas }) =>
    [...schemas.values()].filter(({ status }) => status === 'protobuf' || status === 'avro'),
  )
  return known?.length !== others?.length || known?.some((schema, place) => schema !== others?.[place]) === true
}

const isOnline = (connection: Connection) => connection.get(sessionState).status?.state.phase === 'online'

const beginWatching = (connection: Connection, advance: () => void): Watching => {
  const { clock } = connection.app.models
  const { log } = connection.model
  const followers: Watching['followers'] = new Map()
  const stops = [
    () => followers.clear(),
    connection.watch(messagesState, advance),
    connection.watch(sessionState, () => {
      if (!isOnline(connection)) watching.onlineSince = null
      else watching.onlineSince ??= clock.now()
    }),
  ]
  const watching: Watching = {
    followers,
    queue: createWatchQueue(connection, (taken) => know(connection, followers, taken)),
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
  readonly isDecodedAnew: boolean
  readonly tell: Tell
  readonly schemas: WatchSchemas
}

/** Begins to follow what is watched anew, or by other rules, with what the log has of it. */
const fitFollowers = (connection: Connection, watching: Watching, parts: FitParts) => {
  const { wanted, isDecodedAnew, tell, schemas } = parts
  const { app, id } = connection
  const { followers, queue } = watching
  for (const followed of followers.keys()) if (!wanted.some((one) => one.id === followed)) followers.delete(followed)
  const sameBefore = ({ id: watchId }: Watch) => {
    const known = followers.get(watchId)
    return known && wanted.includes(known.watch) ? known : undefined
  }
  const isNew = (watch: Watch) => isDecodedAnew || !sameBefore(watch)
  const begun = wanted.filter(isNew).map((watch) =>
    createWatchFollower(watch, {
      held: sameBefore(watch)?.now().holds ?? [],
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
  for (const follower of begun) followers.set(follower.watch.id, follower)
  know(connection, followers, begun)
  const { log, nextRow: to } = watching
  addRows(queue, log, { from: to - rowsLookedBack, to, byTopic: groupByTopic(begun), isEarlier: true })
}

/** Makes known what is known of those that are still followed. */
const know = (connection: Connection, followers: Watching['followers'], heard: Iterable<WatchFollower>) => {
  const changed = new Map<string, WatchedNow>()
  for (const follower of heard)
    if (followers.get(follower.watch.id) === follower) changed.set(follower.watch.id, follower.now())
  if (changed.size > 0) connection.app.get(watchedState).know(changed)
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
  addRows(watching.queue, log, { from, to, byTopic: groupByTopic(watching.followers.values()), isEarlier: false })
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
    const { language, words } = loadedWords(selectLanguage(app.get(settingsState)))
    const t = createTranslator({ locale: language, messages: words, namespace: 'watch' })
    const connection = selectEntry(connectionId)(app.get(profilesState))?.profile.name ?? ''
    const value = visibleName(now.value?.text ?? '').slice(0, 200)
    const body = t('told', { rule: ruleWords(rule, t), value, connection: visibleName(connection) })
    const title = visibleName(watchTitle(watch)).slice(0, 300)
    void app.api.invoke('alert.show', { watchId: watch.id, title, body: body.slice(0, 1_000), connectionId, sequence })
  }
