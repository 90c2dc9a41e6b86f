import type { PublishProperties } from '#shared/model/publish'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { AppError } from '#shared/result'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { defineConnectionState, type Connection } from '../../../state/app'
import { largePayloadState, selectPayload } from '../../../state/largePayload'
import { noticesState } from '../../../state/notices'
import { selectIsOnline, sessionState } from '../../../state/session'
import { formatCount } from '../../../ui/format'

/** What a person may send with one click. */
const mostSentAgain = 10_000

/** Publishes that wait for their answer at a time. */
const mostUnderWay = 64

/** Messages that a person is asked about before they are sent. */
interface AskedMessages {
  readonly sequences: readonly number[]
  /** Of so many of those that were chosen only the beginning is here: they are not sent. */
  readonly notWhole: number
}

export interface SendAgainState {
  /** Null = no question is open. */
  readonly asked: AskedMessages | null
  /** Sends one message at once, and asks before it sends several. */
  start(messages: Iterable<MessageView>): void
  confirm(): void
  cancel(): void
}

/** Publishes messages of the log once more as they were: topic, payload, QoS, RETAIN and the properties of theirs. */
export const sendAgainState = defineConnectionState<SendAgainState>('sendAgain', ({ owner: connection, get, set }) => ({
  asked: null,

  start: (messages) => {
    const all = [...messages]
    const sequences = all.filter((message) => payloadOf(connection, message)).map(({ sequence }) => sequence)
    if (all.length === 1) void sendAll(connection, sequences)
    else set({ asked: { sequences, notWhole: all.length - sequences.length } })
  },
  confirm: () => {
    const { asked } = get()
    set({ asked: null })
    if (asked) void sendAll(connection, asked.sequences)
  },
  cancel: () => set({ asked: null }),
}))

/** Whether messages can be sent again now. */
export const canSendAgain = (connection: Connection, count: number): boolean =>
  count <= mostSentAgain && selectIsOnline(connection.get(sessionState))

const payloadOf = (connection: Connection, message: MessageView) =>
  selectPayload(message)(connection.get(largePayloadState))

interface Outcome {
  sent: number
  failed: number
  firstError: AppError | null
}

/** In the order of the log; answers of the broker are waited for a few at a time, so that none overtakes another. */
const sendAll = async (connection: Connection, sequences: readonly number[]): Promise<void> => {
  const outcome: Outcome = { sent: 0, failed: 0, firstError: null }
  for (let next = 0; next < sequences.length; next += mostUnderWay) {
    const some = sequences.slice(next, next + mostUnderWay)
    await Promise.all(some.map((sequence) => sendOne(connection, sequence, outcome)))
  }
  tell(connection, outcome)
}

const sendOne = async (connection: Connection, sequence: number, outcome: Outcome): Promise<void> => {
  const message = connection.model.log.messageOf(sequence)
  const payload = message && payloadOf(connection, message)
  // It was evicted or cleared while the ones before it were sent.
  if (!message || !payload) return void (outcome.failed += 1)
  const { topic, qos, retain } = message
  const properties = propertiesOf(message)
  const request = { connectionId: connection.id, topic, payload, qos, retain, properties }
  const result = await connection.app.api.invoke('message.publish', request)
  if (result.ok && result.value.reasonCode < 0x80) outcome.sent += 1
  else outcome.failed += 1
  if (!result.ok) outcome.firstError ??= result.error
}

/** What a Server adds on the way, subscription identifiers and an alias for the topic, is not sent. */
const propertiesOf = ({ properties }: MessageView): PublishProperties => {
  const set = decodePublishProperties(properties) ?? {}
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, messageExpirySeconds, userProperties } =
    set
  return {
    payloadFormatIndicator: payloadFormatIndicator === 1 ? 1 : payloadFormatIndicator === 0 ? 0 : undefined,
    contentType,
    responseTopic,
    correlationData,
    messageExpirySeconds,
    userProperties,
  }
}

const tell = ({ app }: Connection, { sent, failed, firstError }: Outcome) => {
  const notices = app.get(noticesState)
  const values = { sent, sentCount: formatCount(sent), failed: formatCount(failed) }
  notices.show({ text: { key: failed === 0 ? 'log.sendAgain.done' : 'log.sendAgain.partly', values } })
  if (firstError) notices.showError(firstError)
}
