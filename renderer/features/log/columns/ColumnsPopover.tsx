import { ChevronDown, ChevronUp, Columns3, X } from 'lucide-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { LogColumn } from '#shared/model/logColumns'
import { jsonPathOf } from '#shared/json/jsonPath'
import { usePhrase } from '../../../i18n/usePhrase'
import { settingsState } from '../../../state/settings'
import { useApp, useAppObject } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { CheckField, TextField } from '../../../ui/fields'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import { messageColumns } from '../messageColumns'
import { movedTo, withField, withoutField, withShow } from './columnArrangement'
import styles from './columns.module.css'
import { columnOf } from './drawnColumns'
import type { LogColumns } from './useLogColumns'

/** Which columns stand in the log, and in which order. */
export function ColumnsPopover({ arranged, arrange }: LogColumns) {
  const t = useTranslations('log.arrange')
  const app = useAppObject()
  const showsEvents = useApp(settingsState, (state) => state.settings.logEvents)
  return (
    <Popover
      title={t('title')}
      trigger={<IconButton label={t('title')} icon={<Columns3 size={14} aria-hidden />} className={styles.trigger} />}
    >
      <ul className={styles.list}>
        {arranged.map((column, place) => (
          <ColumnItem key={column.id} column={column} place={place} arranged={arranged} arrange={arrange} />
        ))}
      </ul>
      <FieldForm onAdd={(path) => arrange(withField(arranged, path))} />
      <div className={styles.foot}>
        <CheckField
          label={t('events')}
          checked={showsEvents}
          onChange={(logEvents) => void app.get(settingsState).save({ logEvents })}
        />
        <Button variant="quiet" onClick={() => arrange([])}>
          {t('reset')}
        </Button>
      </div>
    </Popover>
  )
}

interface ColumnItemProps extends LogColumns {
  readonly column: LogColumn
  readonly place: number
}

function ColumnItem({ column: { id, show }, place, arranged, arrange }: ColumnItemProps) {
  const t = useTranslations('log.arrange')
  const textOf = usePhrase()
  const name = textOf(columnOf(id)?.name ?? id)
  const own = messageColumns.find((column) => column.id === id)
  const changeShow = (next: LogColumn['show']) => arrange(withShow(arranged, id, next))
  const moveTo = (beside: LogColumn | undefined) => beside && arrange(movedTo(arranged, id, beside.id))
  return (
    <li className={styles.item}>
      <CheckField
        label={name}
        checked={show !== 'hidden'}
        onChange={(checked) => changeShow(!checked ? 'hidden' : own?.uniform ? 'auto' : 'shown')}
      />
      {own?.uniform && show !== 'hidden' ? (
        <button
          type="button"
          className={styles.auto}
          aria-pressed={show === 'auto'}
          title={t(show === 'auto' ? 'autoOn' : 'autoOff', { name })}
          onClick={() => changeShow(show === 'auto' ? 'shown' : 'auto')}
        >
          {t('auto')}
        </button>
      ) : null}
      {own ? null : (
        <IconButton
          label={t('removeField', { name })}
          icon={<X size={14} />}
          onClick={() => arrange(withoutField(arranged, id))}
        />
      )}
      <IconButton
        label={t('up', { name })}
        icon={<ChevronUp size={14} />}
        disabled={place === 0}
        onClick={() => moveTo(arranged[place - 1])}
      />
      <IconButton
        label={t('down', { name })}
        icon={<ChevronDown size={14} />}
        disabled={place === arranged.length - 1}
        onClick={() => moveTo(arranged[place + 1])}
      />
    </li>
  )
}

function FieldForm({ onAdd }: { readonly onAdd: (path: string) => void }) {
  const t = useTranslations('log.arrange')
  const [path, setPath] = useState('')
  const [isWrong, setWrong] = useState(false)
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    const wanted = path.trim()
    if (!jsonPathOf(wanted)) {
      setWrong(true)
      return
    }
    onAdd(wanted)
    setPath('')
  }
  const handleChange = (text: string) => {
    setPath(text)
    setWrong(false)
  }
  return (
    <form className={styles.field} onSubmit={handleSubmit}>
      <TextField
        label={t('field')}
        mono
        maxLength={300}
        placeholder={t('fieldExample')}
        value={path}
        error={isWrong ? t('fieldWrong') : null}
        onChange={handleChange}
        suffix={
          <Button type="submit" disabled={path.trim() === ''}>
            {t('add')}
          </Button>
        }
      />
    </form>
  )
}
