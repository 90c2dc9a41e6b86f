import { MousePointerClick } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useApp, useConnectionModel } from '../../store/useApp'
import { EmptyState } from '../../ui/EmptyState'
import { DifferencePanel } from './DifferencePanel'
import { inspectorOf, type Inspected } from './inspectedMessage'
import styles from './inspector.module.css'
import type { InspectorTab } from './inspectorSlice'
import { MessageFacts } from './MessageFacts'
import { MessageHeader } from './MessageHeader'
import { PayloadPanel } from './PayloadPanel'
import { useWholePayload } from './useWholePayload'
import { ViewSwitch } from '../../ui/ViewSwitch'

export interface InspectorPaneProps {
  readonly connectionId: string
}

interface MessageDetailsProps extends InspectorPaneProps {
  readonly inspected: Inspected
}

/** Drawn again only when the message is another one: batches come many times a second. */
const MessageDetails = memo(function MessageDetails({ connectionId, inspected }: MessageDetailsProps) {
  const t = useTranslations('inspector')
  const tab = useApp((state) => state.inspectorTab)
  const showInspectorTab = useApp((state) => state.showInspectorTab)
  const { message, origin } = inspected
  useWholePayload(connectionId, message)
  return (
    <>
      <MessageHeader connectionId={connectionId} message={message} />
      {origin === 'selected' ? null : <p className={styles.origin}>{t(`origin.${origin}`)}</p>}
      <MessageFacts connectionId={connectionId} message={message} />
      <div className={styles.panel}>
        <div className={styles.tabs}>
          <ViewSwitch<InspectorTab>
            label={t('tab')}
            value={tab}
            options={[
              { value: 'payload', label: t('tabs.payload') },
              { value: 'difference', label: t('tabs.difference') },
            ]}
            onChange={showInspectorTab}
          />
        </div>
        {tab === 'payload' ? (
          <PayloadPanel connectionId={connectionId} message={message} />
        ) : (
          <DifferencePanel connectionId={connectionId} message={message} />
        )}
      </div>
    </>
  )
})

const emptyText = {
  nothing: 'emptyText',
  message: 'emptyGone',
  topic: 'emptyTopic',
} as const

/** Everything about the selected message, or about the latest one of the selected topic. */
export function InspectorPane({ connectionId }: InspectorPaneProps) {
  const t = useTranslations('inspector')
  const model = useConnectionModel(connectionId)
  const selection = useApp((state) => state.selections[connectionId] ?? null)
  const inspected = inspectorOf(model)(selection)
  const region = useRef<HTMLElement>(null)
  const detailsFocus = useApp((state) => state.detailsFocus)
  const focusSeen = useRef(detailsFocus)
  useEffect(() => {
    if (detailsFocus !== focusSeen.current) region.current?.focus()
    focusSeen.current = detailsFocus
  }, [detailsFocus])

  return (
    <section ref={region} role="region" aria-label={t('region')} tabIndex={-1} className={styles.pane}>
      {inspected ? (
        <MessageDetails connectionId={connectionId} inspected={inspected} />
      ) : (
        <EmptyState icon={<MousePointerClick size={24} />} title={t('emptyTitle')}>
          {t(emptyText[selection?.kind ?? 'nothing'])}
        </EmptyState>
      )}
    </section>
  )
}
