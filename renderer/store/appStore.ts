import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EventMessage, Snapshot } from '#shared/contract'
import { createConnectionsSlice, type ConnectionsSlice } from '../features/connections/connectionsSlice'
import { createDetailsSlice, type DetailsSlice } from '../features/connections/detailsSlice'
import { createCoverageSlice, type CoverageSlice } from '../features/coverage/coverageSlice'
import { createInspectorSlice, type InspectorSlice } from '../features/inspector/inspectorSlice'
import { createLogSlice, type LogSlice } from '../features/log/logSlice'
import { createProbeSlice, type ProbeSlice } from '../features/probe/probeSlice'
import { createPublishSlice, type PublishSlice } from '../features/publish/publishSlice'
import { createRetainedSlice, type RetainedSlice } from '../features/retained/retainedSlice'
import { createSettingsSlice, type SettingsSlice } from '../features/settings/settingsSlice'
import { createSubscriptionsSlice, type SubscriptionsSlice } from '../features/subscriptions/subscriptionsSlice'
import { createTopicTreeSlice, type TopicTreeSlice } from '../features/topicTree/topicTreeSlice'
import { createMessagesSlice, type MessagesSlice } from './messagesSlice'
import { createNoticesSlice, type NoticesSlice } from './noticesSlice'
import { createPayloadSlice, type PayloadSlice } from './payloadSlice'
import { createSelectionSlice, type SelectionSlice } from './selectionSlice'
import type { SliceTools } from './sliceCreator'
import { createWindowSlice, type WindowSlice } from './windowSlice'

export type AppState = ConnectionsSlice &
  CoverageSlice &
  DetailsSlice &
  InspectorSlice &
  LogSlice &
  MessagesSlice &
  NoticesSlice &
  PayloadSlice &
  ProbeSlice &
  PublishSlice &
  RetainedSlice &
  SelectionSlice &
  SettingsSlice &
  SubscriptionsSlice &
  TopicTreeSlice &
  WindowSlice

export type AppStore = StoreApi<AppState>

/** The whole state of the window, composed of its features' slices. */
export const createAppStore = (tools: SliceTools, snapshot: Snapshot): AppStore =>
  createStore<AppState>()((set, get) => ({
    ...createConnectionsSlice(snapshot)(set, get, tools),
    ...createDetailsSlice(set, get, tools),
    ...createCoverageSlice(set, get, tools),
    ...createInspectorSlice(set, get, tools),
    ...createLogSlice(set, get, tools),
    ...createMessagesSlice(set, get, tools),
    ...createNoticesSlice(snapshot.notices)(set, get, tools),
    ...createPayloadSlice(set, get, tools),
    ...createProbeSlice(set, get, tools),
    ...createPublishSlice(snapshot)(set, get, tools),
    ...createRetainedSlice(set, get, tools),
    ...createSelectionSlice(set, get, tools),
    ...createSettingsSlice(snapshot)(set, get, tools),
    ...createSubscriptionsSlice(set, get, tools),
    ...createTopicTreeSlice(set, get, tools),
    ...createWindowSlice(snapshot)(set, get, tools),
  }))

/** A later session of the same connection numbers topics and messages anew: nothing that holds such a number may stay. */
const forgetSession = (state: AppState, connectionId: string) => {
  state.receiveSessionRemoved(connectionId)
  state.forgetSelection(connectionId)
  state.forgetLogPlace(connectionId)
  state.forgetTreeView(connectionId)
  state.forgetProbe(connectionId)
  state.forgetMessages(connectionId)
}

/** Hands an event of the main process to the slice that owns the subject. */
export const receiveEvent = (store: AppStore, event: EventMessage): void => {
  const state = store.getState()
  switch (event.name) {
    case 'profiles.changed':
      return state.receiveProfiles(event.payload)
    case 'session.changed':
      state.expectMessages(event.payload.connectionId)
      return state.receiveSession(event.payload)
    case 'session.removed':
      return forgetSession(state, event.payload.connectionId)
    case 'localBroker.changed':
      return state.receiveLocalBroker(event.payload)
    case 'localBroker.used':
      return state.receiveLocalBrokerUse(event.payload)
    case 'connection.opened':
      return state.showConnection(event.payload.connectionId)
    case 'notice.raised':
      return state.receiveNotice(event.payload)
    case 'window.hiddenChanged':
      return state.receiveWindowHidden(event.payload.hidden)
    case 'menu.chosen':
      return state.receiveMenuAction(event.payload.action)
  }
}
