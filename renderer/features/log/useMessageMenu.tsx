import { Copy, Filter, ListFilter, Rss, Send, SendHorizontal } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { composedFrom, payloadCopyText } from '../../model/messageLogCompose'
import { useAppStore, useConnectionModel } from '../../store/useApp'
import type { MenuEntry } from '../../ui/menus'

const size = 14

/** What can be done with the selected message; asked when the menu opens. */
export const useMessageMenu = (connectionId: string): (() => readonly MenuEntry[]) => {
  const t = useTranslations('log')
  const store = useAppStore()
  const { log } = useConnectionModel(connectionId)
  return () => {
    const state = store.getState()
    const sequence = state.selectedSequence[connectionId] ?? null
    const message = sequence === null ? null : log.messageOf(sequence)
    if (!message) return [{ label: t('menu.nothing'), disabled: true, onSelect: () => undefined }]
    const { topic } = message
    const copy = (text: string) => void state.copyText(text)
    return [
      { label: t('menu.copyTopic'), icon: <Copy size={size} />, onSelect: () => copy(topic) },
      {
        label: t('menu.copyPayload'),
        icon: <Copy size={size} />,
        shortcut: 'Ctrl+C',
        onSelect: () => copy(payloadCopyText(message.payload)),
      },
      'separator',
      {
        label: t('menu.sendAgain'),
        icon: <Send size={size} />,
        onSelect: () => state.composeMessage(composedFrom(message)),
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
