import { MousePointerClick } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageLog } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import { useFocusRequest } from '../../state/focus'
import { largePayloadState } from '../../state/largePayload'
import { selectionState, type Selection } from '../../state/selection'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionModel } from '../../state/useConnection'
import { EmptyState } from '../../ui/EmptyState'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { DifferencePanel } from './difference/DifferencePanel'
import styles from './inspector.module.css'
import { inspectorState, type InspectorTab } from './inspectorState'
import { inspectedState, type Inspected } from './message/inspectedState'
import { MessageFacts } from './message/MessageFacts'
import { MessageHeader } from './message/MessageHeader'
import { PayloadPanel } from './payload/PayloadPanel'

/** Everything about the selected message, or about the latest one of the selected topic. */
export function InspectorPane() {
  const t = useTranslations('inspector')
  const inspected = useConnection(inspectedState, (state) => state.inspected)
  const region = useRef<HTMLElement>(null)
  useFocusRequest('details', () => region.current?.focus())
  return (
    <section ref={region} role="region" aria-label={t('region')} tabIndex={-1} className={styles.pane}>
      {inspected ? <MessageDetails inspected={inspected} /> : <NothingToShow />}
    </section>
  )
}

/** Drawn again only when the message is another one: batches come many times a second. */
const MessageDetails = memo(function MessageDetails({ inspected }: { readonly inspected: Inspected }) {
  const t = useTranslations('inspector')
  const tab = useApp(inspectorState, (state) => state.tab)
  const showTab = useApp(inspectorState, (state) => state.showTab)
  const { message, origin } = inspected
  useWholePayload(message)
  return (
    <>
      <MessageHeader message={message} />
      {origin === 'selected' ? null : <p className={styles.origin}>{t(`origin.${origin}`)}</p>}
      <MessageFacts message={message} />
      <div className={styles.panel}>
        <div className={styles.tabs}>
          <ViewSwitch<InspectorTab>
            label={t('tab')}
            value={tab}
            options={[
              { value: 'payload', label: t('tabs.payload') },
              { value: 'difference', label: t('tabs.difference') },
            ]}
            onChange={showTab}
          />
        </div>
        {tab === 'payload' ? <PayloadPanel message={message} /> : <DifferencePanel message={message} />}
      </div>
    </>
  )
})

/** Reads the rest of a message of which the log has the head, for as long as it is shown. */
const useWholePayload = (message: MessageView): void => {
  const open = useConnection(largePayloadState, (state) => state.open)
  const close = useConnection(largePayloadState, (state) => state.close)
  const { sequence, payloadBytes } = message
  const needsRest = isHead(message)
  useEffect(() => {
    if (!needsRest) return
    open({ sequence, payloadBytes })
    return close
  }, [open, close, sequence, payloadBytes, needsRest])
}

function NothingToShow() {
  const t = useTranslations('inspector')
  const { log } = useConnectionModel()
  const selection = useConnection(selectionState, (state) => state.selection)
  return (
    <EmptyState icon={<MousePointerClick size={24} />} title={t('emptyTitle')}>
      {t(emptyReasonOf(log, selection))}
    </EmptyState>
  )
}

const emptyText = {
  nothing: 'emptyText',
  message: 'emptyGone',
  topic: 'emptyTopic',
} as const

/** Why there is nothing to show. */
const emptyReasonOf = (log: MessageLog, selection: Selection | null) =>
  selection?.kind === 'topic' && log.isLatestEvicted(selection.topic)
    ? 'emptyEvicted'
    : emptyText[selection?.kind ?? 'nothing']
