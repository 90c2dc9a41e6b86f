import { MousePointerClick } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageLog } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import { useFocusRequest } from '../../state/focus'
import { largePayloadState } from '../../state/largePayload'
import { selectionState, type Selection } from '../../state/selection'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionModel } from '../../state/useConnection'
import { EmptyState } from '../../ui/EmptyState'
import { isPressed } from '../../ui/shortcut'
import { useLandmarkName } from '../../state/useLandmarkName'
import { DetailsTabs } from './DetailsTabs'
import { DifferencePanel } from './difference/DifferencePanel'
import { useChangeCount } from './difference/useChangeCount'
import { HistoryPanel } from './history/HistoryPanel'
import { useTopicHistory } from './history/useTopicHistory'
import styles from './inspector.module.css'
import { inspectorState } from './inspectorState'
import { FactsLine } from './message/FactsLine'
import { inspectedState, type Inspected } from './message/inspectedState'
import { MessageFacts } from './message/MessageFacts'
import { MessageHeader } from './message/MessageHeader'
import { PayloadPanel, type PayloadPanelProps } from './payload/PayloadPanel'
import { MessageTermsMenu } from './terms/MessageTermsMenu'

/** Everything about the selected message, or about the latest one of the selected topic. */
export function InspectorPane() {
  const t = useTranslations('inspector')
  const landmark = useLandmarkName(t('region'))
  const inspected = useConnection(inspectedState, (state) => state.inspected)
  const region = useRef<HTMLElement>(null)
  useFocusRequest('details', () => region.current?.focus())
  const showTab = useApp(inspectorState, (state) => state.showTab)
  useFocusRequest('difference', () => {
    showTab('difference')
    region.current?.focus()
  })
  const openFind = useApp(inspectorState, (state) => state.openFind)
  // Wherever else the focus is, the same keys lead to the log's field.
  const handleKey = (event: KeyboardEvent) => {
    if (!inspected || !isPressed(event, 'CmdOrCtrl+F')) return
    event.preventDefault()
    openFind()
  }
  return (
    <section
      ref={region}
      role="region"
      aria-label={landmark}
      tabIndex={-1}
      className={styles.pane}
      onKeyDown={handleKey}
    >
      {inspected ? <MessageDetails inspected={inspected} /> : <NothingToShow />}
    </section>
  )
}

/** Drawn again only when the message is another one: batches come many times a second. */
const MessageDetails = memo(function MessageDetails({ inspected }: { readonly inspected: Inspected }) {
  const t = useTranslations('inspector')
  const { message, origin } = inspected
  useWholePayload(message)
  return (
    <>
      <MessageTermsMenu message={message}>
        <MessageHeader message={message} />
        <FactsLine inspected={inspected} />
      </MessageTermsMenu>
      {origin === 'gone' ? <p className={styles.gone}>{t('origin.gone')}</p> : null}
      <Views message={message} isFollowing={origin === 'latest'} />
    </>
  )
})

/** The tabs and the one in view. Their counts change with every batch; what they show does not. */
function Views({ message, isFollowing }: PayloadPanelProps) {
  const tab = useApp(inspectorState, (state) => state.tab)
  const { log } = useConnectionModel()
  const history = useTopicHistory(log, message.topic)
  const changes = useChangeCount(message, log, history)
  const properties = useMemo(() => propertyCountOf(message.properties), [message.properties])
  return (
    <>
      <DetailsTabs
        counts={{
          ...(properties > 0 && { properties: { count: properties } }),
          ...(changes !== null && { difference: { count: changes } }),
          history: { count: history.count(), isLeast: !history.isComplete() },
        }}
      />
      <div className={styles.panel}>
        {tab === 'payload' ? <PayloadPanel message={message} isFollowing={isFollowing} /> : null}
        {tab === 'properties' ? <MessageFacts message={message} /> : null}
        {tab === 'difference' ? <DifferencePanel message={message} log={log} /> : null}
        {tab === 'history' ? <HistoryPanel history={history} shown={message} /> : null}
      </div>
    </>
  )
}

/** User properties count one by one; a section that cannot be read counts as one. */
const propertyCountOf = (bytes: Uint8Array): number => {
  if (bytes.length === 0) return 0
  const { userProperties = [], ...others } = decodePublishProperties(bytes) ?? { malformed: true }
  return Object.keys(others).length + userProperties.length
}

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
