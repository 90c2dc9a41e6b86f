import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { responderLimits, responderRuleSchema, type ResponderRule } from '#shared/model/responder'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { QosField } from '../../../mqttUi/QosField'
import type { Composed } from '../../../state/composerRequest'
import { useApp } from '../../../state/useApp'
import { useProtocolVersion } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TextField } from '../../../ui/fields'
import type { PayloadEditorHandle } from '../composer/PayloadEditor'
import { PayloadSection } from '../composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from '../composer/PropertiesSection'
import { useTopicProblemText } from '../composer/useTopicProblemText'
import styles from './responder.module.css'
import { respondersState } from './respondersState'

interface DialogProps {
  readonly rule: ResponderRule
  readonly onClose: () => void
}

/** Writes which requests are answered, and the template of the answer. */
export function RuleDialog({ rule, onClose }: DialogProps) {
  const t = useTranslations('responder')
  const topicText = useTopicProblemText()
  const put = useApp(respondersState, (state) => state.put)
  const [filter, setFilter] = useState(rule.filter)
  const [perSecond, setPerSecond] = useState(String(rule.perSecond))
  const [answer, setAnswer] = useState<Composed>(rule.answer)
  const [tried, setTried] = useState(false)
  const problem = topicFilterProblem(filter)
  const rate = rateOf(perSecond)

  const save = () => {
    setTried(true)
    const read = responderRuleSchema.safeParse({ ...rule, filter, answer, perSecond: rate })
    if (!read.success) return
    put(read.data)
    onClose()
  }
  return (
    <Dialog
      title={t(rule.filter === '' ? 'newTitle' : 'editTitle')}
      size="large"
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" onClick={save}>
            {t('save')}
          </Button>
        </>
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
