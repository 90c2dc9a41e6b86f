import { Copy, Filter, ListFilter, Rss, Send, SendHorizontal } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { composedFrom, payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { copyText } from '../../state/clipboard'
import { composeFor, composeMessage } from '../../state/composerRequest'
import { largePayloadState, largestCopyBytes, selectPayload } from '../../state/largePayload'
import { logViewState } from '../../state/logView'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { draftFilter } from '../../state/subscribeField'
import { useConnectionObject } from '../../state/useConnection'
import { formatBytes } from '../../ui/format'
import type { MenuEntry } from '../../ui/menus'
import { commandShortcut } from '../../ui/shortcut'

const size = 14

/** What can be done with the selected message; asked when the menu opens. */
export const useMessageMenu = (): (() => readonly MenuEntry[]) => {
  const t = useTranslations('log')
  const connection = useConnectionObject()
  return () => {
    const sequence = selectSelectedSequence(connection.get(selectionState))
    const message = sequence === null ? null : connection.model.log.messageOf(sequence)
    if (!message) return [{ label: t('menu.nothing'), disabled: true, onSelect: () => undefined }]
    const { topic } = message
    const payload = selectPayload(message)(connection.get(largePayloadState))
    const mayCopy = payload !== null && payload.length <= largestCopyBytes
    const copyProblem = payload ? 'menu.copyTooLarge' : 'menu.copyNotWhole'
    const copy = (text: string) => void copyText(connection.app, text)
    return [
      { label: t('menu.copyTopic'), icon: <Copy size={size} />, onSelect: () => copy(topic) },
      {
        label: t(mayCopy ? 'menu.copyPayload' : copyProblem, { limit: formatBytes(largestCopyBytes) }),
        icon: <Copy size={size} />,
        shortcut: commandShortcut('C'),
        disabled: !mayCopy,
        onSelect: () => payload && copy(payloadCopyText(payload)),
      },
      'separator',
      {
        label: t(payload ? 'menu.sendAgain' : 'menu.sendNotWhole'),
        icon: <Send size={size} />,
        disabled: payload === null,
        onSelect: () => {
          if (!payload) return
          const { message: composed, file } = composedFrom(message, payload)
          composeMessage(connection, composed, file)
        },
      },
      {
        label: t('menu.sendToTopic'),
        icon: <SendHorizontal size={size} />,
        onSelect: () => composeFor(connection, topic),
      },
      'separator',
      {
        label: t('menu.limitToTopic'),
        icon: <ListFilter size={size} />,
        onSelect: () => connection.get(logViewState).limitTo(topic),
      },
      { label: t('menu.subscribe'), icon: <Rss size={size} />, onSelect: () => draftFilter(connection, topic) },
      {
        label: t('menu.clearFilters'),
        icon: <Filter size={size} />,
        onSelect: () => connection.get(logViewState).clearFilter(),
      },
    ]
  }
}
