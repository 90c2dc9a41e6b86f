import { Tooltip } from '@base-ui/react/tooltip'
import { render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import type { Handlers, Snapshot } from '#shared/contract'
import type { ConnectionNews, Frame, SessionTotals } from '#shared/model/frame'
import { noSavedDrafts } from '#shared/model/drafts'
import { newProfile, type Profile, type ProfileEntry } from '#shared/model/profile'
import { emptyPublishLibrary } from '#shared/model/publish'
import type { ServerLimits, SessionPhase, SessionStatus } from '#shared/model/session'
import { defaultSettings, type Language } from '#shared/model/settings'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { catalogues } from '#shared/i18n/catalogues'
import { ActionsContext } from '../actions/useActions'
import { allActions } from '../app/actions'
import { createLocalPort } from '../model/logSearch/localPort'
import { createConnectionModels } from '../model/connectionModel'
import { createItemDecoder } from '../model/decoding/decodeItems'
import type { PayloadDecoder } from '../model/decoding/payloadDecoder'
import { createLocalExportThread } from '../model/logExport/exportAnswers'
import { checkText } from '../model/schemaCheck/checkText'
import type { SchemaChecker } from '../model/schemaCheck/schemaChecker'
import { createApp, type App, type Connection } from '../state/app'
import { connectionsState } from '../state/connections'
import { noCounters } from '../state/connectionCounters'
import { messagesState } from '../state/messages'
import { probeState } from '../state/probe'
import { receiveFirstSessions, sessionState } from '../state/session'
import { AppContext } from '../state/useApp'
import { ConnectionContext } from '../state/useConnection'
import { createFakeMain, type FakeMain } from './fakeMain'

export interface TestWindowOptions {
  /** Of the one connection, with id `c`. */
  readonly profile?: Partial<Profile>
  /** Absent = it was never connected. */
  readonly session?: SessionPhase
  readonly subscriptions?: readonly SubscriptionStatus[]
  readonly snapshot?: Partial<Snapshot>
  readonly answers?: Partial<Handlers>
  /** Bytes of messages a connection may hold. */
  readonly budgetBytes?: number
}

/** A window with the real state over a main process that answers as the test says. */
export interface TestWindow {
  readonly app: App
  readonly connection: Connection
  readonly main: FakeMain
  /** What comes in one batch: frames, what main counts with them, and what else it tells of the connection. */
  receive(frames: readonly Frame[], totals?: Partial<SessionTotals>, news?: Partial<ConnectionNews>): void
  setSession(state: SessionPhase, subscriptions?: readonly SubscriptionStatus[]): void
  /** Renders a part of the workspace as it stands in the window. */
  render(part: ReactNode, language?: Language): RenderResult
}

export const openTestWindow = (options: TestWindowOptions = {}): TestWindow => {
  const main = createFakeMain(options.answers)
  const models = createConnectionModels({ bytes: options.budgetBytes ?? 2 ** 25, rows: null }, createLocalPort())
  const app = createApp({
    api: main.api,
    models,
    schemaChecker: checkerAtOnce,
    payloadDecoder: decoderAtOnce(),
    startExportThread: createLocalExportThread,
    snapshot: snapshotOf(options),
  })
  receiveFirstSessions(app)
  const connection = app.get(connectionsState).open('c')
  return {
    app,
    connection,
    main,
    receive: (frames, totals = {}, news = {}) => {
      for (const frame of frames) connection.model.apply(frame)
      const received = frames.reduce((sum, { count }) => sum + count, connection.get(messagesState).counters.received)
      connection.batch(() => {
        connection.get(messagesState).receive({
          connectionId: 'c',
          totals: { ...noCounters, received, ...totals },
          subscriptions: [],
          deliveries: [],
          serverSession: 0,
          unkept: { topics: 0, isExact: true, messages: 0 },
          ...news,
        })
        connection.get(probeState).advance()
      })
    },
    setSession: (state, subscriptions) => {
      const known = connection.get(sessionState).status?.subscriptions ?? []
      connection.get(sessionState).receive({ connectionId: 'c', state, subscriptions: subscriptions ?? known })
    },
    render: (part, language = 'en') =>
      render(part, {
        wrapper: ({ children }) => <WindowAround {...{ app, connection, language }}>{children}</WindowAround>,
      }),
  }
}

interface WindowAroundProps {
  readonly app: App
  readonly connection: Connection
  readonly language: Language
  readonly children: ReactNode
}

function WindowAround({ app, connection, language, children }: WindowAroundProps) {
  return (
    <AppContext value={app}>
      <ConnectionContext value={connection}>
        <ActionsContext value={allActions}>
          <IntlProvider locale={language} timeZone="UTC" messages={catalogues[language]}>
            <Tooltip.Provider>{children}</Tooltip.Provider>
          </IntlProvider>
        </ActionsContext>
      </ConnectionContext>
    </AppContext>
  )
}

/** Without a thread of its own. */
const checkerAtOnce: SchemaChecker = { check: (wanted) => Promise.resolve(checkText(wanted)) }

const decoderAtOnce = (): PayloadDecoder => {
  const decoder = createItemDecoder()
  return { setRules: decoder.take, decode: (items) => Promise.resolve(items.map(decoder.decode)) }
}

const snapshotOf = ({ profile, session, subscriptions = [], snapshot }: TestWindowOptions): Snapshot => {
  const status: SessionStatus | null = session ? { connectionId: 'c', state: session, subscriptions } : null
  return {
    profiles: [entryOf({ id: 'c', ...profile })],
    sessions: status ? [status] : [],
    settings: defaultSettings,
    systemLanguage: 'en',
    library: emptyPublishLibrary,
    drafts: noSavedDrafts,
    faults: [],
    faultScenarios: [],
    senders: [],
    meters: [],
    requests: [],
    responders: [],
    responderRules: [],
    scripts: [],
    scriptRuns: [],
    senderPlans: [],
    deliveredDevices: [],
    deviceDefinitions: [],
    devices: [],
    environments: [],
    payloadRules: [],
    watches: [],
    openedRecordings: [],
    recorders: [],
    replays: [],
    localBroker: { phase: 'stopped' },
    localBrokerUse: { clients: [], refused: {} },
    keyringAvailable: true,
    windowHidden: false,
    clock: { at: 0, eras: [{ from: 0, shift: 0 }] },
    notices: [],
    openConnectionId: null,
    connectAtStart: [],
    version: '0',
    platform: 'linux',
    ...snapshot,
  }
}

export const entryOf = (profile: Partial<Profile> & { readonly id: string }): ProfileEntry => ({
  profile: { ...newProfile({ id: profile.id }), ...profile },
  saved: true,
  secrets: { password: 'none', keyPassphrase: 'none', proxyPassword: 'none' },
})

export const subscriptionOf = (given: Partial<Subscription> & { readonly filter: string }): Subscription => ({
  id: given.filter,
  qos: 0,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
  ...given,
})

export const noLimits: ServerLimits = {
  receiveMaximum: 65_535,
  maximumQos: 2,
  retainAvailable: true,
  maximumPacketSize: null,
  topicAliasMaximum: 0,
  wildcardSubscriptionAvailable: true,
  subscriptionIdentifiersAvailable: true,
  sharedSubscriptionAvailable: true,
  serverKeepaliveSeconds: null,
  sessionExpirySeconds: null,
}

type Online = SessionPhase & { readonly phase: 'online' }

/** A connection that stands. */
export const onlineSession = (given: Partial<Online> = {}): Online => ({
  phase: 'online',
  since: 0,
  sessionPresent: false,
  session: 'notSaid',
  returned: null,
  address: 'localhost:1883',
  proxy: null,
  clientId: 'test',
  protocolVersion: '5',
  keepaliveSeconds: 60,
  limits: noLimits,
  pingMilliseconds: null,
  encrypted: false,
  verified: false,
  tls: null,
  change: null,
  ...given,
})
