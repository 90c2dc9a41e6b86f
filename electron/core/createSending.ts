import { randomUUID } from 'node:crypto'
import type { SessionRegistry } from './broker/session/sessionRegistry'
import type { CoreOptions } from './coreOptions'
import type { HandlerParts } from './handlers'
import type { Stores } from './storage/createStores'
import { createPayloadFiles } from './payloads/payloadFiles'
import { createSenderRegistry, type SenderRegistryParts, type SenderSessions } from './senders/senderRegistry'
import { createDraftCounts } from './templates/draftCounts'
import { createRequestRegistry, type RequestRegistryParts } from './requests/requestRegistry'
import { createResponderRegistry } from './responder/responderRegistry'
import { createDeviceRegistry } from './devices/deviceRegistry'
import { createMeterRegistry, type MeterRegistryParts } from './meter/meterRegistry'
import { createScriptRegistry } from './scripts/scriptRegistry'
import { createPublishInTurn } from './payloads/publishInTurn'
import { createTemplateVerbs } from './templates/templateVerbs'

/** What sends messages: one at a time, by plans, and as requests. */
export const createSending = (
  { dialogs, onEvent, now, log }: CoreOptions,
  sessions: SenderSessions &
    RequestRegistryParts['sessions'] &
    MeterRegistryParts['sessions'] &
    Pick<SessionRegistry, 'publish'>,
  {
    maximumPacketBytes,
    environmentOf,
    stores,
    nameOf,
  }: Pick<SenderRegistryParts, 'maximumPacketBytes' | 'environmentOf' | 'nameOf'> & {
    readonly stores: Pick<Stores, 'responderRules' | 'devices' | 'scripts'>
  },
) => {
  const payloadFiles = createPayloadFiles({ dialogs, newToken: randomUUID })
  const registry = createSenderRegistry({
    sessions,
    payloadFiles,
    environmentOf,
    scriptNamed: (id) => stores.scripts.current().find((script) => script.id === id),
    nameOf,
    now,
    maximumPacketBytes,
    debug: log.debug ?? null,
    onChange: (payload) => onEvent({ name: 'sender.changed', payload }),
    onRemoved: (payload) => onEvent({ name: 'sender.removed', payload }),
  })
  const counts = createDraftCounts(now)
  const requests = createRequestRegistry({
    sessions,
    counts,
    payloadFiles,
    environmentOf,
    now,
    onChange: (payload) => onEvent({ name: 'request.changed', payload }),
  })
  const responders = createResponderRegistry({
    sessions,
    store: stores.responderRules,
    environmentOf,
    now,
    onChange: (payload) => onEvent({ name: 'responder.changed', payload }),
  })
  const devices = createDeviceRegistry({
    sessions,
    store: stores.devices,
    environmentOf,
    now,
    maximumPacketBytes,
    debug: log.debug ?? null,
    onChange: (payload) => onEvent({ name: 'device.changed', payload }),
  })
  const meters = createMeterRegistry({
    sessions,
    senders: registry,
    now,
    onChange: (payload) => onEvent({ name: 'meter.changed', payload }),
    onRemoved: (payload) => onEvent({ name: 'meter.removed', payload }),
  })
  const scriptRuns = createScriptRegistry({
    sessions,
    store: stores.scripts,
    nameOf,
    onChange: (payload) => onEvent({ name: 'script.changed', payload }),
  })
  const publishing = createPublishInTurn({ payloadFiles, publish: sessions.publish })
  return {
    payloadFiles,
    publishing,
    templates: createTemplateVerbs({ publish: publishing.publish, payloadFiles, environmentOf, counts, now }),
    senders: registry,
    requests,
    responders,
    devices,
    meters,
    scripts: scriptRuns,
    close: async () => {
      payloadFiles.close()
      meters.close()
      registry.close()
      requests.close()
      responders.close()
      scriptRuns.close()
      await devices.close()
    },
  }
}

/** What sends hears what becomes of its connections. */
export const alsoTo =
  (
    sending: () => Pick<
      HandlerParts,
      'senders' | 'requests' | 'responders' | 'devices' | 'meters' | 'scripts' | 'recorders' | 'replays'
    >,
    onEvent: CoreOptions['onEvent'],
  ): CoreOptions['onEvent'] =>
  (message) => {
    onEvent(message)
    const { senders, requests, responders, devices, meters, scripts, recorders, replays } = sending()
    if (message.name === 'session.changed') {
      senders.sessionChanged(message.payload)
      meters.sessionChanged(message.payload)
      responders.sessionChanged(message.payload.connectionId)
      scripts.sessionChanged(message.payload.connectionId)
      recorders.sessionChanged(message.payload)
      replays.sessionChanged(message.payload)
    }
    if (message.name !== 'session.removed') return
    meters.sessionRemoved(message.payload.connectionId)
    senders.sessionRemoved(message.payload.connectionId)
    requests.sessionRemoved(message.payload.connectionId)
    responders.sessionRemoved(message.payload.connectionId)
    devices.sessionRemoved(message.payload.connectionId)
    scripts.sessionRemoved(message.payload.connectionId)
    recorders.sessionRemoved(message.payload.connectionId)
    replays.sessionRemoved(message.payload.connectionId)
  }
