import type { EventMessage } from '#shared/contract'
import type { SessionStatus } from '#shared/model/session'
import { capabilitiesState } from '../features/connections/broker/capabilitiesState'
import { statisticsState } from '../features/connections/broker/statisticsState'
import { doctorState } from '../features/connections/doctor/doctorState'
import { collectionsState } from '../features/publish/collections/collectionsState'
import { metersState } from '../features/publish/meter/metersState'
import { devicesState } from '../features/publish/devices/devicesState'
import { requestsState } from '../features/publish/requests/requestsState'
import { respondersState } from '../features/publish/responder/respondersState'
import type { App } from '../state/app'
import { connectionsState } from '../state/connections'
import { diskHistoryState } from '../state/diskHistory'
import { faultsState } from '../state/faults'
import { localBrokerState } from '../state/localBroker'
import { messageExportState } from '../state/messageExport'
import { noticesState } from '../state/notices'
import { payloadRulesState } from '../state/payloadRules'
import { profilesState, selectEntry } from '../state/profiles'
import { recordingsState } from '../state/recordings'
import { scriptsState } from '../state/scripts'
import { sendersState } from '../state/senders'
import { sessionState } from '../state/session'
import { showMessage } from '../state/showMessage'
import { windowState } from '../state/windowState'
import { receiveMarks } from './receiveMarks'
import { runWindowAction } from './windowActions'

/** News of a connection that is being deleted may come after its end, and must not bring it back. */
const receiveSession = (app: App, status: SessionStatus) => {
  const connections = app.get(connectionsState)
  const isKnown = selectEntry(status.connectionId)(app.get(profilesState)) !== undefined
  const connection = isKnown ? connections.open(status.connectionId) : connections.all.get(status.connectionId)
  connection?.get(sessionState).receive(status)
}

/** Hands what main tells to the state that owns the subject. */
export const receiveEvent = (app: App, event: EventMessage): void => {
  const connections = app.get(connectionsState)
  switch (event.name) {
    case 'profiles.changed':
      return app.get(profilesState).receive(event.payload)
    case 'session.changed':
      return receiveSession(app, event.payload)
    case 'session.removed':
      app.get(recordingsState).forget(event.payload.connectionId)
      // A later session numbers topics and messages anew.
      return void connections.close(event.payload.connectionId)
    case 'capabilities.changed':
      return connections.all.get(event.payload.connectionId)?.get(capabilitiesState).receive(event.payload)
    case 'statistics.changed':
      return connections.all.get(event.payload.connectionId)?.get(statisticsState).receive(event.payload)
    case 'doctor.changed':
      return app.get(doctorState).receive(event.payload)
    case 'history.changed':
      return connections.all.get(event.payload.connectionId)?.get(diskHistoryState).receive(event.payload)
    case 'collection.changed':
      return app.get(collectionsState).receive(event.payload)
    case 'collection.closed':
      return app.get(collectionsState).forget(event.payload.collectionId)
    case 'request.changed':
      return connections.all.get(event.payload.connectionId)?.get(requestsState).receive(event.payload)
    case 'responder.changed':
      return app.get(respondersState).receive(event.payload)
    case 'schemaFile.changed':
      return app.get(payloadRulesState).receiveChanged(event.payload.path)
    case 'script.changed':
      return app.get(scriptsState).receive(event.payload)
    case 'device.changed':
      return app.get(devicesState).receive(event.payload)
    case 'sender.changed':
      return app.get(sendersState).receive(event.payload)
    case 'sender.removed':
      return app.get(sendersState).receiveRemoved(event.payload)
    case 'meter.changed':
      return app.get(metersState).receive(event.payload)
    case 'meter.removed':
      return app.get(metersState).receiveRemoved(event.payload)
    case 'openedRecording.changed':
      return app.get(recordingsState).receiveOpened(event.payload)
    case 'openedRecording.marked':
      return receiveMarks(app, event.payload)
    case 'faults.changed':
      return app.get(faultsState).receive(event.payload)
    case 'openedRecording.exporting':
      return connections.all.get(event.payload.connectionId)?.get(messageExportState).receiveProgress(event.payload)
    case 'recorder.changed':
      return app.get(recordingsState).receiveRecorder(event.payload)
    case 'replay.changed':
      return app.get(recordingsState).receiveReplay(event.payload)
    case 'localBroker.changed':
      return app.get(localBrokerState).receive(event.payload)
    case 'localBroker.used':
      return app.get(localBrokerState).receiveUse(event.payload)
    case 'connection.opened':
      return connections.show(event.payload.connectionId)
    case 'notice.raised':
      return app.get(noticesState).showError(event.payload)
    case 'window.hiddenChanged':
      return app.get(windowState).receiveHidden(event.payload.hidden)
    case 'alert.chosen':
      return showMessage(app, event.payload.connectionId, event.payload.sequence)
    case 'menu.chosen':
      return runWindowAction(app, event.payload.action)
  }
}
