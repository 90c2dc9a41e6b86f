import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FaultScenario } from '#shared/model/fault'
import { faultsState } from '../../state/faults'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { DiscardQuestion, useLeaving } from '../../ui/DiscardQuestion'
import { SelectField, TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { faultKinds, isMomentaryKind } from './faultDraft'
import styles from './faults.module.css'
import { ParameterFields } from './ParameterFields'
import { newStep, scenarioFrom, stepDrafts, stepProblems, type StepDraft } from './scenarioDraft'

interface DialogProps {
  readonly scenario: FaultScenario
  readonly onClose: () => void
}

/** Writes a list of faults with their times. */
export function ScenarioDialog({ scenario, onClose }: DialogProps) {
  const t = useTranslations('faults')
  const put = useApp(faultsState, (state) => state.putScenario)
  const [name, setName] = useState(scenario.name)
  const [steps, setSteps] = useState(() => stepDrafts(scenario))
  const [isTried, setIsTried] = useState(false)
  const isChanged = () => JSON.stringify([name, steps]) !== JSON.stringify([scenario.name, stepDrafts(scenario)])
  const leaving = useLeaving({ isChanged, close: onClose })
  const change = (index: number, changed: Partial<StepDraft>) =>
    setSteps(steps.map((step, at) => (at === index ? { ...step, ...changed } : step)))
  const save = () => {
    setIsTried(true)
    const written = scenarioFrom(scenario.id, name, steps)
    if (!written) return
    put(written)
    onClose()
  }
  return (
    <Dialog
      title={t('scenarioTitle')}
      size="large"
      open
      onClose={leaving.leave}
      footer={
        leaving.isAsking ? (
          <DiscardQuestion onStay={leaving.stay} onDiscard={onClose} />
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
      <TextField
        label={t('name')}
        value={name}
        error={isTried && name.trim() === '' ? t('required') : null}
        onChange={setName}
      />
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <StepRow
            key={index}
            number={index + 1}
            step={step}
            onChange={(changed) => change(index, changed)}
            onRemove={steps.length > 1 ? () => setSteps(steps.toSpliced(index, 1)) : null}
          />
        ))}
      </ol>
      <Button icon={<Plus size={14} />} onClick={() => setSteps([...steps, newStep(steps)])}>
        {t('addStep')}
      </Button>
    </Dialog>
  )
}

interface StepProps {
  readonly number: number
  readonly step: StepDraft
  readonly onChange: (changed: Partial<StepDraft>) => void
  readonly onRemove: (() => void) | null
}

function StepRow({ number, step, onChange, onRemove }: StepProps) {
  const t = useTranslations('faults')
  const problems = stepProblems(step)
  return (
    <li role="group" aria-label={t('step', { number })} className={styles.step}>
      <TextField
        label={t('at')}
        value={step.at}
        mono
        inputMode="decimal"
        error={problems.includes('at') ? t('outOfRange') : null}
        onChange={(at) => onChange({ at })}
      />
      <SelectField
        label={t('fault')}
        value={step.kind}
        options={faultKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <ParameterFields
        kind={step.kind}
        parameters={step.parameters}
        onChange={(changed) => onChange({ parameters: { ...step.parameters, ...changed } })}
      />
      {isMomentaryKind(step.kind) ? null : (
        <TextField
          label={t('for')}
          value={step.for}
          mono
          inputMode="decimal"
          placeholder={t('forHint')}
          error={problems.includes('for') ? t('outOfRange') : null}
          onChange={(value) => onChange({ for: value })}
        />
      )}
      {onRemove ? (
        <div className={styles.removeStep}>
          <IconButton label={t('removeStep', { number })} icon={<Trash2 size={14} />} onClick={onRemove} />
        </div>
      ) : null}
    </li>
  )
}
