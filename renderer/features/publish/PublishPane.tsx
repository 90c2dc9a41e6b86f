import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import { QosField } from '../../mqttUi/QosField'
import type { Connection } from '../../state/app'
import { useFocusRequest } from '../../state/focus'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { CheckField } from '../../ui/fields'
import { draftProblems, hasPropertyProblems } from './composer/composeRequest'
import { countProperties, type Draft } from './composer/draft'
import type { PayloadEditorHandle } from './composer/PayloadEditor'
import { PayloadSection } from './composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from './composer/PropertiesSection'
import { TopicField } from './composer/TopicField'
import { useTopicProblemText } from './composer/useTopicProblemText'
import { HistoryPopover } from './library/HistoryPopover'
import { LibraryPopover } from './library/LibraryPopover'
import styles from './publish.module.css'
import { publishState } from './publishState'
import { SendStatus } from './sending/SendStatus'

/** The composer of a connection: topic, payload and options, and what became of the last send. */
export function PublishPane() {
  const t = useTranslations('publish')
  const connection = useConnectionObject()
  const draft = useConnection(publishState, (state) => state.draft)
  const changeDraft = useConnection(publishState, (state) => state.changeDraft)
  const publishDraft = useConnection(publishState, (state) => state.publishDraft)
  const protocolVersion = useProtocolVersion()
  const [triedFor, setTriedFor] = useState<Connection | null>(null)
  const tried = triedFor === connection
  const topicError = useTopicError(draft, tried)
  const { topicField, editor } = useFocusWishes()
  const [showsProperties, setShowsProperties] = useState(false)
  const { message } = draft
  // A message made for MQTT 5 may be loaded on an older connection: what it carries is not hidden.
  const offersProperties = protocolVersion === '5' || countProperties(message) > 0

  const send = () => {
    const problems = publishDraft()
    setTriedFor(problems ? connection : null)
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
          value={message.topic}
          onChange={(topic) => changeDraft({ topic })}
          error={topicError}
          inputRef={topicField}
        />
        <HistoryPopover />
        <LibraryPopover />
      </div>
      <PayloadSection draft={draft} editor={editor}>
        {offersProperties ? (
          <PropertiesToggle
            message={message}
            open={showsProperties}
            onToggle={() => setShowsProperties(!showsProperties)}
          />
        ) : null}
      </PayloadSection>
      {offersProperties && showsProperties ? (
        <PropertiesSection message={message} protocolVersion={protocolVersion} />
      ) : null}
      <div className={styles.footer}>
        <div className={styles.inline}>
          <QosField label={t('qos')} wording="number" value={message.qos} onChange={(qos) => changeDraft({ qos })} />
        </div>
        <CheckField label={t('retain')} checked={message.retain} onChange={(retain) => changeDraft({ retain })} />
        <SendStatus />
        <Button type="submit" variant="primary" title={t('publishShortcut')}>
          {t('publish')}
        </Button>
      </div>
    </form>
  )
}

/** Carries out wishes for the cursor. Without an editor, because a file stands in for the text, the topic gets it. */
const useFocusWishes = () => {
  const topicField = useRef<HTMLInputElement>(null)
  const editor = useRef<PayloadEditorHandle>(null)
  useFocusRequest('publishTopic', () => topicField.current?.focus())
  useFocusRequest('publishPayload', () => (editor.current ?? topicField.current)?.focus())
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
