import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { responderLimits, responderRuleSchema, type ResponderRule } from '#shared/model/responder'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { QosField } from '../../../mqttUi/QosField'
import type { Composed } from '../../../state/composerRequest'
import { dialogsState, selectDialog } from '../../../state/dialogs'
import { focusState } from '../../../state/focus'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { useProtocolVersion } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { DiscardQuestion, useLeaving } from '../../../ui/DiscardQuestion'
import { TextField } from '../../../ui/fields'
import type { PayloadEditorHandle } from '../composer/PayloadEditor'
import { PayloadSection } from '../composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from '../composer/PropertiesSection'
import { useTopicProblemText } from '../composer/useTopicProblemText'
import styles from './responder.module.css'
import { requestsState } from '../requests/requestsState'
import { respondersState } from './respondersState'

/** Writes which requests are answered, and the template of the answer. */
export function RuleDialog() {
  const asked = useApp(dialogsState, selectDialog('rule'))
  return asked ? <Editor key={asked.rule.id} rule={asked.rule} /> : null
}

function Editor({ rule }: { readonly rule: ResponderRule }) {
  const t = useTranslations('responder')
  const topicText = useTopicProblemText()
  const isKnown = useApp(respondersState, ({ rules }) => rules.some(({ id }) => id === rule.id))
  const close = useApp(dialogsState, (state) => state.close)
  const keep = useKeep()
  const [filter, setFilter] = useState(rule.filter)
  const [perSecond, setPerSecond] = useState(String(rule.perSecond))
  const [answer, setAnswer] = useState<Composed>(rule.answer)
  const [tried, setTried] = useState(false)
  const isChanged = () =>
    JSON.stringify([filter, perSecond, answer]) !== JSON.stringify([rule.filter, String(rule.perSecond), rule.answer])
  const leaving = useLeaving({ isChanged, close })
  const problem = topicFilterProblem(filter)
  const rate = rateOf(perSecond)

  const save = () => {
    setTried(true)
    const read = responderRuleSchema.safeParse({ ...rule, filter, answer, perSecond: rate })
    if (!read.success) return
    close()
    keep(read.data)
  }
  return (
    <Dialog
      title={t(isKnown ? 'editTitle' : 'newTitle')}
      size="large"
      open
      onClose={leaving.leave}
      footer={
        leaving.isAsking ? (
          <DiscardQuestion onStay={leaving.stay} onDiscard={close} />
        ) : (
          <>
            <Button onClick={leaving.leave}>{t('cancel')}</Button>
            <Button variant="primary" onClick={save}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      <div role="group" aria-label={t('form')} className={styles.form}>
        <div className={styles.head}>
          <TextField
            label={t('filter')}
            value={filter}
            mono
            error={problem && (tried || problem.code !== 'empty') ? topicText(problem) : null}
            onChange={setFilter}
          />
          <TextField
            label={t('perSecond')}
            value={perSecond}
            inputMode="numeric"
            mono
            error={rate === null ? t('perSecondRange') : null}
            onChange={setPerSecond}
          />
        </div>
        <AnswerFields id={rule.id} answer={answer} onChange={setAnswer} />
      </div>
    </Dialog>
  )
}

/** Keeps a rule and shows it among the others, where it is switched on. */
const useKeep = () => {
  const put = useApp(respondersState, (state) => state.put)
  const showPart = useConnection(requestsState, (state) => state.showPart)
  const focus = useApp(focusState, (state) => state.focus)
  return (rule: ResponderRule) => {
    put(rule)
    showPart('responder')
    focus('requests')
  }
}

interface AnswerProps {
  readonly id: string
  readonly answer: Composed
  readonly onChange: (answer: Composed) => void
}

function AnswerFields({ id, answer, onChange }: AnswerProps) {
  const t = useTranslations('responder')
  const editor = useRef<PayloadEditorHandle>(null)
  const protocolVersion = useProtocolVersion()
  const [showsProperties, setShowsProperties] = useState(false)
  const change = (changed: Partial<Composed>) => onChange({ ...answer, ...changed })
  const verbs = {
    changeDraft: change,
    choosePayloadFile: null,
    dropPayloadFile: null,
    removePayloadFile: () => undefined,
  }
  return (
    <>
      <div className={styles.head}>
        <TextField
          label={t('answerTopic')}
          value={answer.topic}
          mono
          placeholder="{{ request.topic }}/response"
          hint={t('answerTopicHint')}
          onChange={(topic) => change({ topic })}
        />
        <QosField label={t('qos')} wording="number" value={answer.qos} onChange={(qos) => change({ qos })} />
      </div>
      <PayloadSection
        draft={{ id, message: { ...answer, isTemplate: true }, file: null }}
        verbs={verbs}
        editor={editor}
      >
        <PropertiesToggle
          message={answer}
          open={showsProperties}
          onToggle={() => setShowsProperties(!showsProperties)}
        />
      </PayloadSection>
      {showsProperties ? (
        <PropertiesSection message={answer} onChange={change} protocolVersion={protocolVersion} />
      ) : null}
      <p className={styles.hint}>{t('templateHint')}</p>
    </>
  )
}

/** Whole answers a second within the range, or null. */
const rateOf = (typed: string): number | null => {
  const value = Number(typed)
  const { least, most } = responderLimits.perSecond
  return /^\d+$/.test(typed.trim()) && value >= least && value <= most ? value : null
}
