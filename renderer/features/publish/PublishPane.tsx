import { type MessageProblems } from '#shared/model/composing'
import { Send } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Connection } from '../../state/app'
import { useFocusRequest } from '../../state/focus'
import { useConnection } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { CheckField } from '../../ui/fields'
import { useLandmarkName } from '../../state/useLandmarkName'
import { draftProblems, hasPropertyProblems } from './composer/composeRequest'
import { countProperties, isTemplateDraft, type Draft } from './composer/draft'
import { MessageHead } from './composer/MessageHead'
import type { PayloadEditorHandle } from './composer/PayloadEditor'
import { PastedCommand, usePastedCommand } from './composer/PastedCommand'
import { PayloadSection } from './composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from './composer/PropertiesSection'
import { useTopicProblemText } from './composer/useTopicProblemText'
import { OriginLine } from './collections/OriginLine'
import { DraftTabs } from './drafts/DraftTabs'
import { LeftOutNote } from './drafts/LeftOutNote'
import { useShownDraft } from './drafts/useShownDraft'
import { HistoryPopover } from './library/HistoryPopover'
import { LibraryPopover } from './library/LibraryPopover'
import styles from './publish.module.css'
import { publishState } from './publishState'
import { RepeatControls } from './repeating/RepeatControls'
import { SeriesLine } from './repeating/SeriesLine'
import { EnvironmentSelect } from './templates/EnvironmentSelect'
import { RequestControls } from './requests/RequestControls'
import { RequestLine } from './requests/RequestLine'
import { NextMessage } from './templates/NextMessage'
import type { SendState } from './sending/sending'
import { SendStatus } from './sending/SendStatus'
import { SendTarget, SendToMenu } from './sending/SendTarget'
import { isElement, isInput } from '../../ui/elements'

/**
 * The composer: the drafts of all connections as tabs, one of them with its topic, payload and options, and what became of the
 * last send. Where it is low, the topic and the button come first, and the rest is reached by scrolling.
 */
export function PublishPane() {
  const t = useTranslations('publish')
  const landmark = useLandmarkName(t('form'))
  const draft = useShownDraft()
  const verbs = useConnection(publishState, (state) => state)
  const { changeDraft, publishDraft, requestDraft, sends } = verbs
  const protocolVersion = useProtocolVersion()
  const panelId = useId()
  /** Of the draft one has tried to send in vain. */
  const [triedId, setTriedId] = useState<string | null>(null)
  const topicError = useTopicError(draft, triedId === draft.id)
  const { topicField, editor } = useFocusWishes()
  const pastedCommand = usePastedCommand(draft)
  const [showsProperties, setShowsProperties] = useState(false)
  const { message } = draft
  // A message made for MQTT 5 may be loaded on an older connection: what it carries is not hidden.
  const offersProperties = protocolVersion === '5' || countProperties(message) > 0

  const show = (problems: MessageProblems | null) => {
    setTriedId(problems ? draft.id : null)
    if (problems && hasPropertyProblems(problems)) setShowsProperties(true)
    if (problems?.topic) topicField.current?.focus()
    else if (problems?.payload) editor.current?.goTo(problems.payload.position)
  }
  const send = (target?: Connection) => show(publishDraft(target))
  const request = (timeoutMs: number) => show(requestDraft(timeoutMs))
  const formKeys = sendingBy(send)

  return (
    <form aria-label={landmark} className={styles.pane} noValidate {...formKeys}>
      <div className={styles.topRow}>
        <DraftTabs panelId={panelId} />
        <HistoryPopover />
        <LibraryPopover />
      </div>
      <div role="tabpanel" id={panelId} aria-labelledby={`${panelId}-${draft.id}`} className={styles.draft}>
        <MessageHead
          message={message}
          onChange={changeDraft}
          onPasteTopic={(text) => pastedCommand.look('topic', text)}
          topicError={topicError}
          topicRef={topicField}
        >
          <SendButtons onSend={send} />
        </MessageHead>
        <Facts />
        <PastedCommand {...pastedCommand} />
        <PayloadSection
          draft={draft}
          verbs={verbs}
          editor={editor}
          sends={sends.started}
          unmade={unmadeIn(sends)}
          onPaste={(text) => pastedCommand.look('payload', text)}
          note={<LeftOutNote draft={draft} />}
          below={isTemplateDraft(draft) ? <NextMessage key={draft.id} draft={draft} /> : null}
        >
          {offersProperties ? (
            <PropertiesToggle
              message={message}
              open={showsProperties}
              onToggle={() => setShowsProperties(!showsProperties)}
            />
          ) : null}
          <CheckField
            label={t('template.use')}
            title={t('template.useHint')}
            checked={message.isTemplate ?? false}
            disabled={draft.file !== null}
            onChange={(isTemplate) => changeDraft({ isTemplate })}
          />
          {isTemplateDraft(draft) ? <EnvironmentSelect /> : null}
          <RepeatControls onProblems={show} />
          <RequestControls onRequest={request} />
        </PayloadSection>
        {offersProperties && showsProperties ? (
          <PropertiesSection
            message={message}
            onChange={changeDraft}
            protocolVersion={protocolVersion}
            refused={refusedIn(sends)}
          />
        ) : null}
        <SeriesLine />
      </div>
    </form>
  )
}

/** Where it goes, what became of the last one, and where the draft is kept. */
function Facts() {
  return (
    <div className={styles.facts}>
      <SendTarget />
      <SendStatus />
      <RequestLine />
      <OriginLine />
    </div>
  )
}

/** The form sends by its button and by Ctrl/Cmd+Enter in any field. */
const sendingBy = (send: () => void) => ({
  onSubmit: (event: SyntheticEvent) => {
    event.preventDefault()
    if (isOwn(event)) send()
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !isOwn(event)) return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      if (!event.repeat) send()
      // Enter in a field would press the button: a topic half typed is not to be published to.
    } else if (isInput(event.target)) event.preventDefault()
  },
})

function SendButtons({ onSend }: { readonly onSend: (target: Connection) => void }) {
  const t = useTranslations('publish')
  return (
    <div className={styles.go}>
      <Button type="submit" variant="primary" icon={<Send size={14} aria-hidden />} title={t('publishShortcut')}>
        {t('publish')}
      </Button>
      <SendToMenu onSend={onSend} />
    </div>
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

/** Why nothing was made of the file or the template the last time. */
const unmadeIn = ({ latest }: SendState) => (latest?.outcome.kind === 'refused' ? latest.outcome.unmade : undefined)

/** Number of the send that was refused last, while that stands; else 0. */
const refusedIn = ({ latest }: SendState) => (latest?.outcome.kind === 'refused' ? latest.send : 0)

/** Popovers are the form's children in React only: what happens in them is not the form's. */
const isOwn = (event: { readonly currentTarget: Element; readonly target: EventTarget }) =>
  isElement(event.target) && event.currentTarget.contains(event.target)
