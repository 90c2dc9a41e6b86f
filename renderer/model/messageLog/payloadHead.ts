import type { MessageView } from './messageLogChunk'

/** Whether the log has only the beginning of the message's payload. */
export const isHead = ({ payload, payloadBytes }: Pick<MessageView, 'payload' | 'payloadBytes'>): boolean =>
  payload.length < payloadBytes
