import { useEffect, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { AppState } from '../../store/appStore'
import { selectProtocolVersion } from '../../store/protocolVersion'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { CheckField, SelectField } from '../../ui/fields'
import { ClearRetainedDialog } from './ClearRetainedDialog'
import { draftProblems, hasPropertyProblems } from './composeRequest'
import { countProperties, emptyDraft, type Draft } from './draft'
import { HistoryPopover } from './HistoryPopover'
import { LibraryPopover } from './LibraryPopover'
import type { PayloadEditorHandle } from './PayloadEditor'
import { PayloadSection } from './PayloadSection'
import { PropertiesSection, PropertiesToggle } from './PropertiesSection'
import styles from './publish.module.css'
import { SendStatus } from './SendStatus'
import { TopicField } from './TopicField'
import { useTopicProblemText } from './useTopicProblemText'

const selectDraft = (connectionId: string) => (state: AppState) => state.publishDrafts[connectionId] ?? emptyDraft
const selectOnline = (connectionId: string) => (state: AppState) =>
  state.sessions[connectionId]?.state.phase === 'online'
const selectFocusRequest = (state: AppState) => (state.focusRequest?.target === 'publish' ? state.focusRequest.at : 0)

const qosOptions = [
  { value: '0', label: '0' },
  { value: '1', label: '1' },
  { value: '2', label: '2' },
] as const

/** Carries out wishes for the cursor that come after the pane stands there; older ones are not its own. */
const useFocusWishes = (connectionId: string, topicIsEmpty: boolean) => {
  const topicField = useRef<HTMLInputElement>(null)
  const editor = useRef<PayloadEditorHandle>(null)
  const wish = useApp((state) => state.composerFocus)
  const menuWish = useApp(selectFocusRequest)
  const seen = useRef({ wish: wish?.at ?? 0, menuWish })
  useEffect(() => {
    const focus = (field: 'topic' | 'payload') =>
      field === 'topic' || !editor.current ? topicField.current?.focus() : editor.current.focus()
    if (wish && wish.at !== seen.current.wish && wish.connectionId === connectionId) focus(wish.field)
    else if (menuWish !== seen.current.menuWish && menuWish > 0) focus(topicIsEmpty ? 'topic' : 'payload')
    seen.current = { wish: wish?.at ?? 0, menuWish }
  }, [wish, menuWish, connectionId, topicIsEmpty])
  return { topicField, editor }
}

/** An empty topic is no mistake while one has not tried to send; a wildcard is one at once. */
const useTopicError = (draft: Draft, tried: boolean): string | null => {
  const text = useTopicProblemText()
  const problem = draftProblems({ message: { ...draft.message, payload: '' }, file: null }).topic
  return problem && (tried || problem.code !== 'empty') ? text(problem) : null
}

/** Popovers are the form's children in React only: what happens in them is not the form's. */
const isOwn = (event: { readonly currentTarget: Element; readonly target: EventTarget }) =>
  event.target instanceof Node && event.currentTarget.contains(event.target)

/** The composer of a connection: topic, payload and options, and what became of the last send. */
export function PublishPane({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('publish')
  const draft = useApp(selectDraft(connectionId))
  const online = useApp(selectOnline(connectionId))
  const protocolVersion = useApp(selectProtocolVersion(connectionId))
  const changeDraft = useApp((state) => state.changeDraft)
  const publishDraft = useApp((state) => state.publishDraft)
  const [triedFor, setTriedFor] = useState<string | null>(null)
  const tried = triedFor === connectionId
  const topicError = useTopicError(draft, tried)
  const { topicField, editor } = useFocusWishes(connectionId, draft.message.topic === '')
  const [showsProperties, setShowsProperties] = useState(false)
  const { message } = draft
  // A message made for MQTT 5 may be loaded on an older connection: what it carries is not hidden.
  const offersProperties = protocolVersion === '5' || countProperties(message) > 0

  const send = () => {
    const problems = publishDraft(connectionId)
    setTriedFor(problems ? connectionId : null)
    if (problems && hasPropertyProblems(problems)) setShowsProperties(true)
    if (problems?.topic) topicField.current?.focus()
    else if (problems?.payload) editor.current?.goTo(problems.payload.position)
  }
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isOwn(event)) send()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !isOwn(event)) return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      if (!event.repeat) send()
      // Enter in a field would press the button: a topic half typed is not to be published to.
    } else if (event.target instanceof HTMLInputElement) event.preventDefault()
  }

  return (
    <form aria-label={t('form')} className={styles.pane} noValidate onSubmit={handleSubmit} onKeyDown={handleKey}>
      <div className={styles.topRow}>
        <TopicField
          connectionId={connectionId}
          value={message.topic}
          onChange={(topic) => changeDraft(connectionId, { topic })}
          error={topicError}
          inputRef={topicField}
        />
        <HistoryPopover connectionId={connectionId} />
        <LibraryPopover connectionId={connectionId} />
      </div>
      <PayloadSection connectionId={connectionId} draft={draft} editor={editor}>
        {offersProperties ? (
          <PropertiesToggle
            message={message}
            open={showsProperties}
            onToggle={() => setShowsProperties(!showsProperties)}
          />
        ) : null}
      </PayloadSection>
      {offersProperties && showsProperties ? (
        <PropertiesSection connectionId={connectionId} message={message} protocolVersion={protocolVersion} />
      ) : null}
      <div className={styles.footer}>
        <div className={styles.inline}>
          <SelectField
            label={t('qos')}
            value={`${message.qos}`}
            options={qosOptions}
            onChange={(qos) => changeDraft(connectionId, { qos: qos === '2' ? 2 : qos === '1' ? 1 : 0 })}
          />
        </div>
        <CheckField
          label={t('retain')}
          checked={message.retain}
          onChange={(retain) => changeDraft(connectionId, { retain })}
        />
        <SendStatus connectionId={connectionId} online={online} />
        <Button type="submit" variant="primary" title={t('publishShortcut')}>
          {t('publish')}
        </Button>
      </div>
      <ClearRetainedDialog />
    </form>
  )
}
