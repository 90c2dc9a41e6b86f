import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { copyText } from '../../../state/clipboard'
import { largestCopyBytes } from '../../../state/largePayload'
import { noticesState } from '../../../state/notices'
import { formatBytes } from '../../../ui/format'
import type { ManyText } from './rowsText'

/** Puts several messages on the clipboard, or says that they are too many for it. */
export const copyMany = ({ app }: Connection, messages: Iterable<MessageView>, textOf: ManyText): void => {
  const text = textOf(messages, largestCopyBytes)
  if (text !== null) void copyText(app, text)
  else
    app
      .get(noticesState)
      .show({ text: { key: 'log.copyMany.tooLarge', values: { limit: formatBytes(largestCopyBytes) } } })
}
