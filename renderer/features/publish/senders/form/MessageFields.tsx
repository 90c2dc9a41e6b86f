import { useState, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageProblems } from '#shared/model/composing'
import type { PayloadFile } from '#shared/model/publish'
import type { Composed } from '../../../../state/composerRequest'
import { useApp } from '../../../../state/useApp'
import { useProtocolVersion } from '../../../../state/useEntry'
import { CheckField } from '../../../../ui/fields'
import { MessageHead } from '../../composer/MessageHead'
import type { PayloadEditorHandle } from '../../composer/PayloadEditor'
import { PayloadSection } from '../../composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from '../../composer/PropertiesSection'
import { useTopicProblemText } from '../../composer/useTopicProblemText'
import { EnvironmentSelect } from '../../templates/EnvironmentSelect'
import type { PlanForm, TypedMessage } from '../plan/planForm'
import { isFilledIn } from '../plan/readPlan'
import { senderPlansState } from '../senderPlansState'
import styles from '../senders.module.css'
import { useFileChoice } from './useFileChoice'

interface MessageFieldsProps {
  readonly kind: PlanForm['kind']
  readonly typed: TypedMessage
  readonly problems: MessageProblems | undefined
  readonly tried: boolean
  readonly editor: RefObject<PayloadEditorHandle | null>
  readonly onChange: (typed: TypedMessage) => void
  readonly onFocus: (target: EventTarget) => void
}

/** A message of a plan, written as a draft is. */
export function MessageFields(props: MessageFieldsProps) {
  const { kind, typed, problems, tried, editor, onChange, onFocus } = props
  const t = useTranslations('publish')
  const topicText = useTopicProblemText()
  const protocolVersion = useProtocolVersion()
  const [showsProperties, setShowsProperties] = useState(false)
  const { message } = typed
  // Rows fill in a text.
  const file = useChosenFile(kind === 'rows' ? null : typed.fileToken)
  const files = useFileChoice(({ token: fileToken }) =>
    onChange({ ...typed, fileToken, message: { ...message, isTemplate: false } }),
  )
  const changeMessage = (change: Partial<Composed>) => onChange({ ...typed, message: { ...message, ...change } })
  const topicProblem = problems?.topic
  const isTopicWrong = topicProblem && (tried || topicProblem.code !== 'empty')
  // By rows it is, whatever is ticked.
  const shown = { ...message, isTemplate: isFilledIn(kind, typed) }
  const verbs = {
    changeDraft: changeMessage,
    choosePayloadFile: kind === 'rows' ? null : files.choose,
    dropPayloadFile: kind === 'rows' ? null : files.takeDropped,
    removePayloadFile: () => onChange({ ...typed, fileToken: null }),
  }
  return (
    <div className={styles.message} onFocus={({ target }) => onFocus(target)}>
      <MessageHead
        message={message}
        onChange={changeMessage}
        topicError={isTopicWrong ? topicText(topicProblem) : null}
        topicRef={null}
      />
      <PayloadSection draft={{ id: typed.id, message: shown, file }} verbs={verbs} editor={editor}>
        <PropertiesToggle
          message={message}
          open={showsProperties}
          onToggle={() => setShowsProperties(!showsProperties)}
        />
        {kind === 'rows' ? null : (
          <CheckField
            label={t('template.use')}
            title={t('template.useHint')}
            checked={shown.isTemplate}
            disabled={file !== null}
            onChange={(isTemplate) => changeMessage({ isTemplate })}
          />
        )}
        {shown.isTemplate ? <EnvironmentSelect /> : null}
      </PayloadSection>
      {showsProperties || hasWrongProperty(problems) ? (
        <PropertiesSection message={shown} onChange={changeMessage} protocolVersion={protocolVersion} />
      ) : null}
    </div>
  )
}

const hasWrongProperty = (problems: MessageProblems | undefined): boolean =>
  problems !== undefined && Object.keys(problems).some((field) => field !== 'topic' && field !== 'payload')

/** The file of a token. One of an earlier run has no name any more: main says what is wrong with it when it is read. */
const useChosenFile = (token: string | null): PayloadFile | null => {
  const t = useTranslations('senders')
  const known = useApp(senderPlansState, ({ files }) => (token === null ? undefined : files.get(token)))
  if (token === null) return null
  return known ?? { token, name: t('earlierFile'), size: 0, modifiedAt: 0 }
}
