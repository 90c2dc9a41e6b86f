import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { watchLimits, type Watch, type WatchRule } from '#shared/model/watch'
import { useApp } from '../../state/useApp'
import { watchedState } from '../../state/watched'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField, TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { draftOf, isProblem, ruleKinds, ruleOf, type RuleDraft } from './ruleDraft'
import styles from './watch.module.css'

interface DialogProps {
  readonly watch: Watch
  readonly onClose: () => void
}

/** What a watched value is called, its unit, and the rules that tell of it. */
export function WatchDialog({ watch, onClose }: DialogProps) {
  const t = useTranslations('watch')
  const put = useApp(watchedState, (state) => state.put)
  const [name, setName] = useState(watch.name)
  const [unit, setUnit] = useState(watch.unit)
  const [drafts, setDrafts] = useState(() => watch.rules.map(draftOf))
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    const rules = drafts.map(ruleOf).filter((rule): rule is WatchRule => !isProblem(rule))
    if (rules.length < drafts.length) return
    put({ ...watch, name: name.trim(), unit: unit.trim(), rules })
    onClose()
  }
  const change = (place: number, draft: RuleDraft) => setDrafts(drafts.with(place, draft))
  return (
    <Dialog
      title={t('editTitle')}
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
      <div className={styles.form}>
        <div className={styles.names}>
          <TextField label={t('name')} value={name} maxLength={200} onChange={setName} />
          <TextField label={t('unit')} value={unit} maxLength={40} hint={t('unitHint')} onChange={setUnit} />
        </div>
        {drafts.map((draft, place) => (
          <RuleFields
            key={place}
            draft={draft}
            tried={tried}
            onChange={(changed) => change(place, changed)}
            onRemove={() => setDrafts(drafts.toSpliced(place, 1))}
          />
        ))}
        <div>
          <Button
            icon={<Plus size={14} />}
            disabled={drafts.length >= watchLimits.rules}
            onClick={() => setDrafts([...drafts, { kind: 'above', first: '', second: '' }])}
          >
            {t('addRule')}
          </Button>
        </div>
        <p className={styles.hint}>{t('rulesHint')}</p>
      </div>
    </Dialog>
  )
}

interface RuleProps {
  readonly draft: RuleDraft
  readonly tried: boolean
  readonly onChange: (draft: RuleDraft) => void
  readonly onRemove: () => void
}

const firstLabels = {
  above: 'limit',
  below: 'limit',
  outside: 'low',
  silent: 'seconds',
  query: 'query',
  changed: null,
  schema: null,
} as const

function RuleFields({ draft, tried, onChange, onRemove }: RuleProps) {
  const t = useTranslations('watch')
  const read = ruleOf(draft)
  const errorOf = (field: 'first' | 'second') =>
    tried && isProblem(read) && read.field === field ? t(read.problem) : null
  const label = firstLabels[draft.kind]
  return (
    <div className={styles.rule}>
      <SelectField
        label={t('ruleKind')}
        value={draft.kind}
        options={ruleKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => onChange({ ...draft, kind })}
      />
      {label === null ? null : (
        <TextField
          label={t(label)}
          value={draft.first}
          mono
          error={errorOf('first')}
          onChange={(first) => onChange({ ...draft, first })}
        />
      )}
      {draft.kind === 'outside' ? (
        <TextField
          label={t('high')}
          value={draft.second}
          mono
          error={errorOf('second')}
          onChange={(second) => onChange({ ...draft, second })}
        />
      ) : null}
      <IconButton label={t('removeRule')} icon={<Trash2 size={14} />} onClick={onRemove} />
    </div>
  )
}
