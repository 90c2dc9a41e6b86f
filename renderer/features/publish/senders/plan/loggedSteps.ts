import { senderLimits, type SenderSource } from '#shared/model/sender'
import { composedFrom } from '../../../../model/messageLog/messageLogCompose'
import type { MessageView } from '../../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../../state/app'
import { largePayloadState, selectPayload } from '../../../../state/largePayload'
import { sendableFrom } from './sentMessages'

type List = Extract<SenderSource, { kind: 'list' }>

/** Messages of the log as a list, each as it was and with the pause that came after it; those that are not here as a whole are left out. */
export const loggedSteps = (connection: Connection, messages: Iterable<MessageView>): List['steps'] => {
  const all = [...messages].slice(0, senderLimits.steps)
  return all.flatMap((message, place) => {
    const payload = selectPayload(message)(connection.get(largePayloadState))
    const next = all[place + 1]
    const pauseMs = Math.round(Math.max(0, (next?.arrivedAt ?? message.arrivedAt) - message.arrivedAt))
    return payload
      ? [
          {
            ...sendableFrom(connection.app, composedFrom(message, payload)),
            pauseMs: Math.min(pauseMs, senderLimits.pause.most),
          },
        ]
      : []
  })
}
