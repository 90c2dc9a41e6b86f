import { Pencil, Play, Plus, Square, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { scenarioMs, type FaultScenario } from '#shared/model/fault'
import { faultsState, selectFaults } from '../../state/faults'
import { noticesState } from '../../state/notices'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { VisibleName } from '../../ui/VisibleText'
import styles from './faults.module.css'
import { ScenarioDialog } from './ScenarioDialog'
import { newScenario } from './scenarioDraft'

/** Faults with their times: made, run and kept. All connections share them. */
export function Scenarios() {
  const t = useTranslations('faults')
  const titleId = useId()
  const scenarios = useApp(faultsState, (state) => state.scenarios)
  const [edited, setEdited] = useState<FaultScenario | null>(null)
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('scenarios')}</h2>
      <Running />
      {scenarios.length === 0 ? <p className={styles.nothing}>{t('noScenarios')}</p> : null}
      <ul className={styles.scenarios} aria-labelledby={titleId}>
        {scenarios.map((scenario) => (
          <ScenarioRow key={scenario.id} scenario={scenario} onEdit={() => setEdited(scenario)} />
        ))}
      </ul>
      <div>
        <Button icon={<Plus size={14} />} onClick={() => setEdited(newScenario())}>
          {t('newScenario')}
        </Button>
      </div>
      {edited ? <ScenarioDialog key={edited.id} scenario={edited} onClose={() => setEdited(null)} /> : null}
    </section>
  )
}

function Running() {
  const t = useTranslations('faults')
  const { id } = useConnectionObject()
  const scenario = useApp(faultsState, (state) => selectFaults(id)(state)?.scenario ?? null)
  const stop = useApp(faultsState, (state) => state.stop)
  if (!scenario) return null
  const { name, elapsedMs, totalMs } = scenario
  return (
    <div className={styles.running} role="status">
      <span>{t('running', { name, elapsed: Math.floor(elapsedMs / 1_000), total: Math.ceil(totalMs / 1_000) })}</span>
      <Button icon={<Square size={14} />} onClick={() => stop(id)}>
        {t('stop')}
      </Button>
    </div>
  )
}

interface RowProps {
  readonly scenario: FaultScenario
  readonly onEdit: () => void
}

function ScenarioRow({ scenario, onEdit }: RowProps) {
  const t = useTranslations('faults')
  const app = useAppObject()
  const nameId = useId()
  const { id } = useConnectionObject()
  const isArmed = useApp(faultsState, (state) => selectFaults(id)(state)?.isArmed === true)
  const run = useApp(faultsState, (state) => state.run)
  const remove = () => {
    const restore = app.get(faultsState).removeScenario(scenario.id)
    app.get(noticesState).show({
      text: { key: 'faults.scenarioRemoved' },
      action: { label: { key: 'publish.undo' }, run: restore },
    })
  }
  return (
    <li className={styles.scenario} data-scenario={scenario.name}>
      <span id={nameId} className={styles.scenarioName}>
        <VisibleName text={scenario.name} mostPieces={4} />
      </span>
      <span className={styles.count}>
        {t('stepCount', { count: scenario.steps.length, seconds: scenarioMs(scenario) / 1_000 })}
      </span>
      <IconButton
        label={t('run')}
        aria-describedby={nameId}
        icon={<Play size={14} />}
        disabled={!isArmed}
        onClick={() => run(id, scenario)}
      />
      <IconButton label={t('editScenario')} aria-describedby={nameId} icon={<Pencil size={14} />} onClick={onEdit} />
      <IconButton label={t('removeScenario')} aria-describedby={nameId} icon={<Trash2 size={14} />} onClick={remove} />
    </li>
  )
}
