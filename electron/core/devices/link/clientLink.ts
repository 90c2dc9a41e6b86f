import { defaultSubscriptionOptions } from '#shared/model/subscription'
import { ok } from '#shared/result'
import { openMqttTransport } from '../../broker/mqttJs/mqttTransport'
import { openShortConnection, type MadeWith } from '../../broker/session/shortConnection'
import { requestOf } from '../../responder/responder'
import { subscribeRefusal } from '../../retained/retainedScan'
import { sendOver } from '../../senders/clients/ownClients'
import type { OpenDeviceLink } from './deviceLink'

export interface ClientLinkParts {
  /** How the connection of the profile was made. */
  readonly madeWith: MadeWith
  readonly maximumPacketSize: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
}

/**
 * Links that are clients of their own, with the settings of a profile and another client ID: a clean session, with the will of the
 * device. What is sent before MQTT 5 has no properties.
 */
export const openClientLinks =
  ({ madeWith, maximumPacketSize, now, debug }: ClientLinkParts): OpenDeviceLink =>
  async ({ clientId, will, signal, onMessage, onEnded }) => {
    const opened = await openShortConnection({
      ...madeWith,
      clientId,
      signal,
      will: will ? { ...will, payload: Buffer.from(will.payload) } : undefined,
      openTransport: openMqttTransport,
      maximumPacketSize: maximumPacketSize(),
      now,
      debug,
      onMessage: (message) => onMessage(requestOf(message)),
      onLost: onEnded,
    })
    if (!opened.ok) return opened
    const connection = opened.value
    const isVersion5 = connection.online.protocolVersion === '5'
    return ok({
      subscribe: async (filter) => {
        const options = { ...defaultSubscriptionOptions, noLocal: true }
        const answer = await connection.transport.subscribe({ filter, qos: 1, options, identifier: null })
        return subscribeRefusal(answer, isVersion5)
      },
      send: (message, answer) =>
        sendOver(connection, isVersion5 ? message : { ...message, properties: {} }, { now, answer }),
      close: connection.close,
      cut: connection.cut,
    })
  }
