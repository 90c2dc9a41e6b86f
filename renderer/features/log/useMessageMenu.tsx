import { Copy, Filter, ListFilter, Rss, Send, SendHorizontal } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { composedFrom, payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { largestCopyBytes, selectPayload } from '../../store/payloadSlice'
import { selectSelectedSequence } from '../../store/selectionSlice'
import { useAppStore, useConnectionModel } from '../../store/useApp'
import { formatBytes } from '../../ui/format'
import type { MenuEntry } from '../../ui/menus'
import { commandShortcut } from '../../ui/shortcut'

const size = 14

/** What can be done with the selected message; asked when the menu opens. */
export const useMessageMenu = (connectionId: string): (() => readonly MenuEntry[]) => {
  const t = useTranslations('log')
  const store = useAppStore()
  const { log } = useConnectionModel(connectionId)
  return () => {
    const state = store.getState()
    const sequence = selectSelectedSequence(connectionId)(state)
    const message = sequence === null ? null : log.messageOf(sequence)
    if (!message) return [{ label: t('menu.nothing'), disabled: true, onSelect: () => undefined }]
    const { topic } = message
    const payload = selectPayload(connectionId, message)(state)
    const mayCopy = payload !== null && payload.length <= largestCopyBytes
    const copyProblem = payload ? 'menu.copyTooLarge' : 'menu.copyNotWhole'
    const copy = (text: string) => void state.copyText(text)
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
          state.composeMessage(composed, file)
        },
      },
      { label: t('menu.sendToTopic'), icon: <SendHorizontal size={size} />, onSelect: () => state.composeFor(topic) },
      'separator',
      {
        label: t('menu.limitToTopic'),
        icon: <ListFilter size={size} />,
        onSelect: () => state.scopeLog(connectionId, topic),
      },
      { label: t('menu.subscribe'), icon: <Rss size={size} />, onSelect: () => state.draftFilter(topic) },
      {
        label: t('menu.clearFilters'),
        icon: <Filter size={size} />,
        onSelect: () => state.clearLogFilter(connectionId),
      },
    ]
  }
}
